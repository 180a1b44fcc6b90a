import { secretBlockPublicPolicy } from './secret-block-public-policy';
import { secretCmk } from './secret-cmk';
import { secretPlaintext } from './secret-plaintext';
import { secretPolicyPublic } from './secret-policy-public';
import { secretRetain } from './secret-retain';
import { secretRotation } from './secret-rotation';
import { secretRotationAge } from './secret-rotation-age';
import { secretRotationPermission } from './secret-rotation-permission';
import { secretRotationTls } from './secret-rotation-tls';
import { Rule } from '../rule';

/** Rules of AWS Secrets Manager. */
export const SECRETSMANAGER_RULES: readonly Rule[] = [
  secretBlockPublicPolicy,
  secretCmk,
  secretPlaintext,
  secretPolicyPublic,
  secretRetain,
  secretRotation,
  secretRotationAge,
  secretRotationPermission,
  secretRotationTls,
];
