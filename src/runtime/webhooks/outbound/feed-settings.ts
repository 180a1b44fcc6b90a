import { Environment, matching } from '../../shared/environment';

/** What the function of the stream is configured with. */
export interface FeedSettings { readonly queueUrl: string }

/** A standard queue: the name of one that is FIFO ends with `.fifo` (Amazon SQS API Reference, "CreateQueue", QueueName). */
const QUEUE_URL = /^https:\/\/[a-z0-9.-]+\/\d{12}\/[\w-]{1,80}$/;

/** Reads `QUEUE_URL`; throws, saying what is wrong, so that the function does not start. */
export function parseFeedSettings(environment: Environment): FeedSettings {
  return { queueUrl: matching(environment, 'QUEUE_URL', QUEUE_URL, 'the URL of a standard queue') };
}
