import { Resource } from '../graph';
import { wildcardMatches } from '../policy-document';
import { describe, Pseudo, Reference, Text, Value } from '../values';

/** Two object keys that no pattern matches unless it matches every key. */
const ANY_KEYS = ['\u0001', '\u0001\u0002'];

/** Which of `bucket` and `objects` an entry of a policy's `Resource` reaches in full. */
export function bucketReach(entry: Value, bucket: Resource): readonly string[] {
  const name = bucket.properties.BucketName === undefined ? '\u0003' : describe(bucket.properties.BucketName);
  const pattern = (entry instanceof Text ? entry.parts : [entry]).map((part) => {
    if (part instanceof Reference && part.resource === bucket) return part.attribute === 'Arn' ? `arn:aws:s3:::${name}` : name;
    return part instanceof Pseudo && part.name === 'AWS::Partition' ? 'aws' : describe(part);
  }).join('').replace(/^arn:[a-z-]+:s3:/, 'arn:aws:s3:');
  const arn = `arn:aws:s3:::${name}`;
  return [
    ...(wildcardMatches(pattern, arn) ? ['bucket'] : []),
    ...(ANY_KEYS.every((key) => wildcardMatches(pattern, `${arn}/${key}`)) ? ['objects'] : []),
  ];
}
