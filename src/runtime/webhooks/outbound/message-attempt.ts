import { MESSAGE_ID } from './sign';
import { membersIn } from '../../shared/json-text';

/** Names one attempt to send one message to one endpoint; no attempt is made twice. */
export interface MessageAttempt {
  readonly endpoint: string;
  readonly message: string;
  /** Counted from 1; never lower than it was, nor the same again once it was made. */
  readonly attempt: number;
}

/** A message of the queue: an attempt, and for a message that was never seen before what is to be sent. */
export interface Job extends MessageAttempt {
  readonly body?: string;
}

/** Ids of endpoints are chosen by the application, and are keys of a table. */
export const ENDPOINT_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** A tenant is a group of the queue: "alphanumeric characters and punctuation", up to 128 (Amazon SQS API Reference, "SendMessage", MessageGroupId). */
export const TENANT = /^[\x21-\x7e]{1,128}$/;

/** Far beyond any number of attempts, and exact. */
const ATTEMPT = /^[1-9]\d{0,8}$/;

/** A row of DynamoDB has 400 KB with all that is in it ("Quotas"); Standard Webhooks recommends less than 20 KB ("Payload size"). */
export const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a message of the queue; undefined for what is none.
 *
 * An application writes `{ "endpoint", "message", "body" }`, with the body as text. What is sent again is `{ "endpoint", "message", "attempt" }`,
 * the attempt in digits, as text, which is how DynamoDB's streams write numbers.
 */
export function tryJob(text: string): Job | undefined {
  const { endpoint, message, attempt, body, ...others } = membersIn(text);
  if (Object.keys(others).length > 0 || !isText(endpoint, ENDPOINT_ID) || !isText(message, MESSAGE_ID)) return undefined;
  if (body === undefined) return isText(attempt, ATTEMPT) ? { endpoint, message, attempt: Number(attempt) } : undefined;
  if (attempt !== undefined || typeof body !== 'string' || Buffer.byteLength(body) > MAX_BODY_BYTES) return undefined;
  return { endpoint, message, attempt: 1, body };
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
