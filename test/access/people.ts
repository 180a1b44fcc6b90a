import { ACCOUNT } from './world';
import { Context } from '../proofs/iam/call';

/** Somebody, as AWS knows them when they ask for something. */
export interface Caller {
  readonly principal: string;
  readonly context: Context;
}

const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;
const user = (context: Context): Caller => ({
  principal: ANN, context: { 'aws:username': 'ann', 'aws:PrincipalType': 'User', 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalArn': ANN, ...context },
});
const issued = { 'aws:TokenIssueTime': '2026-11-25T09:00:00Z' };

/** What each way of coming to AWS puts in the context (AWS IAM User Guide, "AWS global condition context keys"). */
export const CALLERS = {
  'console with MFA': user({ ...issued, 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' }),
  'console with MFA of two hours ago': user({ ...issued, 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '7200' }),
  'console without MFA': user({ ...issued, 'aws:MultiFactorAuthPresent': 'false' }),
  'long-term key': user({}),
  // AssumeRole and GetSessionToken take the code of a device; the first is then asked with it, the second gives a session that has it.
  'long-term key with a code': user({ 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }),
  'session token with MFA': user({ ...issued, 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '600' }),
  'session token without MFA': user({ ...issued, 'aws:MultiFactorAuthPresent': 'false' }),
  'assumed role': {
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/other/ann`,
    context: {
      ...issued, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalAccount': ACCOUNT, 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/other`,
    },
  },
  'role of the catalogue, chained': {
    principal: `arn:aws:sts::${ACCOUNT}:assumed-role/auditor/ann`,
    context: {
      ...issued,
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalAccount': ACCOUNT,
      'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/access/auditor/auditor`,
    },
  },
  'user of another account': {
    principal: 'arn:aws:iam::999999999999:user/ann',
    context: {
      ...issued,
      'aws:username': 'ann',
      'aws:PrincipalType': 'User',
      'aws:PrincipalAccount': '999999999999',
      'aws:MultiFactorAuthPresent': 'true',
      'aws:MultiFactorAuthAge': '60',
    },
  },
} satisfies Record<string, Caller>;

export type CallerName = keyof typeof CALLERS;
