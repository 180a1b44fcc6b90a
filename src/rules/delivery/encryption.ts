import { accountOf, arnOf } from './arns';
import { Graph, Resource } from '../graph';
import { keyKind } from '../keys';
import { Statement, statementsOf } from '../policy-document';
import { at, describe, Pseudo, Reference, Value } from '../values';

/** The key behind a property such as `KmsMasterKeyId`, as far as the template tells. */
export type KeyInUse =
  | { readonly kind: 'none' }
  | { readonly kind: 'aws-managed' }
  | { readonly kind: 'untold' }
  | { readonly kind: 'key'; readonly key: Resource; readonly statements: readonly Statement[] };

/** How a service uses the key of a resource. */
interface KeyUse {
  /** Path of the property that names the key. */
  readonly property: string;
  /** The service as `kms:ViaService` writes it before the Region. */
  readonly service: string;
  /** What the service passes to KMS with each use, from the resource's ARN and account. */
  context(arn: string, account: string): Readonly<Record<string, string>>;
}

const TABLE_USE: KeyUse = {
  property: 'SSESpecification.KMSMasterKeyId',
  service: 'dynamodb',
  context: (arn, account) => ({ 'aws:dynamodb:tablename': arn.slice(arn.indexOf('/') + 1), 'aws:dynamodb:subscriberid': account }),
};

const KEY_USES: Readonly<Record<string, KeyUse>> = {
  'AWS::CloudTrail::Trail': { property: 'KMSKeyId', service: 'cloudtrail', context: (arn) => ({ 'aws:cloudtrail:arn': arn }) },
  'AWS::DynamoDB::GlobalTable': TABLE_USE,
  'AWS::DynamoDB::Table': TABLE_USE,
  'AWS::Lambda::Function': { property: 'KmsKeyArn', service: 'lambda', context: (arn) => ({ 'aws:lambda:functionarn': arn }) },
  'AWS::Logs::LogGroup': { property: 'KmsKeyId', service: 'logs', context: (arn) => ({ 'aws:logs:arn': arn }) },
  // With the bucket's ARN where the bucket has a bucket key, else with the file's: nothing that is told.
  'AWS::S3::Bucket': {
    property: 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID', service: 's3', context: () => ({}),
  },
  'AWS::SecretsManager::Secret': { property: 'KmsKeyId', service: 'secretsmanager', context: (arn) => ({ secretarn: arn }) },
  'AWS::SNS::Topic': { property: 'KmsMasterKeyId', service: 'sns', context: (arn) => ({ 'aws:sns:topicarn': arn }) },
  'AWS::SQS::Queue': { property: 'KmsMasterKeyId', service: 'sqs', context: (arn) => ({ 'aws:sqs:arn': arn }) },
};

/** The value of the property that names a resource's key. */
export function keyProperty(resource: Resource): Value {
  const use = KEY_USES[resource.type];
  return use && at(resource.properties, use.property);
}

/** The key that a sender uses of what it sends to: that of a topic or a queue. The key of a function's environment is none of its callers'. */
export function keyForSenders(target: Resource): Value {
  return target.type === 'AWS::SNS::Topic' || target.type === 'AWS::SQS::Queue' ? keyProperty(target) : undefined;
}

/** What services pass to KMS with each use of the key of a resource; keys of the context in lower case. */
export function encryptionContextOf(resource: Resource, graph: Graph): Readonly<Record<string, string>> {
  const pairs = Object.entries(KEY_USES[resource.type]?.context(arnOf(resource, graph), accountOf(resource, graph)) ?? {});
  return Object.fromEntries(pairs.map(([name, value]) => [`kms:encryptioncontext:${name}`, value]));
}

/** The service through which principals use the key of a resource, as `kms:ViaService` writes it before the Region. */
export function keyServiceOf(resource: Resource): string | undefined {
  return KEY_USES[resource.type]?.service;
}

/** Finds the key of a property, through an alias of the graph if need be. */
export function keyOf(value: Value, owner: Resource, graph: Graph): KeyInUse {
  switch (keyKind(value, graph)) {
    case 'none': return { kind: 'none' };
    case 'aws-managed': return { kind: 'aws-managed' };
    default: {
      const key = keyNamed(value, graph) ?? keyNamed(aliasNamed(value, owner, graph)?.properties.TargetKeyId, graph);
      return key ? { kind: 'key', key, statements: statementsOf(policyOf(key, graph), key, 'KeyPolicy') } : { kind: 'untold' };
    }
  }
}

function keyNamed(value: Value, graph: Graph): Resource | undefined {
  return graph.find(value, 'AWS::KMS::Key') ?? graph.find(value, 'AWS::KMS::ReplicaKey');
}

function aliasNamed(value: Value, owner: Resource, graph: Graph): Resource | undefined {
  if (value instanceof Reference) return value.resource.type === 'AWS::KMS::Alias' ? value.resource : undefined;
  const name = /(^|:)(alias\/.*)$/.exec(describe(value))?.[2];
  return graph.ofType('AWS::KMS::Alias').find((alias) => alias.template === owner.template && alias.properties.AliasName === name);
}

/** A key without a policy has the one of KMS: everything, to the account. */
function policyOf(key: Resource, graph: Graph): Value {
  const account = graph.sources.find((source) => source.name === key.template)?.account ?? new Pseudo('AWS::AccountId');
  return key.properties.KeyPolicy ?? { Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' } };
}
