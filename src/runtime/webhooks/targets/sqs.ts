import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Target } from './target';

/** A URL of a FIFO queue ends so (Amazon SQS API Reference, "CreateQueue", QueueName). */
const FIFO = '.fifo';

/** A queue. One that is FIFO drops the same `dedupeId` for five minutes; events are groups of their own, for senders keep no order. */
export function sqsTarget(client: Pick<SQSClient, 'send'>, queueUrl: string): Target {
  return {
    async publish(event) {
      await client.send(new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(event),
        MessageAttributes: { dedupeId: { DataType: 'String', StringValue: event.dedupeId } },
        ...queueUrl.endsWith(FIFO) && { MessageDeduplicationId: event.dedupeId, MessageGroupId: event.dedupeId },
      }));
    },
  };
}

/** The URL of the queue that an ARN names (Amazon SQS Developer Guide, "Queue and message identifiers"). */
export function queueUrlOf(arn: string): string {
  const [, partition, , region, account, name] = arn.split(':');
  return `https://sqs.${region}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}/${account}/${name}`;
}
