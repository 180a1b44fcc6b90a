import { arnOf } from './arns';
import { Graph, Resource } from '../graph';
import { keyKind } from '../keys';
import { Statement, statementsOf } from '../policy-document';
import { describe, Pseudo, Reference, Value } from '../values';

/** The key behind a property such as `KmsMasterKeyId`, as far as the template tells. */
export type KeyInUse =
  | { readonly kind: 'none' }
  | { readonly kind: 'aws-managed' }
  | { readonly kind: 'untold' }
  | { readonly kind: 'key'; readonly key: Resource; readonly statements: readonly Statement[] };

/** Property that names the key of a topic, a queue or a log group. */
const KEY_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'KmsKeyId',
  'AWS::SNS::Topic': 'KmsMasterKeyId',
  'AWS::SQS::Queue': 'KmsMasterKeyId',
};

/** The value of the property that names a resource's key. */
export function keyProperty(resource: Resource): Value {
  return resource.properties[KEY_PROPERTIES[resource.type] ?? ''];
}

/** What services pass to KMS with each use of the key of a topic, queue or log group; keys of the context in lower case. */
export function encryptionContextOf(resource: Resource, graph: Graph): Readonly<Record<string, string>> {
  const name = { 'AWS::Logs::LogGroup': 'aws:logs:arn', 'AWS::SNS::Topic': 'aws:sns:topicarn', 'AWS::SQS::Queue': 'aws:sqs:arn' }[resource.type];
  return name ? { [`kms:encryptioncontext:${name}`]: arnOf(resource, graph) } : {};
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
