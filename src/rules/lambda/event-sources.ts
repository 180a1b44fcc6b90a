import { Resource } from '../graph';
import { describe, isUnknown, target, Value } from '../values';

/** What an event source mapping polls. */
export type EventSource = 'queue' | 'stream' | 'other' | 'unknown';

const BY_TYPE: Readonly<Record<string, EventSource>> = {
  'AWS::SQS::Queue': 'queue',
  'AWS::DynamoDB::GlobalTable': 'stream',
  'AWS::DynamoDB::Table': 'stream',
  'AWS::Kinesis::Stream': 'stream',
  'AWS::Kinesis::StreamConsumer': 'stream',
};

const BY_SERVICE: Readonly<Record<string, EventSource>> = { sqs: 'queue', dynamodb: 'stream', kinesis: 'stream' };

/** Tells what a mapping polls. A mapping without an ARN polls a Kafka of one's own. */
export function eventSourceOf(mapping: Resource): EventSource {
  const arn: Value = mapping.properties.EventSourceArn;
  if (arn === undefined) return 'other';
  const service = /^arn:(?:[\w-]+|\$\{AWS::Partition\}):([a-z0-9-]+):/.exec(describe(arn))?.[1];
  if (service) return BY_SERVICE[service] ?? 'other';
  const resource = target(arn);
  return resource ? BY_TYPE[resource.type] ?? 'other' : isUnknown(arn) ? 'unknown' : 'other';
}
