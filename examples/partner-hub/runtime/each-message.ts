import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** Writes one entry to the log. */
export type Log = (entry: Readonly<Record<string, string | number>>) => void;

/** Takes each message of a batch alone: one that fails comes back, until its queue moves it to the dead-letter queue. */
export async function eachMessage(event: SQSEvent, log: Log, take: (body: string) => Promise<void>): Promise<SQSBatchResponse> {
  const failures: string[] = [];
  for (const record of event.Records) {
    try {
      await take(record.body);
    } catch (error) {
      failures.push(record.messageId);
      log({ outcome: 'failed', messageId: record.messageId, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
}
