import { asDeployed, Claim, Claims, sessionOf, withEverything } from './claim';
import { ACCOUNT, Deployed } from './deployed';
import { PRINCIPALS } from './people';
import { EVERYTHING } from '../../access/judge';
import { Context } from '../iam/call';

const BOB = `arn:aws:iam::${ACCOUNT}:user/staff/bob`;
const JOB = `arn:aws:iam::${ACCOUNT}:role/team/job`;
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const DIRECTORY = `arn:aws:identitystore::${ACCOUNT}:identitystore/d-1234567890`;

/** Each way to put a tag on a person, on a role, or on a session, or to take one off. */
const TAGGING: ReadonlyArray<readonly [action: string, resource: string]> = [
  ['iam:TagUser', BOB], ['iam:UntagUser', BOB], ['iam:CreateUser', BOB], ['iam:TagRole', JOB], ['iam:UntagRole', JOB], ['iam:CreateRole', JOB],
  ['sts:TagSession', JOB],
];

/** Keys that IAM takes for the training tag, whatever comes with them. */
const SPELLINGS = [['SecurityTraining'], ['securitytraining'], ['Team', 'SECURITYTRAINING']];

/** What decides, in Identity Center, which attribute becomes a tag, and what a person's attributes are. */
const MAPPING: ReadonlyArray<readonly [action: string, resource: string]> = [
  ['sso:CreateInstanceAccessControlAttributeConfiguration', INSTANCE], ['sso:UpdateInstanceAccessControlAttributeConfiguration', INSTANCE],
  ['sso:DeleteInstanceAccessControlAttributeConfiguration', INSTANCE], ['identitystore:UpdateUser', DIRECTORY], ['identitystore:CreateUser', DIRECTORY],
];

/** Who may say that somebody is trained: a trainer of others, and nobody else, whatever they are given besides. */
export const tags: Claims = (deployed) => [...forgeries(deployed), ...forgedByUsers(deployed), ...trainers(deployed)];

function forgeries({ holders, boundaryArn }: Deployed): Claim[] {
  return Object.entries(holders).filter(([path]) => !path.endsWith('/Trainer')).flatMap(([path, holder]) => {
    const asks = (action: string, resource: string, context: Context, allowed: boolean): Claim => ({
      name: `${path}, given everything: ${action} ${JSON.stringify(context['aws:TagKeys'] ?? '')}`,
      requests: [sessionOf(holder, 'ann', action, resource, context)],
      policies: withEverything(holder),
      allowed,
    });
    const bounded = { 'iam:PermissionsBoundary': boundaryArn };
    return [
      ...TAGGING.flatMap(([action, resource]) => SPELLINGS.map((keys) => asks(action, resource, { 'aws:TagKeys': keys, ...action.startsWith('iam:Create') && bounded }, false))),
      ...MAPPING.map(([action, resource]) => asks(action, resource, {}, false)),
    ];
  });
}

/** Users behind the gate, trained, who may do everything. */
function forgedByUsers({ policies }: Deployed): Claim[] {
  const { principal, context } = PRINCIPALS['console with MFA'];
  return [...TAGGING.flatMap(([action, resource]) => [...SPELLINGS.map((keys) => [action, resource, keys, false] as const), [action, resource, ['Team'], true] as const])]
    .map(([action, resource, keys, allowed]) => ({
      name: `a user behind the gate, given everything: ${action} ${JSON.stringify(keys)}`,
      requests: [{ principal, action, resource, context: { ...context, 'aws:PrincipalTag/SecurityTraining': '2026-Q4', 'aws:TagKeys': [...keys] } }],
      policies: { identity: [EVERYTHING, ...policies['Staff/Training'].Statement] },
      allowed,
    }));
}

function trainers({ holders }: Deployed): Claim[] {
  const trainer = holders['Staff/Trainer'];
  const asks = (name: string, allowed: boolean, to: string, value: string, keys = ['SecurityTraining'], action = 'iam:TagUser'): Claim => ({
    name: `a trainer gives ${name}`,
    requests: [sessionOf(trainer, 'ann', action, `arn:aws:iam::${ACCOUNT}:user${to}`, {
      'aws:SourceIdentity': 'ann', 'aws:TagKeys': keys, ...action !== 'iam:UntagUser' && { 'aws:RequestTag/SecurityTraining': value },
    })],
    policies: asDeployed(trainer),
    allowed,
  });
  return [
    asks('a period that counts', true, '/staff/bob', '2026-Q4'),
    asks('a period that does not', false, '/staff/bob', '2027-Q4'),
    asks('no period', false, '/staff/bob', ''),
    asks('another tag with it', false, '/staff/bob', '2026-Q4', ['SecurityTraining', 'Team']),
    asks('another tag', false, '/staff/bob', '2026-Q4', ['Team']),
    asks('a period to themselves', false, '/staff/ann', '2026-Q4'),
    asks('a period to themselves further below', false, '/staff/berlin/ann', '2026-Q4'),
    asks('a period to a user elsewhere', false, '/robots/bob', '2026-Q4'),
    asks('a user no period any more', true, '/staff/bob', '', ['SecurityTraining'], 'iam:UntagUser'),
    asks('a new user a period', false, '/staff/bob', '2026-Q4', ['SecurityTraining'], 'iam:CreateUser'),
  ];
}
