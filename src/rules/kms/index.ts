import { keyDutySplit } from './key-duty-split';
import { keyForeignAccount } from './key-foreign-account';
import { keyGrant } from './key-grant';
import { keyLockout } from './key-lockout';
import { keyMultiRegion } from './key-multi-region';
import { keyPendingWindow } from './key-pending-window';
import { keyPolicyPublic } from './key-policy-public';
import { keyRetain } from './key-retain';
import { keyRootSplit } from './key-root-split';
import { keyRotation } from './key-rotation';
import { keyServiceSource } from './key-service-source';
import { Rule } from '../rule';

/** Rules of AWS KMS. */
export const KMS_RULES: readonly Rule[] = [
  keyDutySplit,
  keyForeignAccount,
  keyGrant,
  keyLockout,
  keyMultiRegion,
  keyPendingWindow,
  keyPolicyPublic,
  keyRetain,
  keyRootSplit,
  keyRotation,
  keyServiceSource,
];
