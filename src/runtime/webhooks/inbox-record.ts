import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Integrity } from './verdict';

/**
 * The inbox: a table with the key `id`, the sparse index `queue` (`queue`, `dueAt`), `expires` as its time to live and a stream of keys.
 *
 * A record begins as RECEIVED, or QUARANTINED if its identifier is taken by another body. Dispatch makes it DISPATCHED, or DEAD after too many
 * attempts; a redrive makes it RECEIVED again. No record that is RECEIVED expires, however long the target is away.
 */
export type State = 'RECEIVED' | 'DISPATCHED' | 'DEAD' | 'QUARANTINED';

/** An item as DynamoDB has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** What is stored of a genuine delivery. */
export interface InboxRecord {
  readonly id: string;
  /** Which receiver it came to. */
  readonly endpoint: string;
  /** Milliseconds since the Unix epoch. */
  readonly receivedAt: number;
  readonly integrity: Integrity;
  readonly signedAtSeconds?: number;
  readonly bodySha256: string;
  /** The body, or the key of the object that has it. */
  readonly payload: { readonly body: Uint8Array } | { readonly bodyAt: string };
  readonly headers: Readonly<Record<string, string>>;
}

/** The index of records that somebody has to do something about. */
export const QUEUE_INDEX = 'queue';

/** Partitions of the index for records that are to be dispatched: one takes no more than 1000 writes a second (Developer Guide, "Best practices"). */
export const PENDING_QUEUES = ['pending-0', 'pending-1', 'pending-2', 'pending-3'] as const;

/** Partitions for those that a person has to look at. */
export const HELD_QUEUES = { DEAD: 'dead', QUARANTINED: 'quarantined' } as const;

/** How long the stream has before the sweeper takes a record. */
export const STREAM_MILLISECONDS = 120_000;

/** The id of the record of a delivery; an endpoint's name has no `#`. */
export function idOf(endpoint: string, dedupeKey: string): string {
  return `${endpoint}#${dedupeKey}`;
}

/** The id of a record whose dedupe key another body has. A dedupe key begins with `id:` or `sha256:`, so no delivery has such an id itself. */
export function collisionIdOf(endpoint: string, dedupeKey: string, bodySha256: string): string {
  return `${endpoint}#collision#${bodySha256}#${dedupeKey}`;
}

/** What targets and consumers tell events apart by: the same at each attempt, and fit for the names of all of them. */
export function dedupeIdOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** The partition of the index where a record waits to be dispatched. */
export function pendingQueueOf(id: string): string {
  return PENDING_QUEUES[parseInt(dedupeIdOf(id).slice(0, 8), 16) % PENDING_QUEUES.length];
}

/**
 * The item of a new record.
 *
 * `keepUntil` becomes `expires` once nothing is left to do; `isTombstone` says that the payload is to go then.
 */
export function itemOf(record: InboxRecord, state: 'RECEIVED' | 'QUARANTINED', keepUntilSeconds: number, isTombstone: boolean): Item {
  const { payload, signedAtSeconds } = record;
  return {
    id: { S: record.id },
    state: { S: state },
    endpoint: { S: record.endpoint },
    receivedAt: number(record.receivedAt),
    integrity: { S: record.integrity },
    ...signedAtSeconds === undefined ? {} : { signedAt: number(signedAtSeconds) },
    bodySha256: { S: record.bodySha256 },
    ...'body' in payload ? { body: { B: payload.body } } : { bodyAt: { S: payload.bodyAt } },
    headers: { S: JSON.stringify(record.headers) },
    attempts: number(0),
    queue: { S: state === 'RECEIVED' ? pendingQueueOf(record.id) : HELD_QUEUES.QUARANTINED },
    dueAt: number(record.receivedAt + STREAM_MILLISECONDS),
    keepUntil: number(keepUntilSeconds),
    ...isTombstone ? { isTombstone: { BOOL: true } } : {},
    ...state === 'QUARANTINED' ? { expires: number(keepUntilSeconds) } : {},
  };
}

/** The record in an item; throws for one that this library did not write, and quotes none of it. */
export function recordOf(item: Item): InboxRecord {
  const { id, endpoint, receivedAt, integrity, bodySha256, body, bodyAt, headers, signedAt } = item;
  const payload = body?.B ? { body: body.B } : { bodyAt: text(bodyAt) };
  return {
    id: text(id),
    endpoint: text(endpoint),
    receivedAt: Number(receivedAt?.N),
    integrity: text(integrity) as Integrity,
    ...signedAt?.N === undefined ? {} : { signedAtSeconds: Number(signedAt.N) },
    bodySha256: text(bodySha256),
    payload,
    headers: JSON.parse(text(headers)) as Readonly<Record<string, string>>,
  };
}

/** A number as DynamoDB writes it. */
export function number(value: number): { readonly N: string } {
  return { N: String(value) };
}

function text(value: AttributeValue | undefined): string {
  if (typeof value?.S !== 'string') throw new Error('the item is no record of an inbox');
  return value.S;
}
