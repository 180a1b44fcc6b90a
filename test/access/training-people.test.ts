import * as iam from 'aws-cdk-lib/aws-iam';
import { emergencyStack, resourcesOf } from './emergency-world';
import { allowed, EVERYTHING } from './judge';
import { Caller, CALLERS } from './people';
import { managedOf, rightsOf, trustOf } from './statements';
import { ACCOUNT, stackIn } from './world';
import { access } from '../../src';
import { protectedTagStatement } from '../../src/access/private/training-statements';
import { Context } from '../proofs/iam/call';

const resources = resourcesOf(emergencyStack());
const ROLE = `arn:aws:iam::${ACCOUNT}:role/break-glass/emergency`;
const TRAINER = `arn:aws:iam::${ACCOUNT}:role/trainer/trainer`;
const BOB = `arn:aws:iam::${ACCOUNT}:user/staff/bob`;

const user = CALLERS['console with MFA'];
/** Somebody with a tag of that key and value. */
const tagged = (caller: Caller, value: string, key = 'SecurityTraining'): Caller => ({ ...caller, context: { ...caller.context, [`aws:PrincipalTag/${key}`]: value } });

const TAGS: ReadonlyArray<readonly [string, boolean, (caller: Caller) => Caller]> = [
  ['current', true, (caller) => tagged(caller, '2026-Q4')],
  ['current, in another spelling of the key', true, (caller) => tagged(caller, '2026-Q4', 'securitytraining')],
  ['missing', false, (caller) => caller],
  ['stale', false, (caller) => tagged(caller, '2026-Q2')],
  ['of another tag', false, (caller) => tagged(caller, '2026-Q4', 'Training')],
  ['in another spelling', false, (caller) => tagged(caller, '2026-q4')],
  ['of all periods', false, (caller) => tagged(caller, '*')],
  ['asserted by themselves in the request', false, ({ principal, context }) => ({ principal, context: { ...context, 'aws:RequestTag/SecurityTraining': '2026-Q4' } })],
];

describe('a role behind the gate', () => {
  const trust = trustOf(resources, 'Emergency');

  test.each(TAGS)('is taken on by a user whose training is %s: %s', async (_name, expected, mark) => {
    const { principal, context } = mark(user);
    const names = { 'sts:RoleSessionName': 'ann', 'sts:SourceIdentity': 'ann' };
    expect(await allowed({ principal, action: 'sts:AssumeRole', resource: ROLE, context: { ...context, ...names } }, { identity: [EVERYTHING], resource: trust }))
      .toBe(expected);
  });

  test.each([['ann', true], ['bob', false], [undefined, false]])('is taken on with the source identity %s: %s', async (source, expected) => {
    const { principal, context } = tagged(user, '2026-Q4');
    const names = { 'sts:RoleSessionName': 'ann', ...source !== undefined && { 'sts:SourceIdentity': source } };
    expect(await allowed({ principal, action: 'sts:AssumeRole', resource: ROLE, context: { ...context, ...names } }, { identity: [EVERYTHING], resource: trust }))
      .toBe(expected);
  });
});

describe('a role behind the gate, for people of a SAML provider', () => {
  const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;
  const other = stackIn();
  const workforce = access.Workforce.saml(iam.SamlProvider.fromSamlProviderArn(other, 'Corp', provider));
  new access.TrainingGate(other, 'Training', { acceptedPeriods: ['2026-Q4'] }).applyTo(new access.AuditorRole(other, 'Auditor', { workforce }).role!);
  const trust = trustOf(resourcesOf(other), 'Auditor');

  test.each<[string, Context, boolean]>([
    ['a training that counts', { 'aws:RequestTag/SecurityTraining': '2026-Q4' }, true],
    ['one that does not', { 'aws:RequestTag/SecurityTraining': '2026-Q1' }, false],
    ['none', {}, false],
  ])('is for those of whom it asserts %s: %j, %s', async (_name, asserted, expected) => {
    const context = { 'saml:aud': 'https://signin.aws.amazon.com/saml', ...asserted };
    expect(await allowed({ principal: provider, action: 'sts:AssumeRoleWithSAML', resource: ROLE, context }, { resource: trust })).toBe(expected);
  });
});

describe('the policy of the gate', () => {
  const { Statement } = managedOf(resources, 'Training');
  const may = ({ principal, context }: Caller, action: string, resource: string) => (
    allowed({ principal, action, resource, context }, { identity: [EVERYTHING, ...Statement] }));

  test.each(TAGS)('lets somebody work whose training is %s: %s', async (_name, expected, mark) => {
    expect(await may(mark(user), 'dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)).toBe(expected);
  });

  test('lets anybody see who they are, and change nothing of it', async () => {
    expect(await may(user, 'iam:GetUser', user.principal)).toBe(true);
    expect(await may(user, 'iam:TagUser', user.principal)).toBe(false);
  });
});

describe('the tag', () => {
  const TAGGERS: ReadonlyArray<readonly [string, string]> = [
    ['iam:TagUser', BOB], ['iam:UntagUser', BOB], ['iam:CreateUser', BOB], ['iam:TagRole', ROLE], ['iam:UntagRole', ROLE], ['iam:CreateRole', ROLE], ['sts:TagSession', ROLE],
  ];
  const statement = protectedTagStatement('SecurityTraining', `arn:aws:iam::${ACCOUNT}:role/trainer/*`).toStatementJson();
  const may = (by: string, action: string, resource: string, ...keys: string[]) => allowed({
    principal: by.replace(':iam:', ':sts:').replace(/:role\/.*\/(.+)$/, ':assumed-role/$1/ann'),
    action,
    resource,
    context: { 'aws:PrincipalArn': by, 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalType': 'AssumedRole', 'aws:TagKeys': keys },
  }, { identity: [EVERYTHING, statement] });

  test.each(TAGGERS)('is not for an administrator to give or take by %s, however its key is spelled and whatever comes with it', async (action, resource) => {
    const administrator = `arn:aws:iam::${ACCOUNT}:role/x/administrator`;
    for (const keys of [['SecurityTraining'], ['securitytraining'], ['Team', 'SECURITYTRAINING']]) expect([keys, await may(administrator, action, resource, ...keys)]).toEqual([keys, false]);
    expect(await may(administrator, action, resource, 'Team')).toBe(true);
    expect(await may(TRAINER, action, resource, 'SecurityTraining')).toBe(true);
  });
});

describe('a trainer', () => {
  const rights = rightsOf(resources, 'Trainer');
  const boundary = managedOf(resources, 'PermissionBoundary');
  const gives = (to: string, value: string, keys = ['SecurityTraining'], source = 'ann') => allowed({
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/trainer/${source}`,
    action: 'iam:TagUser',
    resource: `arn:aws:iam::${ACCOUNT}:user${to}`,
    context: {
      'aws:PrincipalArn': TRAINER,
      'aws:PrincipalAccount': ACCOUNT,
      'aws:PrincipalType': 'AssumedRole',
      'aws:SourceIdentity': source,
      'aws:TagKeys': keys,
      'aws:RequestTag/SecurityTraining': value,
    },
  }, { identity: rights, boundary });

  test.each<[string, boolean, Parameters<typeof gives>]>([
    ['a period that counts', true, ['/staff/bob', '2026-Q4']],
    ['a period that does not', false, ['/staff/bob', '2027-Q4']],
    ['another tag with it', false, ['/staff/bob', '2026-Q4', ['SecurityTraining', 'Team']]],
    ['a period to themselves', false, ['/staff/ann', '2026-Q4']],
    ['a period to themselves further below', false, ['/staff/berlin/ann', '2026-Q4']],
    ['a period to a user elsewhere', false, ['/robots/bob', '2026-Q4']],
  ])('gives %s: %s', async (_name, expected, asked) => {
    expect(await gives(...asked)).toBe(expected);
  });
});
