import { Call, Context } from './call';
import { Environment, Resource } from './environment';

/** What a service does with the key of its resource in the name of whoever called it. */
interface KeyUse {
  readonly calls: RegExp;
  readonly keyActions: readonly string[];
  readonly type: string;
  /** Property that names the key. */
  readonly key: string;
  /** Where AWS says so. */
  readonly source: string;
  resourceArn(called: string): string;
  /** Encryption context, by which key policies may be narrowed. */
  encryptionContext(resource: Resource, arn: string, called: string): Record<string, string>;
}

const BUCKET_ENCRYPTION = 'BucketEncryption.ServerSideEncryptionConfiguration.0';

const BUCKET = {
  type: 'AWS::S3::Bucket',
  key: `${BUCKET_ENCRYPTION}.ServerSideEncryptionByDefault.KMSMasterKeyID`,
  resourceArn: (called: string) => called.split('/')[0],
  // With a bucket key the context is the bucket's ARN (Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys").
  encryptionContext: (bucket: Resource, arn: string, called: string) => ({
    'aws:s3:arn': bucket.property(`${BUCKET_ENCRYPTION}.BucketKeyEnabled`) === true ? arn : called,
  }),
  source: 'Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)"',
};
const QUEUE = {
  type: 'AWS::SQS::Queue',
  key: 'KmsMasterKeyId',
  resourceArn: (called: string) => called,
  encryptionContext: (_: Resource, arn: string) => ({ 'aws:sqs:arn': arn }),
  source: 'Amazon SQS Developer Guide, "Key management"',
};
const SECRET = {
  type: 'AWS::SecretsManager::Secret',
  key: 'KmsKeyId',
  resourceArn: (called: string) => called,
  encryptionContext: (_: Resource, arn: string) => ({ SecretARN: arn }),
  source: 'AWS Secrets Manager User Guide, "Secret encryption and decryption in AWS Secrets Manager"',
};

const KEY_USES: readonly KeyUse[] = [
  { ...BUCKET, calls: /^s3:GetObject(Version)?$/, keyActions: ['kms:Decrypt'] },
  { ...BUCKET, calls: /^s3:PutObject$/, keyActions: ['kms:GenerateDataKey'] },
  { ...QUEUE, calls: /^sqs:ReceiveMessage$/, keyActions: ['kms:Decrypt'] },
  { ...QUEUE, calls: /^sqs:SendMessage$/, keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  {
    calls: /^dynamodb:(?!ListStreams$)/,
    keyActions: ['kms:Decrypt'],
    type: 'AWS::DynamoDB::Table',
    key: 'SSESpecification.KMSMasterKeyId',
    resourceArn: (called) => called.split(/\/(?:index|stream)\//)[0],
    encryptionContext: (table, arn) => ({ 'aws:dynamodb:tableName': arn.split('/')[1], 'aws:dynamodb:subscriberId': table.stack.place.account }),
    source: 'Amazon DynamoDB Developer Guide, "DynamoDB encryption at rest usage notes"',
  },
  {
    calls: /^sns:Publish$/,
    keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    type: 'AWS::SNS::Topic',
    key: 'KmsMasterKeyId',
    resourceArn: (called) => called,
    encryptionContext: (_, arn) => ({ 'aws:sns:topicArn': arn }),
    source: 'Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs"',
  },
  { ...SECRET, calls: /^secretsmanager:GetSecretValue$/, keyActions: ['kms:Decrypt'] },
  { ...SECRET, calls: /^secretsmanager:PutSecretValue$/, keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
];

/** Calls to AWS KMS that a service makes for a call, where the called resource has a key of its own. */
export function madeFor(call: Call, environment: Environment): Call[] {
  return KEY_USES.filter(({ calls }) => calls.test(call.action)).flatMap((use) => {
    const arn = use.resourceArn(call.resource);
    const resource = environment.withArn(arn, use.type);
    const key = resource.property(use.key) as string | undefined;
    if (key === undefined) return [];
    const { account, region } = resource.stack.place;
    const keyArn = key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
    environment.withArn(keyArn, 'AWS::KMS::Key'); // a key of another app has a policy that nobody here can judge
    const encryption = use.encryptionContext(resource, arn, call.resource);
    const context: Context = {
      'aws:RequestedRegion': region,
      'aws:ViaAWSService': 'true',
      'kms:CallerAccount': account,
      'kms:ViaService': `${call.action.split(':')[0]}.${region}.amazonaws.com`,
      'kms:EncryptionContextKeys': Object.keys(encryption),
      ...Object.fromEntries(Object.entries(encryption).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    };
    return use.keyActions.map((action) => ({ action, resource: keyArn, context, because: `for ${call.action}: ${use.source}` }));
  });
}
