import { ENCRYPTION_RULE, encryptionOf } from './bucket-encryption';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown, listOf } from '../values';

const BLOCKED = `${ENCRYPTION_RULE}.BlockedEncryptionTypes.EncryptionType`;

/** Checks `STORAGE-SSE-C`. */
export const storageSseC: Rule = {
  control: 'STORAGE-SSE-C',
  check(bucket) {
    const types = listOf(encryptionOf(bucket).blockedTypes);
    // NONE lifts every block, whatever else the list says.
    if (types.includes('NONE')) return violation('SseCAllowed', 'BlockedEncryptionTypes has NONE', BLOCKED);
    if (types.some(isUnknown)) return cannotTell('UntoldBlock', `BlockedEncryptionTypes is ${describe(types)}`, BLOCKED);
    return types.includes('SSE-C')
      ? compliant('BlockedEncryptionTypes has SSE-C', BLOCKED)
      : violation('SseCAllowed', 'BlockedEncryptionTypes does not have SSE-C', BLOCKED);
  },
};
