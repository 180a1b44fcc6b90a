import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { emergencyStack } from './emergency-world';
import { trustOf } from './statements';
import { ACCOUNT, INSTANCE, resourcesOf, stackIn } from './world';
import { access, policy } from '../../src';
import { makeRole } from '../../src/access/private/make-role';
import { samlTrust, userTrust } from '../../src/access/private/trust-statements';
import { LIMIT_METADATA } from '../../src/private/limits';
import { nagPacks } from '../nag-packs';
import { synthFails } from '../synth-fails';

const GROUP = '9067f1a2-0000-4000-8000-0a1b2c3d4e5f';
const provider = (stack: Stack) => iam.SamlProvider.fromSamlProviderArn(stack, 'Corp', `arn:aws:iam::${ACCOUNT}:saml-provider/corp`);

function auditor(workforce: access.Workforce, stack = stackIn(), roleName?: string) {
  return new access.AuditorRole(stack, 'Auditor', { workforce, roleName });
}

/** What the report says cannot be enforced at a construct. */
function limitsAt(role: access.AuditorRole): string[] {
  return (role.role ?? role.permissionSet)!.node.metadata.filter(({ type }) => type === LIMIT_METADATA).map(({ data }) => `${data.control}: ${data.text}`);
}

describe('IAM users', () => {
  test('of this account leave nothing unsaid', () => {
    expect(limitsAt(auditor(access.Workforce.iamUsers()))).toEqual([]);
  });

  test('of another account of the organization are asked for it, and the report says whose word MFA is', () => {
    const stack = stackIn();
    const role = auditor(access.Workforce.iamUsers({ account: '444455556666', organizationId: 'o-a1b2c3d4e5' }), stack);

    expect(trustOf(resourcesOf(stack), 'Auditor').Statement).toEqual([expect.objectContaining({
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
        StringEquals: { 'sts:RoleSessionName': '${aws:username}', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      },
    })]);
    expect(limitsAt(role)).toEqual([expect.stringMatching(/^ROLE-MFA: Account 444455556666 says whether its users gave a second factor/)]);
  });

  test.each<[string, access.IamUsersOptions, string]>([
    ['a second factor of no age', { maxMfaAge: Duration.seconds(30) }, "'maxMfaAge' must be between 60 and 43200 seconds, got 30"],
    ['a second factor of yesterday', { maxMfaAge: Duration.hours(13) }, "'maxMfaAge' must be between 60 and 43200 seconds, got 46800"],
    ['an account that is none', { account: '1234' }, "'account' must be the 12 digits of an account, got '1234'; write for example '111122223333'"],
    ['an organization that is none', { account: '444455556666', organizationId: 'acme' }, "'organizationId' must be the id of an organization, got 'acme'"],
    ['rights of groups of another account', { account: '444455556666', organizationId: 'o-a1b2c3d4e5', groups: [iam.Group.fromGroupName(stackIn(), 'Staff', 'staff')] },
      "'groups' must be left out with 'account' 444455556666, got 1; give its users the right to assume the role there"],
    ['another account without its organization', { account: '444455556666' }, "'organizationId' must be given with 'account' 444455556666, got nothing"],
  ])('are not asked for %s', (_name, options, message) => {
    expect(() => auditor(access.Workforce.iamUsers(options))).toThrow(`[Stack/Auditor] ${message}`);
  });
});

describe('members of groups', () => {
  const stack = emergencyStack();
  const groups = [iam.Group.fromGroupName(stack, 'Staff', 'staff'), iam.Group.fromGroupName(stack, 'Others', 'others')];
  const workforce = access.Workforce.iamUsers({ groups });
  const armer = new access.ArmerRole(stack, 'Leads', { workforce });
  new access.BreakGlassRole(stack, 'Second', { workforce, armer });

  test.each<[string, string | string[]]>([
    ['Leads', 'sts:AssumeRole'],
    ['Second', ['sts:AssumeRole', 'sts:SetSourceIdentity']],
  ])('may ask for the role of %s, and name themselves where it is asked for', (name, actions) => {
    const [[, { Properties: found }]] = Object.entries(resourcesOf(stack)).filter(([id]) => id.startsWith(`${name}TakingOn`));
    expect(found).toMatchObject({
      Path: '/access/',
      Groups: ['staff', 'others'],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${name}Role`)), 'Arn'] } }] },
    });
  });

  test('have no other finding than there was', () => {
    const app = stack.node.root as App;
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });
    expect(synthFails(app)).toBe(false);
  });
});

describe('people of a SAML provider', () => {
  test('may bring tags, and the report says that their provider alone asks for a second factor', () => {
    const stack = stackIn();
    const role = auditor(access.Workforce.saml(provider(stack), { audience: 'https://eu-west-1.signin.aws.amazon.com/saml' }), stack);

    expect(trustOf(resourcesOf(stack), 'Auditor').Statement.map(({ Action, Condition }: any) => [Action, Condition])).toEqual([
      ['sts:AssumeRoleWithSAML', { StringEquals: { 'SAML:aud': 'https://eu-west-1.signin.aws.amazon.com/saml' } }],
      ['sts:TagSession', { StringEquals: { 'SAML:aud': 'https://eu-west-1.signin.aws.amazon.com/saml' } }],
    ]);
    expect(limitsAt(role)).toEqual([expect.stringMatching(/^ROLE-MFA: IAM cannot see whether people of the SAML provider gave a second factor/)]);
  });

  test('are held to a tag of their provider, which the report says', () => {
    const stack = stackIn();
    const role = auditor(access.Workforce.saml(provider(stack), { mfaTag: 'factor', mfaTagValue: 'key' }), stack);

    expect(trustOf(resourcesOf(stack), 'Auditor').Statement[0].Condition.StringEquals['aws:RequestTag/factor']).toBe('key');
    expect(limitsAt(role)).toEqual([expect.stringMatching(/^ROLE-MFA: IAM asks the SAML provider for the tag 'factor'/)]);
  });

  test('have no value of a tag without a tag', () => {
    const stack = stackIn();
    expect(() => auditor(access.Workforce.saml(provider(stack), { mfaTagValue: 'key' }), stack))
      .toThrow("[Stack/Auditor] 'mfaTag' must be given with 'mfaTagValue' 'key', got nothing; name the tag that has the value");
  });
});

describe('people of Identity Center', () => {
  const set = (options: Partial<access.IdentityCenterOptions> = {}, roleName?: string) => {
    const stack = stackIn();
    return { role: auditor(access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: [GROUP], ...options }), stack, roleName), stack };
  };

  test('have a permission set with the boundary, for an hour, in each account and group', () => {
    const { role, stack } = set({ accounts: [ACCOUNT, '444455556666'], groupIds: [GROUP, `${GROUP}0`] });
    const resources = Object.values(resourcesOf(stack));
    const of = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

    expect(of('AWS::SSO::PermissionSet')).toEqual([expect.objectContaining({
      Name: 'Auditor',
      InstanceArn: INSTANCE,
      SessionDuration: 'PT1H',
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: access.PermissionBoundary.of(stack).policyName, Path: '/access/' } },
    })]);
    expect(of('AWS::SSO::Assignment').map(({ PrincipalId, PrincipalType, TargetId }) => [PrincipalId, PrincipalType, TargetId])).toEqual([
      [GROUP, 'GROUP', ACCOUNT], [GROUP, 'GROUP', '444455556666'], [`${GROUP}0`, 'GROUP', ACCOUNT], [`${GROUP}0`, 'GROUP', '444455556666'],
    ]);
    expect(of('AWS::IAM::Role')).toEqual([]);
    expect(role.role).toBeUndefined();
    expect(limitsAt(role)).toEqual([expect.stringMatching(/^ROLE-MFA: Identity Center, or the identity provider behind it, asks for a second factor/)]);
  });

  test('are granted rights in the permission set, and named by its roles in policies of resources', () => {
    const { role, stack } = set({}, 'Auditor-Files');
    const key = new kms.Key(stack, 'Key');
    key.grantDecrypt(role);
    const resources = resourcesOf(stack);
    const [permissionSet] = Object.values(resources).filter(({ Type }) => Type === 'AWS::SSO::PermissionSet');
    const [keyPolicy] = Object.values(resources).filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy.Statement);

    expect(permissionSet.Properties.InlinePolicy.Statement).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt', Effect: 'Allow' }));
    expect(JSON.stringify(keyPolicy)).toContain(`:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Auditor-Files_*`);
  });

  test.each<[string, Partial<access.IdentityCenterOptions>, string | undefined, string]>([
    ['an instance that is none', { instanceArn: 'ssoins-1' }, undefined, "'instanceArn' must be the ARN of an instance of Identity Center, got 'ssoins-1'"],
    ['no group', { groupIds: [] }, undefined, "'groupIds' must name a group, got none; a permission set that nobody has serves nobody"],
    ['an account that is none', { accounts: ['here'] }, undefined, "'accounts' must be the 12 digits of each account, got 'here'"],
    ['a name that boundaries do not know', {}, 'Files', "'roleName' must be a name that begins with Auditor for a permission set, got 'Files'"],
    ['a name that is too long', {}, `Auditor-${'x'.repeat(30)}`, "'roleName' must be of at most 32 characters for a permission set"],
  ])('are not for %s', (_name, options, roleName, message) => {
    expect(() => set(options, roleName)).toThrow(`[Stack/Auditor] ${message}`);
  });

  test('cannot be asked for a source identity', () => {
    const stack = stackIn();
    const demand = { kind: 'Admin', description: '', boundary: access.PermissionBoundary.of(stack), path: '/break-glass/', namesSource: true };
    expect(() => access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: [GROUP] })._people.hold(stack, demand))
      .toThrow("[Stack] 'workforce' must be one whose sessions name a source identity, got Identity Center; choose Workforce.iamUsers or Workforce.saml");
  });
});

describe('a role that asks for a source identity', () => {
  test('takes that of the user alone', () => {
    const terms = { maxMfaAgeSeconds: 900, namesSource: true };
    const [assume, name] = userTrust(new iam.AccountRootPrincipal(), terms).map((each) => each.toStatementJson());

    expect(assume.Condition.StringEquals).toEqual({ 'sts:RoleSessionName': '${aws:username}', 'sts:SourceIdentity': '${aws:username}' });
    expect([name.Action, name.Condition]).toEqual(['sts:SetSourceIdentity', {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '900' },
      StringEquals: { 'sts:SourceIdentity': '${aws:username}' },
    }]);
  });

  test('takes that which the SAML provider states', () => {
    const statements = samlTrust(new iam.FederatedPrincipal('arn'), { audience: 'https://signin.aws.amazon.com/saml', namesSource: true })
      .map((each) => each.toStatementJson());

    expect(statements.map(({ Action, Condition }) => [Action, Condition.StringLike])).toEqual([
      ['sts:AssumeRoleWithSAML', { 'sts:SourceIdentity': '?*' }],
      ['sts:TagSession', undefined],
      ['sts:SetSourceIdentity', { 'sts:SourceIdentity': '?*' }],
    ]);
  });
});

test('rights of a permission set that are too long for Identity Center fail the synthesis', () => {
  const app = new App();
  const role = auditor(access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: [GROUP] }), stackIn(app));
  role.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['s3:GetObject'], resources: Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::bucket-number-${index}/read/*`),
  }));
  expect(() => app.synth()).toThrow(/the inline policy must have at most 10240 characters, got \d+; divide what it says among several/);
});

test('a role has the name that it is given', () => {
  const stack = stackIn();
  auditor(access.Workforce.iamUsers(), stack, 'auditor');
  expect(Object.values(resourcesOf(stack)).find(({ Type }) => Type === 'AWS::IAM::Role')!.Properties.RoleName).toBe('auditor');
});

test('a trust policy that is too long for IAM fails the synthesis', () => {
  const app = new App();
  const stack = stackIn(app);
  const statements = Array.from({ length: 20 }, (_, index) => new iam.PolicyStatement({
    sid: `Statement${index}`,
    principals: [new iam.AccountRootPrincipal()],
    actions: ['sts:AssumeRole'],
    conditions: { StringEquals: { 'sts:ExternalId': 'x'.repeat(50) } },
  }));
  makeRole(stack, { boundary: access.PermissionBoundary.of(stack), description: 'x', path: '/access/x/' }, statements);
  expect(() => app.synth()).toThrow(/the trust policy must have at most 2048 characters, got \d+; divide what it says among several/);
});
