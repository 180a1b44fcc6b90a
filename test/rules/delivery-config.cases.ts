import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const PARAMETER = { Ref: 'Parameter' };
const attribute = (id: string, name: string): Json => ({ 'Fn::GetAtt': [id, name] });
const LINKED = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig' };
const FILES = { 'Fn::Sub': '${Bucket.Arn}/AWSLogs/${AWS::AccountId}/Config/*' };
const SERVICE = { Service: 'config.amazonaws.com' };
const OWN = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
const OWNED = { 's3:x-amz-acl': 'bucket-owner-full-control' };

const allow = (Action: string | string[], Resource: unknown, condition: Json = OWN): Json =>
  ({ Effect: 'Allow', Principal: SERVICE, Action, Resource, Condition: { StringEquals: condition } });
const CHECK = allow(['s3:GetBucketAcl', 's3:ListBucket'], attribute('Bucket', 'Arn'));
const PUT = allow('s3:PutObject', FILES, { ...OWN, ...OWNED });
const USE = allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*');

const policy = (...Statement: Json[]): Json =>
  ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement } } });
const key = (...Statement: Json[]): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } });
const bucket = (Properties: Json = {}): Json => ({ Type: 'AWS::S3::Bucket', Properties });
const encrypted = (ServerSideEncryptionByDefault: Json): Json =>
  bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault }] } });
const recorder = (RoleARN: unknown): Json => ({ Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN } });

const CHANNEL = { S3BucketName: { Ref: 'Bucket' }, S3KmsKeyArn: attribute('Key', 'Arn') };

/** A channel with properties of its own, and resources beside it; what is undefined is left out. */
const channel = (properties: Json = {}, beside: Json = {}): Template => {
  const given = (all: Json): Json => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return {
    Parameters: { Parameter: { Type: 'String' } },
    Resources: structuredClone(given({
      Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: given({ ...CHANNEL, ...properties }) },
      Recorder: recorder(LINKED),
      Bucket: bucket(),
      BucketPolicy: policy(CHECK, PUT),
      Key: key(USE),
      ...beside,
    })),
  };
};
const noKey = { S3KmsKeyArn: undefined };

/** A recorder with a role of its own, and nothing for the service. */
const byRole = (...Statement: Json[]): Json => ({
  Recorder: recorder(attribute('Role', 'Arn')),
  Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'deliver', PolicyDocument: { Statement } }] } },
  BucketPolicy: undefined,
});
const may = (Action: string, Resource: unknown, condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(condition && { Condition: { StringLike: condition } }) });
const ROLE_MAY = [may('s3:GetBucketAcl', attribute('Bucket', 'Arn')), may('s3:PutObject', FILES, OWNED)];

const topic = (Properties: Json = {}, ...Statement: Json[]): Json => ({
  Topic: { Type: 'AWS::SNS::Topic', Properties },
  TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement } } },
});
const TOPIC = { SnsTopicARN: { Ref: 'Topic' } };
const PUBLISH = allow('sns:Publish', { Ref: 'Topic' });

const statements = (t: Template): Json[] => t.Resources.BucketPolicy.Properties.PolicyDocument.Statement;

/** Delivery of what AWS Config records. */
export const DELIVERY_CONFIG_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-CONFIG-CHANNEL',
    passing: {
      'the service, with a key': channel(),
      'for the source that AWS Config names': channel({}, {
        Key: key({ ...USE, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:config:${AWS::Region}:${AWS::AccountId}:*' } } } }),
      }),
      'a prefix': channel({ S3KeyPrefix: 'history' }, { BucketPolicy: policy(CHECK, { ...PUT, Resource: { 'Fn::Sub': '${Bucket.Arn}/history/AWSLogs/${AWS::AccountId}/Config/*' } }) }),
      'no key': channel(noKey, { Key: undefined }),
      'the key of the bucket': channel(noKey, { Bucket: encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: attribute('Key', 'Arn') }) }),
      'the role of the recorder': channel(noKey, byRole(...ROLE_MAY)),
      'the service, where the role may not': channel({}, { ...byRole(), BucketPolicy: policy(CHECK, PUT) }),
      'the service, for a recorder elsewhere': channel({}, { Recorder: undefined }),
      'a topic': channel(TOPIC, topic({}, PUBLISH)),
    },
    failing: [
      { finding: 'PolicyDenies::Bucket', template: channel({}, { BucketPolicy: policy(PUT) }) },
      { finding: 'PolicyDenies::Bucket', template: channel({}, { BucketPolicy: policy(CHECK) }) },
      { finding: 'PolicyDenies::Bucket', template: channel({ S3KeyPrefix: 'history' }) },
      { finding: 'PolicyDenies::Bucket', template: channel(noKey, byRole(ROLE_MAY[0])) },
      { finding: 'PolicyDenies::Topic', template: channel(TOPIC, topic({}, { ...PUBLISH, Principal: { Service: 'cloudwatch.amazonaws.com' } })) },
      { finding: 'KeyDenies::Bucket', template: channel({}, { Key: key({ ...USE, Action: 'kms:Decrypt' }) }) },
      { finding: 'KeyDenies::Bucket', template: channel(noKey, { Bucket: encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: attribute('Key', 'Arn') }), Key: key() }) },
      { finding: 'KeyDenies::Bucket', template: channel(noKey, { Bucket: encrypted({ SSEAlgorithm: 'aws:kms' }) }) },
      { finding: 'TargetUnfit::ObjectLock::Bucket', template: channel({}, { Bucket: bucket({ ObjectLockEnabled: true }) }) },
      { finding: 'TargetUnfit::Encryption::Topic', template: channel(TOPIC, topic({ KmsMasterKeyId: 'alias/aws/sns' }, PUBLISH)) },
      { finding: 'Untold::Bucket', template: channel({}, { Bucket: bucket({ ObjectLockEnabled: PARAMETER }) }) },
      { finding: 'Untold::Bucket', template: channel({}, { BucketPolicy: policy(CHECK, { ...PUT, Condition: PARAMETER }) }) },
      { finding: 'Untold::Bucket', template: channel({ S3KmsKeyArn: PARAMETER }) },
      { finding: 'Untold::Bucket', template: channel({}, { Recorder: undefined, BucketPolicy: undefined }) },
      { finding: 'Untold::Bucket', template: channel({}, { Recorder: recorder(PARAMETER), BucketPolicy: undefined }) },
      { finding: 'Untold::elsewhere', template: channel({ S3BucketName: 'elsewhere' }) },
      { finding: 'Untold::${Parameter}', template: channel({ SnsTopicARN: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'PolicyDenies::Bucket', mutate: (t) => delete t.Resources.BucketPolicy },
      { name: 'another service', finding: 'PolicyDenies::Bucket', mutate: (t) => { statements(t)[1].Principal.Service = 'cloudtrail.amazonaws.com'; } },
      { name: 'other files', finding: 'PolicyDenies::Bucket', mutate: (t) => { statements(t)[1].Resource = { 'Fn::Sub': '${Bucket.Arn}/elsewhere/*' }; } },
      { name: 'not the key', finding: 'KeyDenies::Bucket', mutate: (t) => { t.Resources.Key.Properties.KeyPolicy.Statement.pop(); } },
      { name: 'a lock', finding: 'TargetUnfit::ObjectLock::Bucket', mutate: (t) => { t.Resources.Bucket.Properties.ObjectLockEnabled = true; } },
    ],
  },
];
