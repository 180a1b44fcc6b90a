import { cognitoClientFlows } from './cognito-client-flows';
import { cognitoClientRedirect } from './cognito-client-redirect';
import { cognitoClientTokens } from './cognito-client-tokens';
import { cognitoDeletionProtection } from './cognito-deletion-protection';
import { cognitoGuest } from './cognito-guest';
import { cognitoMfa } from './cognito-mfa';
import { cognitoPasswordPolicy } from './cognito-password-policy';
import { cognitoSignUp } from './cognito-sign-up';
import { cognitoThreatProtection } from './cognito-threat-protection';
import { Rule } from '../rule';

/** Rules of Amazon Cognito. */
export const COGNITO_RULES: readonly Rule[] = [
  cognitoClientFlows,
  cognitoClientRedirect,
  cognitoClientTokens,
  cognitoDeletionProtection,
  cognitoGuest,
  cognitoMfa,
  cognitoPasswordPolicy,
  cognitoSignUp,
  cognitoThreatProtection,
];
