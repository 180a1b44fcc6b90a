import { isAccessLogTarget } from './access-log-targets';
import { ENCRYPTION_RULE, encryptionOf } from './bucket-encryption';
import { keyKind } from '../keys';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, Value } from '../values';

const ALGORITHM = `${ENCRYPTION_RULE}.ServerSideEncryptionByDefault.SSEAlgorithm`;
const KEY = `${ENCRYPTION_RULE}.ServerSideEncryptionByDefault.KMSMasterKeyID`;

/** Checks `STORAGE-CMK`. */
export const storageCmk: Rule = {
  control: 'STORAGE-CMK',
  check(bucket, graph) {
    const { algorithm, key } = encryptionOf(bucket);
    if (isUnknown(algorithm)) return cannotTell('UntoldEncryption', `SSEAlgorithm is ${describe(algorithm)}`, ALGORITHM);
    if (isAccessLogTarget(bucket, graph)) return checkLogBucket(algorithm);
    if (algorithm === undefined) return violation('NoEncryption', 'BucketEncryption states no algorithm', ALGORITHM);
    if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return violation('NotKms', `SSEAlgorithm is ${describe(algorithm)}`, ALGORITHM);
    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KMSMasterKeyID is not set, so the AWS managed key is used', KEY);
      case 'aws-managed': return violation('AwsManagedKey', `KMSMasterKeyID is ${describe(key)}`, KEY);
      case 'alias': return violation('KeyByAlias', `KMSMasterKeyID is ${describe(key)}`, KEY);
      case 'unknown': return cannotTell('UntoldKey', `KMSMasterKeyID is ${describe(key)}`, KEY);
      default: return compliant(`encrypted by ${algorithm} with ${describe(key)}`, KEY);
    }
  },
};

/** S3 cannot deliver server access logs to a bucket whose default encryption is SSE-KMS. */
function checkLogBucket(algorithm: Value): Outcome {
  if (algorithm === 'AES256') return notApplicable('server access logs cannot be delivered to a bucket that SSE-KMS encrypts');
  return algorithm === undefined
    ? violation('LogBucketUnstated', 'the bucket receives access logs and does not state AES256', ALGORITHM)
    : violation('LogBucketKms', `the bucket receives access logs, which SSEAlgorithm ${describe(algorithm)} keeps out`, ALGORITHM);
}
