import { ACCOUNT, GUEST_ACCOUNT } from './deployed';
import { Caller, CALLERS } from '../../access/people';

const issued = { 'aws:TokenIssueTime': '2026-11-25T09:00:00Z' };
const session = (role: string, context: Caller['context'] = {}): Caller => ({
  principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').at(-1)}/ann`,
  context: {
    ...issued, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${role}`, ...context,
  },
});

/** Everybody who may come to AWS, with what each way puts in the context. */
export const PRINCIPALS: Readonly<Record<string, Caller>> = {
  ...CALLERS,
  'a chained role with a source identity': session('access/auditor/auditor', { 'aws:SourceIdentity': 'ann' }),
  'a session of the SAML provider': session('corp/people'),
  'a session of Identity Center': session('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Administrators_0123456789abcdef'),
  'a function': session('service/handler'),
  'a federated user': {
    principal: `arn:aws:sts::${ACCOUNT}:federated-user/ann`,
    context: { ...issued, 'aws:PrincipalType': 'FederatedUser', 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalArn': `arn:aws:sts::${ACCOUNT}:federated-user/ann` },
  },
  'the root user': {
    principal: `arn:aws:iam::${ACCOUNT}:root`,
    context: {
      ...issued,
      'aws:PrincipalType': 'Account',
      'aws:PrincipalAccount': ACCOUNT,
      'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:root`,
      'aws:MultiFactorAuthPresent': 'true',
      'aws:MultiFactorAuthAge': '60',
    },
  },
};

/** Users who gave a second factor, within the hour. Nobody else takes on a role of IAM users. */
export const WITH_MFA: readonly string[] = ['console with MFA', 'long-term key with a code', 'session token with MFA'];

/** A user of another account, who gave a second factor there. */
export const guest = (account = GUEST_ACCOUNT, organization?: string): Caller => ({
  principal: `arn:aws:iam::${account}:user/ann`,
  context: {
    ...CALLERS['console with MFA'].context,
    'aws:PrincipalAccount': account,
    'aws:PrincipalArn': `arn:aws:iam::${account}:user/ann`,
    ...organization !== undefined && { 'aws:PrincipalOrgID': organization },
  },
});

const tag = (key: string, value: string) => ({ [`aws:PrincipalTag/${key}`]: value });

/** What the training tag of somebody may be, and whether it counts. */
export const TRAININGS: ReadonlyArray<readonly [name: string, counts: boolean, context: Caller['context']]> = [
  ['a current training', true, tag('SecurityTraining', '2026-Q4')],
  ['a current training, its key in small letters', true, tag('securitytraining', '2026-Q3')],
  ['no training', false, {}],
  ['a stale training', false, tag('SecurityTraining', '2026-Q2')],
  ['a training of the future', false, tag('SecurityTraining', '2027-Q2')],
  ['an empty training', false, tag('SecurityTraining', '')],
  ['a training in small letters', false, tag('SecurityTraining', '2026-q4')],
  ['every training', false, tag('SecurityTraining', '*')],
  ['another tag', false, tag('Training', '2026-Q4')],
  ['a training that they assert in the request', false, { 'aws:RequestTag/SecurityTraining': '2026-Q4', 'aws:TagKeys': ['SecurityTraining'] }],
];
