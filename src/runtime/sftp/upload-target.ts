import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { UploadTargetArn } from './malware-settings';
import type { UploadEvent } from './upload-event';
import { queueUrlOf } from '../webhooks/targets/sqs';
import { NotPublished } from '../webhooks/targets/target';

/** What rules match released files by, beside the partner in the detail. */
export const EVENT_SOURCE = 'cdk-secure-integrations.sftp';
export const EVENT_DETAIL_TYPE = 'SFTP Upload Released';

/** Where released files are told of. */
export interface UploadTarget {
  /** Hands an event over for good; throws if it cannot tell that it did. May be given the same event again, under the same `id`. */
  publish(event: UploadEvent): Promise<void>;
}

/** What SQS refuses in a message and a key may have (Amazon SQS API Reference, "SendMessage", MessageBody). JSON escapes the other characters. */
const REFUSED = /[\ufffe\uffff]/g;

/** A queue. One that is FIFO drops the same `id` for five minutes; events are groups of their own, for uploads keep no order. */
export function queueTarget(client: Pick<SQSClient, 'send'>, queueUrl: string): UploadTarget {
  return {
    async publish(event) {
      await client.send(new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(event).replace(REFUSED, (character) => `\\u${character.charCodeAt(0).toString(16)}`),
        ...queueUrl.endsWith('.fifo') && { MessageDeduplicationId: event.id, MessageGroupId: event.id },
      }));
    },
  };
}

/** An event bus. It has no deduplication: rules hand on `id` in the detail. */
export function busTarget(client: Pick<EventBridgeClient, 'send'>, busArn: string): UploadTarget {
  return {
    async publish(event) {
      const { FailedEntryCount } = await client.send(new PutEventsCommand({
        Entries: [{ EventBusName: busArn, Source: EVENT_SOURCE, DetailType: EVENT_DETAIL_TYPE, Detail: JSON.stringify(event) }],
      }));
      // The call succeeds also if its only entry fails (API Reference, "PutEvents", FailedEntryCount).
      if (FailedEntryCount !== 0) throw new NotPublished('EventBridge did not take the event');
    },
  };
}

/** The target that an ARN names. */
export function uploadTargetOf({ service, arn }: UploadTargetArn): UploadTarget {
  // The endpoint is that of the Region: the host of a URL is no place to send requests to.
  return service === 'sqs' ? queueTarget(new SQSClient({ useQueueUrlAsEndpoint: false }), queueUrlOf(arn)) : busTarget(new EventBridgeClient({}), arn);
}
