import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const STATUS = 'VersioningConfiguration.Status';

/** Checks `STORAGE-VERSIONING`. */
export const storageVersioning: Rule = {
  control: 'STORAGE-VERSIONING',
  check(bucket) {
    const status = at(bucket.properties, STATUS);
    if (isUnknown(status)) return cannotTell('UntoldVersioning', `Status is ${describe(status)}`, STATUS);
    if (status === 'Enabled') return compliant('Status is Enabled', STATUS);
    return violation(status === 'Suspended' ? 'Suspended' : 'NotVersioned', `Status is ${describe(status)}`, STATUS);
  },
};
