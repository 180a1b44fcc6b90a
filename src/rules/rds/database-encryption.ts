import { isClusterMember, isReplica, isRestored } from './databases';
import { keyKind } from '../keys';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `DATABASE-ENCRYPTION`. */
export const databaseEncryption: Rule = {
  control: 'DATABASE-ENCRYPTION',
  check(database, graph) {
    const { KmsKeyId: key, StorageEncrypted } = database.properties;
    const encrypted = truth(StorageEncrypted);
    if (isClusterMember(database)) return notApplicable('the cluster encrypts its storage');
    if (isReplica(database) && encrypted === undefined && key === undefined) return notApplicable('a replica is encrypted as its source is');
    if (encrypted instanceof Unresolved || (encrypted === undefined && isRestored(database))) {
      return cannotTell('UnresolvedEncryption', `StorageEncrypted is ${describe(StorageEncrypted)}`, 'StorageEncrypted');
    }
    if (encrypted !== true) return violation('NotEncrypted', `StorageEncrypted is ${describe(StorageEncrypted)}`, 'StorageEncrypted');

    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KmsKeyId is not set, so the key is the AWS managed one', 'KmsKeyId');
      case 'aws-managed': return violation('AwsManagedKey', `KmsKeyId is ${describe(key)}`, 'KmsKeyId');
      case 'unknown': return cannotTell('UnresolvedKey', `KmsKeyId is ${describe(key)}`, 'KmsKeyId');
      default: return compliant(`encrypted with ${describe(key)}`, 'KmsKeyId');
    }
  },
};
