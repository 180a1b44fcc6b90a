import { ENCRYPTION_RULE, encryptionOf } from './bucket-encryption';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, truth } from '../values';

const BUCKET_KEY = `${ENCRYPTION_RULE}.BucketKeyEnabled`;

/** Checks `STORAGE-BUCKET-KEY`. */
export const storageBucketKey: Rule = {
  control: 'STORAGE-BUCKET-KEY',
  check(bucket) {
    const { algorithm, bucketKey } = encryptionOf(bucket);
    const enabled = truth(bucketKey);
    if (enabled === true) return compliant('BucketKeyEnabled is true', BUCKET_KEY);
    if (isUnknown(algorithm)) return cannotTell('UntoldBucketKey', `SSEAlgorithm is ${describe(algorithm)}`, BUCKET_KEY);
    // Dual-layer encryption does not support bucket keys, and other algorithms use no KMS key.
    if (algorithm !== 'aws:kms') return notApplicable(`a bucket key needs SSEAlgorithm aws:kms, and it is ${describe(algorithm)}`);
    return isUnknown(enabled)
      ? cannotTell('UntoldBucketKey', `BucketKeyEnabled is ${describe(bucketKey)}`, BUCKET_KEY)
      : violation('NoBucketKey', `BucketKeyEnabled is ${describe(bucketKey)}`, BUCKET_KEY);
  },
};
