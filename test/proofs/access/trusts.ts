import { Claim, Claims } from './claim';
import { ACCOUNT, Deployed, GUEST_ACCOUNT, Holder, ORGANIZATION, PROVIDER } from './deployed';
import { guest, PRINCIPALS, TRAININGS, WITH_MFA } from './people';
import { EVERYTHING } from '../../access/judge';
import { Caller } from '../../access/people';
import { Context } from '../iam/call';

/** Roles of IAM users, and of a SAML provider; sessions of the last two name a source. */
const ROLES = ['KeyAdministrator', 'Auditor', 'Operator', 'Developer', 'Detokeniser', 'Armer', 'Emergency', 'Trainer'];
const NAMING = ['Emergency', 'Trainer'];

const AUDIENCE = { 'saml:aud': 'https://signin.aws.amazon.com/saml' };
const SECOND_FACTOR = { 'aws:RequestTag/mfa': 'true' };
const TRAINED = { 'aws:RequestTag/SecurityTraining': '2026-Q4' };

/** Everybody has the right to take on every role here, so that the trust policy alone decides. */
function asks(name: string, { arn, trust }: Holder, { principal, context }: Caller, more: Context, allowed: boolean, action = 'sts:AssumeRole'): Claim {
  const requests = [{ principal, action, resource: arn, context: { ...context, ...more } }];
  return { name, requests, policies: { identity: [EVERYTHING], resource: trust }, allowed };
}

/** Who takes on which role: of each kind of people exactly those who were meant. */
export const trusts: Claims = (deployed) => [ofUsers, ofMembers, ofGuests, ofSaml, ofServices].flatMap((claims) => claims(deployed));

function ofUsers({ holders }: Deployed): Claim[] {
  const [trained] = TRAININGS;
  const ann = PRINCIPALS['console with MFA'];
  return ROLES.flatMap((name) => {
    const role = holders[`Staff/${name}`];
    const names = { 'sts:RoleSessionName': 'ann', ...NAMING.includes(name) && { 'sts:SourceIdentity': 'ann' } };
    const everybody = Object.entries(PRINCIPALS).flatMap(([who, caller]) => TRAININGS.map(([training, counts, tags]) => asks(
      `${name}: ${who} with ${training}`, role, caller, { ...tags, ...names }, counts && WITH_MFA.includes(who))));
    const other = asks(`${name}: in a session named after another`, role, ann, { ...trained[2], ...names, 'sts:RoleSessionName': 'bob' }, false);
    return [...everybody, other, ...NAMING.includes(name) ? sourcesOf(name, role) : []];
  });
}

/** Whether a source identity is anything but the user's own name. */
function sourcesOf(name: string, role: Holder): Claim[] {
  const [[, , trained]] = TRAININGS;
  const ann = PRINCIPALS['console with MFA'];
  const assumes = (what: string, identity: Context) => asks(`${name}: ${what}`, role, ann, { ...trained, 'sts:RoleSessionName': 'ann', ...identity }, false);
  const names = (what: string, person: string, who: Caller, allowed: boolean) =>
    asks(`${name}: ${what}`, role, who, { ...trained, 'sts:SourceIdentity': person }, allowed, 'sts:SetSourceIdentity');
  return [
    assumes('without a source identity', {}),
    assumes('with the source identity of another', { 'sts:SourceIdentity': 'bob' }),
    names('names the source identity of themselves', 'ann', ann, true),
    names('names the source identity of another', 'bob', ann, false),
    names('names a source identity without MFA', 'ann', PRINCIPALS['long-term key'], false),
    names('names a source identity with an old second factor', 'ann', PRINCIPALS['console with MFA of two hours ago'], false),
  ];
}

/** Members of a group that may ask for one role, by that right alone. */
function ofMembers({ holders, policies }: Deployed): Claim[] {
  const { principal, context } = PRINCIPALS['console with MFA'];
  const [[, , trained]] = TRAININGS;
  const asked = (of: string, to: string, allowed: boolean): Claim => ({
    name: `a member of the group for ${of} takes on ${to}`,
    requests: [{
      principal,
      action: 'sts:AssumeRole',
      resource: holders[`Staff/${to}`].arn,
      context: { ...context, ...trained, 'sts:RoleSessionName': 'ann', ...NAMING.includes(to) && { 'sts:SourceIdentity': 'ann' } },
    }],
    policies: { identity: policies[`Staff/${of}/TakingOn`].Statement, resource: holders[`Staff/${to}`].trust },
    allowed,
  });
  return ROLES.flatMap((of) => ROLES.map((to) => asked(of, to, of === to)));
}

function ofGuests({ holders }: Deployed): Claim[] {
  const named = { 'sts:RoleSessionName': 'ann' };
  const role = holders['Guests/Auditor'];
  const { 'aws:MultiFactorAuthPresent': _present, 'aws:MultiFactorAuthAge': _age, ...withoutFactor } = guest(GUEST_ACCOUNT, ORGANIZATION).context;
  return [
    asks('a guest of the organization', role, guest(GUEST_ACCOUNT, ORGANIZATION), named, true),
    asks('a guest whose account left the organization', role, guest(), named, false),
    asks('a guest of another organization', role, guest(GUEST_ACCOUNT, 'o-zzzzzzzzzz'), named, false),
    asks('a guest of another account of the organization', role, guest('555566667777', ORGANIZATION), named, false),
    asks('a guest without MFA', role, { ...guest(), context: withoutFactor }, named, false),
    asks('a guest in a session named after another', role, guest(GUEST_ACCOUNT, ORGANIZATION), { 'sts:RoleSessionName': 'bob' }, false),
    asks('a user of this account in the role of guests', role, PRINCIPALS['console with MFA'], named, false),
  ];
}

function ofSaml({ holders }: Deployed): Claim[] {
  const provider: Caller = { principal: PROVIDER, context: {} };
  const good = { ...AUDIENCE, ...SECOND_FACTOR, ...TRAINED };
  return ROLES.flatMap((name) => {
    const role = holders[`Corp/${name}`];
    const source: Context = NAMING.includes(name) ? { 'sts:SourceIdentity': 'ann' } : {};
    const assertion = (what: string, context: Context, allowed: boolean, who = provider, action = 'sts:AssumeRoleWithSAML') =>
      asks(`${name}: an assertion ${what}`, role, who, { ...context, ...source }, allowed, action);
    return [
      assertion('that says all', good, true),
      assertion('for somebody else', { ...good, 'saml:aud': 'https://example.com/saml' }, false),
      assertion('for nobody', { ...SECOND_FACTOR, ...TRAINED }, false),
      assertion('without a second factor', { ...AUDIENCE, ...TRAINED, 'aws:RequestTag/mfa': 'false' }, false),
      assertion('that says nothing of a second factor', { ...AUDIENCE, ...TRAINED }, false),
      assertion('with a stale training', { ...good, 'aws:RequestTag/SecurityTraining': '2026-Q2' }, false),
      assertion('that says nothing of a training', { ...AUDIENCE, ...SECOND_FACTOR }, false),
      assertion('of another provider', good, false, { principal: `${PROVIDER}-test`, context: {} }),
      assertion('that is a web identity', { ...SECOND_FACTOR, ...TRAINED }, false, { principal: `arn:aws:iam::${ACCOUNT}:oidc-provider/example.com`, context: {} }, 'sts:AssumeRoleWithWebIdentity'),
      ...Object.entries(PRINCIPALS).map(([who, caller]) => asks(
        `${name} of the provider: ${who}`, role, caller, { ...TRAININGS[0][2], ...SECOND_FACTOR, ...TRAINED, 'sts:RoleSessionName': 'ann', ...source }, false)),
      ...NAMING.includes(name) ? [
        asks(`${name}: an assertion without a source identity`, role, provider, good, false, 'sts:AssumeRoleWithSAML'),
        asks(`${name}: an assertion with an empty source identity`, role, provider, { ...good, 'sts:SourceIdentity': '' }, false, 'sts:AssumeRoleWithSAML'),
      ] : [],
    ];
  });
}

function ofServices({ holders }: Deployed): Claim[] {
  return ['Reader', 'Writer'].flatMap((name) => {
    const role = holders[`Staff/${name}`];
    const service = (principal: string, allowed: boolean) => asks(`${name}: ${principal}`, role, { principal, context: {} }, {}, allowed);
    return [
      service('lambda.amazonaws.com', true),
      service('ec2.amazonaws.com', false),
      ...Object.entries(PRINCIPALS).map(([who, caller]) => asks(`${name}: ${who}`, role, caller, { 'sts:RoleSessionName': 'ann' }, false)),
    ];
  });
}
