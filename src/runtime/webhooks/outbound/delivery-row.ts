import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { MessageAttempt } from './message-attempt';

/**
 * Where a delivery is.
 *
 * - `queued`: a message of the queue asks for the attempt, or should; the sweeper asks again if that takes too long.
 * - `sending`: somebody makes the attempt; the sweeper counts it as made if nobody says how it went.
 * - `waiting`: the sweeper asks for the attempt when it is due.
 * - `delivered`, `dead`: nothing happens by itself any more.
 */
export type Phase = 'queued' | 'sending' | 'waiting' | 'delivered' | 'dead';

/** What the sweeper reads of a delivery. */
export interface DueDelivery extends MessageAttempt {
  readonly phase: Phase;
  /** The attempt before the first of this series: 0, or the last one before somebody sent it anew. */
  readonly seriesStart: number;
  /** How often in succession it was asked for in vain. */
  readonly releases: number;
  /** In milliseconds since the Unix epoch. */
  readonly dueAt: number;
}

type Row = Readonly<Record<string, AttributeValue | undefined>>;

/** A partition of an index takes 1000 writes a second (DynamoDB Developer Guide, "Designing partition keys"); this many share the load. */
export const DUE_SHARDS = 8;

/** The partition of the index by due time that a message is in. */
export function shardOf(message: string): string {
  return String(createHash('sha256').update(message).digest()[0] % DUE_SHARDS);
}

/** The key of a delivery. */
export function keyOf({ endpoint, message }: Pick<MessageAttempt, 'endpoint' | 'message'>): Record<string, AttributeValue> {
  return { endpoint: { S: endpoint }, message: { S: message } };
}

/** Reads a row of the index. */
export function dueDeliveryOf(row: Row): DueDelivery {
  return {
    endpoint: row.endpoint!.S!,
    message: row.message!.S!,
    phase: row.phase!.S as Phase,
    attempt: Number(row.attempt!.N),
    seriesStart: Number(row.seriesStart!.N),
    releases: Number(row.releases!.N),
    dueAt: Number(row.dueAt!.N),
  };
}
