import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MessageAttempt, TENANT } from './message-attempt';

/** An attempt that shall be made, and whose it is. */
export interface AskedAttempt extends MessageAttempt { readonly tenant: string }

/** An attempt that the queue did not take: `again` if it may take it later. */
export interface Refusal { readonly index: number; readonly code: string; readonly again: boolean }

/** Messages of a batch (Amazon SQS API Reference, "SendMessageBatch"). */
export const MAX_BATCH = 10;

/** The queue of the sender: standard and fair, a tenant that has much in it delays the others little (Amazon SQS Developer Guide, "Amazon SQS fair queues"). */
export class AttemptQueue {
  constructor(private readonly client: Pick<SQSClient, 'send'>, private readonly queueUrl: string) {}

  /** Puts up to ten attempts into the queue, and says which of them it did not take. Throws if it cannot tell. */
  public async put(attempts: readonly AskedAttempt[]): Promise<readonly Refusal[]> {
    const { Failed = [] } = await this.client.send(new SendMessageBatchCommand({
      QueueUrl: this.queueUrl,
      Entries: attempts.map(({ endpoint, message, attempt, tenant }, index) => ({
        Id: String(index), MessageBody: JSON.stringify({ endpoint, message, attempt: String(attempt) }), MessageGroupId: groupOf(tenant),
      })),
    }));
    return Failed.map(({ Id, Code = 'unknown', SenderFault = false }) => ({ index: Number(Id), code: Code, again: !SenderFault }));
  }
}

/** A tenant that is called otherwise than a group may be is a group all the same: it would hold up the others of its batch. */
function groupOf(tenant: string): string {
  return TENANT.test(tenant) ? tenant : createHash('sha256').update(tenant).digest('hex');
}
