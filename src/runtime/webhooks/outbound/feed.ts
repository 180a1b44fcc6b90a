import { AskedAttempt, AttemptQueue, MAX_BATCH } from './attempt-queue';
import { tryJob } from './message-attempt';
import type { BatchResponse } from './send';
import { nameOf } from '../../shared/error-name';

/** A change of a delivery, as the stream of the table has it, as far as it matters here. */
export interface ChangeRecord {
  readonly eventName?: string;
  readonly dynamodb?: {
    readonly SequenceNumber?: string;
    readonly NewImage?: Readonly<Record<string, { readonly S?: string; readonly N?: string } | undefined>>;
  };
}

/** What the stream hands over. */
export interface ChangeEvent { readonly Records: readonly ChangeRecord[] }

export interface FeedPorts {
  readonly queue: Pick<AttemptQueue, 'put'>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** An attempt to ask for, and where in the stream somebody asked for it. */
interface Asked { readonly attempt: AskedAttempt; readonly sequenceNumber: string }

/**
 * Builds the handler of the stream: what was put back, by the sweeper or by somebody who sends anew, becomes a message of the queue.
 *
 * Goes through the records in order and stops at the first that the queue does not take for now; Lambda gives it and those after it again (AWS
 * Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda"). What so comes twice is sent once, by the claim of the
 * attempt. A record that can never be put into the queue is logged and left behind; and what is lost, because records were given up or the
 * function died, the sweeper asks for again.
 */
export function feeder({ queue, log }: FeedPorts): (event: ChangeEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const asked = Records.flatMap(askedIn);
    for (let from = 0; from < asked.length; from += MAX_BATCH) {
      const stoppedAt = await put(asked.slice(from, from + MAX_BATCH));
      if (stoppedAt !== undefined) return { batchItemFailures: [{ itemIdentifier: stoppedAt }] };
    }
    return { batchItemFailures: [] };
  };

  /** What is to be put into the queue of a record: nothing, or one attempt. */
  function askedIn({ eventName, dynamodb: { NewImage: row, SequenceNumber = '' } = {} }: ChangeRecord): readonly Asked[] {
    if (eventName !== 'MODIFY' || (row && row.phase?.S !== 'queued')) return [];
    const { endpoint, message, attempt, tenant } = row ?? {};
    const job = tryJob(JSON.stringify({ endpoint: endpoint?.S, message: message?.S, attempt: attempt?.N }));
    if (job && tenant?.S) return [{ attempt: { ...job, tenant: tenant.S }, sequenceNumber: SequenceNumber }];
    log({ outcome: 'fault', reason: 'malformed-record' }); // or a stream without new images
    return [];
  }

  /** Puts a batch into the queue; gives where in the stream the first is that has to come again. */
  async function put(batch: readonly Asked[]): Promise<string | undefined> {
    try {
      const refused = await queue.put(batch.map(({ attempt }) => attempt));
      for (const { index, code } of refused) log({ outcome: 'fault', reason: code, ...named(batch[index].attempt) });
      const again = refused.filter((refusal) => refusal.again).map(({ index }) => index);
      return again.length === 0 ? undefined : batch[Math.min(...again)].sequenceNumber;
    } catch (error) {
      log({ outcome: 'fault', reason: nameOf(error) }); // a message of an error may quote what a service was sent
      return batch[0].sequenceNumber;
    }
  }
}

function named({ endpoint, message, attempt }: AskedAttempt) {
  return { endpoint, message, attempt };
}
