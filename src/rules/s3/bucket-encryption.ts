import { Resource } from '../graph';
import { at, Value } from '../values';

/** The default encryption of a bucket, as the template states it. */
export interface BucketEncryption {
  readonly algorithm: Value;
  readonly key: Value;
  readonly bucketKey: Value;
  readonly blockedTypes: Value;
}

/** Path of the only encryption rule that a bucket can have. */
export const ENCRYPTION_RULE = 'BucketEncryption.ServerSideEncryptionConfiguration.0';

/** Reads the default encryption of a bucket. */
export function encryptionOf(bucket: Resource): BucketEncryption {
  const rule = at(bucket.properties, ENCRYPTION_RULE);
  return {
    algorithm: at(rule, 'ServerSideEncryptionByDefault.SSEAlgorithm'),
    key: at(rule, 'ServerSideEncryptionByDefault.KMSMasterKeyID'),
    bucketKey: at(rule, 'BucketKeyEnabled'),
    blockedTypes: at(rule, 'BlockedEncryptionTypes.EncryptionType'),
  };
}
