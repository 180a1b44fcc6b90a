import type { Calls, Detection } from './detection';
import { patternOf } from './patterns';

const KEYS: Calls = [['kms', 'PutKeyPolicy', 'DisableKeyRotation', 'DeleteImportedKeyMaterial', 'UpdatePrimaryRegion']];

const SECRETS: Calls = [[
  'secretsmanager', 'DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'CancelRotateSecret', 'RotationFailed', 'RotationAbandoned',
]];

/** In some cases the name of an event is not that of the action; both spellings of the lock are looked for. */
const BUCKETS: Calls = [[
  's3', 'PutBucketEncryption', 'DeleteBucketEncryption', 'PutBucketVersioning', 'PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock',
  'PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'PutBucketObjectLockConfiguration', 'PutObjectLockConfiguration', 'PutBucketLogging',
  'PutBucketAbac', 'PutBucketOwnershipControls', 'DeleteBucketOwnershipControls',
]];

const SNAPSHOTS: Calls = [
  ['ec2', 'DisableEbsEncryptionByDefault', 'ModifySnapshotAttribute', 'ModifyImageAttribute', 'DisableSnapshotBlockPublicAccess', 'DisableImageBlockPublicAccess'],
  ['rds', 'ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
];

/** What the CIS list lacks about keys, secrets and stored data. */
export const DATA_DETECTIONS: readonly Detection[] = [
  {
    id: 'KeyPolicyChanges',
    title: 'Who may use a key, or how it is kept, was changed',
    action: 'Compare the policy of the key with the deployment that was meant; undo what no deployment did.',
    severity: 'high',
    patterns: { strict: patternOf(KEYS) },
    source: 'AWS KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail"',
  },
  {
    id: 'KeyGrants',
    title: 'Somebody other than a service was granting the use of a key',
    action: 'A grant is a permission that no policy shows. Find the grantee; revoke the grant if no deployment asked for it.',
    severity: 'medium',
    // A grant that a service asks for in somebody's name says which service.
    patterns: { strict: patternOf([], [['kms', 'CreateGrant']]) },
    source: 'AWS KMS Developer Guide, "CreateGrant"; AWS CloudTrail User Guide, "CloudTrail userIdentity element" (invokedBy)',
  },
  {
    id: 'SecretProtectionChanges',
    title: 'A secret was deleted or opened to others, or does not rotate',
    action: 'Restore what nobody meant to delete, and read the log of the function that rotates: a credential that fails to rotate gets old.',
    severity: 'high',
    patterns: { strict: patternOf(SECRETS) },
    source: 'AWS Secrets Manager User Guide, "AWS CloudTrail entries for Secrets Manager"',
  },
  {
    id: 'BucketProtectionChanges',
    title: 'What protects a bucket was changed',
    action: 'Compare with the deployment that was meant, and see that the bucket is still private, encrypted, versioned and locked as it should be.',
    severity: 'medium',
    patterns: { strict: patternOf(BUCKETS) },
    source: 'Amazon S3 User Guide, "Amazon S3 CloudTrail events"',
  },
  {
    id: 'SnapshotExposure',
    title: 'A copy of a disk or database was shared, or what keeps them encrypted and private was switched off',
    action: 'See with whom the copy is shared and take that back; treat its data as lost where that was nobody of ours.',
    severity: 'high',
    patterns: { strict: patternOf(SNAPSHOTS) },
    source: 'Amazon EC2 API Reference and Amazon RDS API Reference, actions of these names',
  },
];
