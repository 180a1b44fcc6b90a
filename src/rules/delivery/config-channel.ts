import { accountOf, arnOf, plain, regionOf } from './arns';
import { destination, outcomeOf, untold } from './edges';
import { mayRoleCall, mayRoleUseKey } from './identity';
import { equals } from './match';
import { mayServiceCall, mayServiceUseKey, Producer } from './services';
import { Graph, Resource } from '../graph';
import { keyKind } from '../keys';
import { cannotTell, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved, Value } from '../values';

const BUCKET = 'S3BucketName';
const KEY = 'S3KmsKeyArn';
const TOPIC = 'SnsTopicARN';

/** AWS Config Developer Guide, "Permissions for the KMS key for the AWS Config delivery channel". */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** What the policies that the guide shows ask for; AWS Config sends it with each file. */
const OWNED = { 's3:x-amz-acl': 'bucket-owner-full-control' };

/** Checks `DELIVERY-CONFIG-CHANNEL`. */
export const deliveryConfigChannel: Rule = {
  control: 'DELIVERY-CONFIG-CHANNEL',
  check: (channel, graph) => [...toBucket(channel, graph), ...toTopic(channel, graph)],
};

function toBucket(channel: Resource, graph: Graph): Outcome[] {
  const name = channel.properties[BUCKET];
  const bucket = graph.find(name, 'AWS::S3::Bucket', channel.template);
  if (!bucket || equals(`arn:aws:s3:::${plain(name, channel.template, graph)}`, arnOf(bucket, graph)) !== 'yes') return [untold(name, BUCKET)];
  const { S3KeyPrefix: prefix } = channel.properties;
  const before = prefix === undefined || prefix === '' ? '' : `${plain(prefix, channel.template, graph)}/`;
  const file = `${arnOf(bucket, graph)}/${before}AWSLogs/${accountOf(channel, graph)}/Config/${regionOf(channel, graph)}/2000/1/1/ConfigHistory/1.json.gz`;
  const key = keyOfFiles(channel, bucket);
  const by = service(channel, graph);
  return [
    ...withoutLock(bucket),
    ...eitherWay(bucket, channel, graph, [
      outcomeOf(mayServiceCall(by, ['s3:GetBucketAcl'], bucket, graph), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayServiceCall(by, ['s3:PutObject'], bucket, graph, file), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayServiceUseKey(by, KEY_ACTIONS, bucket, graph, key), 'KeyDenies', bucket, KEY),
    ], (role) => [
      outcomeOf(mayRoleCall(role, ['s3:GetBucketAcl'], bucket, graph), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayRoleCall(role, ['s3:PutObject'], bucket, graph, file, OWNED), 'PolicyDenies', bucket, BUCKET),
      outcomeOf(mayRoleUseKey(role, KEY_ACTIONS, key, bucket, graph), 'KeyDenies', bucket, KEY),
    ]),
  ];
}

/** CloudFormation Template Reference, "AWS::Config::DeliveryChannel": AWS Config does not support a bucket with object lock. */
function withoutLock({ logicalId, properties }: Resource): Outcome[] {
  const locked = truth(properties.ObjectLockEnabled);
  if (locked instanceof Unresolved) return [cannotTell(`Untold::${logicalId}`, `the object lock of ${logicalId} is ${describe(locked)}`, BUCKET)];
  return locked ? [violation(`TargetUnfit::ObjectLock::${logicalId}`, `${logicalId} has object lock, to which AWS Config does not deliver`, BUCKET)] : [];
}

/** AWS Config Developer Guide, "Permissions for the Amazon SNS topic": encrypted topics are not supported. */
function toTopic(channel: Resource, graph: Graph): Outcome[] {
  const arn = channel.properties[TOPIC];
  if (arn === undefined) return [];
  const topic = destination(arn, channel.template, graph);
  if (topic?.type !== 'AWS::SNS::Topic') return [untold(arn, TOPIC)];
  const encrypted = keyKind(topic.properties.KmsMasterKeyId, graph) !== 'none';
  return [
    ...encrypted ? [violation(`TargetUnfit::Encryption::${topic.logicalId}`, `${topic.logicalId} is encrypted, and AWS Config notifies no such topic`, TOPIC)] : [],
    ...eitherWay(topic, channel, graph,
      [outcomeOf(mayServiceCall(service(channel, graph), ['sns:Publish'], topic, graph), 'PolicyDenies', topic, TOPIC)],
      (role) => [outcomeOf(mayRoleCall(role, ['sns:Publish'], topic, graph), 'PolicyDenies', topic, TOPIC)]),
  ];
}

/** The source that AWS Config names has a star in it (AWS Config Developer Guide, "Permissions for the Amazon S3 bucket for the AWS Config delivery channel"). */
function service(channel: Resource, graph: Graph): Producer {
  const account = accountOf(channel, graph);
  return { service: 'config.amazonaws.com', arn: `arn:aws:config:${regionOf(channel, graph)}:${account}:*`, account };
}

/** The key of the channel, else the one by which the bucket encrypts what it is given. */
function keyOfFiles(channel: Resource, bucket: Resource): Value {
  const fallback = at(bucket.properties, 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault');
  const ofBucket = at(fallback, 'KMSMasterKeyID') ?? (/^aws:kms/.test(describe(at(fallback, 'SSEAlgorithm'))) ? 'alias/aws/s3' : undefined);
  return channel.properties[KEY] ?? ofBucket;
}

/**
 * What the recorder's role may not do AWS Config does in its own name, as it always does where the role is the service-linked one, which may do none of this
 * (AWS Config Developer Guide, "Permissions for the KMS key for the AWS Config delivery channel").
 */
function eitherWay(target: Resource, channel: Resource, graph: Graph, inOwnName: Outcome[], byRole: (role: Resource) => Outcome[]): Outcome[] {
  if (inOwnName.every(isCompliant)) return inOwnName;
  const recorder = graph.ofType('AWS::Config::ConfigurationRecorder')
    .find((each) => accountOf(each, graph) === accountOf(channel, graph) && regionOf(each, graph) === regionOf(channel, graph));
  const arn = recorder && plain(recorder.properties.RoleARN, recorder.template, graph);
  if (arn?.includes(':role/aws-service-role/config.amazonaws.com/')) return inOwnName;
  const role = recorder && graph.find(recorder.properties.RoleARN, 'AWS::IAM::Role', recorder.template);
  if (!role) return [cannotTell(`Untold::${target.logicalId}`, `the template does not tell whether AWS Config, or the role of its recorder, may deliver to ${target.logicalId}`)];
  const outcomes = byRole(role);
  return outcomes.every(isCompliant) || inOwnName.some(({ kind }) => kind === 'violation') ? outcomes : inOwnName;
}

function isCompliant({ kind }: Outcome): boolean {
  return kind === 'compliant';
}
