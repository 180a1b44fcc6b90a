import type { Calls, Detection } from './detection';
import { call, eachOf } from './detection-events';
import { patternOf } from './detection-patterns';

const KEYS: Calls = [['kms', 'PutKeyPolicy', 'DisableKeyRotation', 'DeleteImportedKeyMaterial', 'UpdatePrimaryRegion']];

const SECRETS: Calls = [[
  'secretsmanager', 'DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'CancelRotateSecret', 'RotationFailed', 'RotationAbandoned',
]];

/** In some cases the name of an event is not that of the action; both spellings of the lock are looked for. */
const BUCKETS: Calls = [[
  's3', 'PutBucketEncryption', 'DeleteBucketEncryption', 'PutBucketVersioning', 'PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock',
  'PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'PutBucketObjectLockConfiguration', 'PutObjectLockConfiguration', 'PutBucketLogging',
  'PutBucketAbac',
]];

const SNAPSHOTS: Calls = [
  ['ec2', 'DisableEbsEncryptionByDefault', 'ModifySnapshotAttribute', 'ModifyImageAttribute', 'DisableSnapshotBlockPublicAccess', 'DisableImageBlockPublicAccess'],
  ['rds', 'ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
];

const GRANT = { granteePrincipal: 'arn:aws:iam::111122223333:role/Reader', operations: ['Decrypt'] };

/** What the CIS list lacks about keys, secrets and stored data. */
export const DATA_DETECTIONS: readonly Detection[] = [
  {
    id: 'KeyPolicyChanges',
    title: 'Who may use a key, or how it is kept, was changed',
    action: 'Compare the policy of the key with the deployment that was meant; undo what no deployment did.',
    severity: 'high',
    patterns: { strict: patternOf(KEYS) },
    source: 'AWS KMS Developer Guide, "Logging AWS KMS API calls with AWS CloudTrail"',
    samples: {
      hits: eachOf(KEYS),
      misses: [...eachOf([['kms', 'GetKeyPolicy', 'EnableKeyRotation', 'DescribeKey']]), call('ecr.amazonaws.com', 'PutKeyPolicy')],
    },
  },
  {
    id: 'KeyGrants',
    title: 'Somebody other than a service was granting the use of a key',
    action: 'A grant is a permission that no policy shows. Find the grantee; revoke the grant if no deployment asked for it.',
    severity: 'medium',
    // A grant that a service asks for in somebody's name says which service.
    patterns: { strict: '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "CreateGrant") && ($.userIdentity.invokedBy NOT EXISTS) }' },
    source: 'AWS KMS Developer Guide, "CreateGrant"; AWS CloudTrail User Guide, "CloudTrail userIdentity element" (invokedBy)',
    samples: {
      hits: [call('kms.amazonaws.com', 'CreateGrant', { requestParameters: GRANT })],
      misses: [
        call('kms.amazonaws.com', 'CreateGrant', {
          requestParameters: GRANT,
          userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Deployer/alice', invokedBy: 'dynamodb.amazonaws.com' },
        }),
        ...eachOf([['kms', 'ListGrants', 'RetireGrant']]),
      ],
    },
  },
  {
    id: 'SecretProtectionChanges',
    title: 'A secret was deleted or opened to others, or does not rotate',
    action: 'Restore what nobody meant to delete, and read the log of the function that rotates: a credential that fails to rotate gets old.',
    severity: 'high',
    patterns: { strict: patternOf(SECRETS) },
    source: 'AWS Secrets Manager User Guide, "AWS CloudTrail entries for Secrets Manager"',
    samples: {
      hits: eachOf(SECRETS),
      misses: [
        ...eachOf([['secretsmanager', 'GetSecretValue', 'RotateSecret', 'RotationSucceeded', 'ValidateResourcePolicy']]),
        call('logs.amazonaws.com', 'PutResourcePolicy'),
      ],
    },
  },
  {
    id: 'BucketProtectionChanges',
    title: 'What protects a bucket was changed',
    action: 'Compare with the deployment that was meant, and see that the bucket is still private, encrypted, versioned and locked as it should be.',
    severity: 'medium',
    patterns: { strict: patternOf(BUCKETS) },
    source: 'Amazon S3 User Guide, "Amazon S3 CloudTrail events"',
    samples: {
      hits: eachOf(BUCKETS),
      misses: [...eachOf([['s3', 'GetBucketEncryption', 'GetBucketVersioning', 'CreateBucket']]), call('s3express.amazonaws.com', 'PutBucketEncryption')],
    },
  },
  {
    id: 'SnapshotExposure',
    title: 'A copy of a disk or database was shared, or what keeps them encrypted and private was switched off',
    action: 'See with whom the copy is shared and take that back; treat its data as lost where that was nobody of ours.',
    severity: 'high',
    patterns: { strict: patternOf(SNAPSHOTS) },
    source: 'Amazon EC2 API Reference and Amazon RDS API Reference, actions of these names',
    samples: {
      hits: eachOf(SNAPSHOTS),
      misses: eachOf([['ec2', 'CreateSnapshot', 'DescribeSnapshotAttribute', 'EnableEbsEncryptionByDefault'], ['rds', 'DescribeDBSnapshotAttributes', 'CreateDBSnapshot']]),
    },
  },
];
