import { Graph } from './graph';
import { describe, isUnknown, Reference, Value } from './values';

/** What a property that names a KMS key tells about the key. */
export type KeyKind = 'customer' | 'alias' | 'aws-managed' | 'none' | 'unknown';

/** Classifies the value of a key property such as `KmsMasterKeyId`. */
export function keyKind(value: Value, graph: Graph): KeyKind {
  if (value === undefined || value === null || value === '') return 'none';
  if (value instanceof Reference) {
    if (value.resource.type === 'AWS::KMS::Alias') return 'alias';
    return graph.find(value, 'AWS::KMS::Key') || value.resource.type === 'AWS::KMS::ReplicaKey' ? 'customer' : 'unknown';
  }
  if (graph.find(value, 'AWS::KMS::Key')) return 'customer';
  const text = describe(value);
  if (/(^|:)alias\/aws\//.test(text)) return 'aws-managed';
  if (/(^|:)alias\//.test(text)) return isUnknown(value) ? 'unknown' : 'alias';
  if (isUnknown(value)) return 'unknown';
  return /:key\//.test(text) || /^(mrk-)?[0-9a-f-]{32,36}$/.test(text) ? 'customer' : 'unknown';
}
