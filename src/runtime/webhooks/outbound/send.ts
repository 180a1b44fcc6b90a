import { AttemptPorts, attemptOnce } from './attempt';
import { tryJob } from './message-attempt';
import { nameOf } from '../../shared/error-name';

/** What SQS hands over, as far as it matters here. */
export interface SqsEvent { readonly Records: ReadonlyArray<{ readonly messageId: string; readonly body: string }> }

/** Messages that SQS shall deliver again, until it moves them to its dead-letter queue (AWS Lambda Developer Guide, "Implementing partial batch responses"). */
export interface BatchResponse { readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }> }

export interface SendPorts extends AttemptPorts {
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/**
 * Builds the handler of the queue. The attempts of a batch are made at the same time, so that an endpoint which does not answer holds up
 * none of another.
 *
 * A message that cannot be dealt with comes again; the others of its batch do not. A message that comes twice is sent once.
 */
export function sender(ports: SendPorts): (event: SqsEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failed = await Promise.all(Records.map(async ({ messageId, body }) => await isDone(body, ports) ? [] : [{ itemIdentifier: messageId }]));
    return { batchItemFailures: failed.flat() };
  };
}

async function isDone(text: string, ports: SendPorts): Promise<boolean> {
  const job = tryJob(text);
  if (!job) {
    ports.log({ outcome: 'fault', reason: 'malformed-job' });
    return false;
  }
  const { endpoint, message, attempt } = job;
  try {
    ports.log({ ...await attemptOnce(job, ports), endpoint, message, attempt });
    return true;
  } catch (error) {
    ports.log({ outcome: 'fault', reason: nameOf(error), endpoint, message, attempt }); // a message of an error may quote what a service was sent
    return false;
  }
}
