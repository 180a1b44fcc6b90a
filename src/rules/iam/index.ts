import { breakGlassAlarm } from './break-glass-alarm';
import { breakGlassRole } from './break-glass-role';
import { iamAdmin } from './iam-admin';
import { iamDecryptAll } from './iam-decrypt-all';
import { iamMfaDeny } from './iam-mfa-deny';
import { iamPassRole } from './iam-pass-role';
import { iamPrivilegeEscalation } from './iam-privilege-escalation';
import { iamResourceWildcard } from './iam-resource-wildcard';
import { iamServiceWildcard } from './iam-service-wildcard';
import { iamUser } from './iam-user';
import { roleBoundary } from './role-boundary';
import { roleDecryptContext } from './role-decrypt-context';
import { roleMfa } from './role-mfa';
import { roleSession } from './role-session';
import { roleTrustForeign } from './role-trust-foreign';
import { roleTrustPublic } from './role-trust-public';
import { roleTrustService } from './role-trust-service';
import { Rule } from '../rule';

/** Rules of AWS IAM. */
export const IAM_RULES: readonly Rule[] = [
  breakGlassAlarm,
  breakGlassRole,
  iamAdmin,
  iamDecryptAll,
  iamMfaDeny,
  iamPassRole,
  iamPrivilegeEscalation,
  iamResourceWildcard,
  iamServiceWildcard,
  iamUser,
  roleBoundary,
  roleDecryptContext,
  roleMfa,
  roleSession,
  roleTrustForeign,
  roleTrustPublic,
  roleTrustService,
];
