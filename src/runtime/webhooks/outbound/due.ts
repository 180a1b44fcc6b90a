import { DUE_SHARDS, DueDelivery } from './delivery-row';
import { QUEUED_MILLISECONDS } from './delivery-table';
import type { DueTable } from './due-table';
import { DELAYS_SECONDS } from './schedule';

export interface DuePorts {
  readonly deliveries: Pick<DueTable, 'due' | 'release' | 'bury'>;
  /** How long dead deliveries are kept. */
  readonly retentionMilliseconds: number;
  /** In milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** What a run takes from each shard at most; what is left is due in the next. */
const MAX_FOR_SHARD = 500;

/** Writes at the same time. */
const AT_ONCE = 25;

/** A queue that is longer than a message may wait is not made twice as long each quarter of an hour, but more and more slowly. */
const MAX_DOUBLINGS = 6;

/**
 * Builds the sweeper, which runs every minute: puts into the queue again what is due, what was lost on its way, and what was begun and not ended.
 *
 * May run twice at once, and may crash: each release is a conditional write on what was read. One that fails does not hold up the others; the
 * run then fails as a whole, so that somebody hears of it.
 */
export function sweeper({ deliveries, retentionMilliseconds, now, log }: DuePorts): () => Promise<void> {
  return async () => {
    const start = now();
    const shards = await Promise.all(Array.from({ length: DUE_SHARDS }, (_, shard) => deliveries.due(String(shard), start, MAX_FOR_SHARD)));
    const due = shards.flat();
    const results: Array<PromiseSettledResult<string>> = [];
    for (let from = 0; from < due.length; from += AT_ONCE) results.push(...await Promise.allSettled(due.slice(from, from + AT_ONCE).map(handle)));
    const count = (what: string) => results.filter((result) => result.status === 'fulfilled' && result.value === what).length;
    const failed = results.filter((result) => result.status === 'rejected');
    const oldest = due.reduce((least, { dueAt }) => Math.min(least, dueAt), start);
    log({ outcome: 'swept', released: count('released'), dead: count('dead'), failed: failed.length, overdueSeconds: Math.floor((start - oldest) / 1000) });
    if (failed.length > 0) throw new Error('not every delivery that is due could be put back', { cause: failed[0].reason });
  };

  async function handle(seen: DueDelivery): Promise<string> {
    const wasBegun = seen.phase === 'sending';
    const attempt = seen.attempt + (wasBegun ? 1 : 0);
    if (wasBegun && seen.attempt - seen.seriesStart >= DELAYS_SECONDS.length) {
      return await deliveries.bury(seen, Math.ceil((now() + retentionMilliseconds) / 1000)) ? 'dead' : 'changed';
    }
    const releases = seen.phase === 'queued' ? seen.releases + 1 : 0;
    const dueAt = now() + QUEUED_MILLISECONDS * 2 ** Math.min(releases, MAX_DOUBLINGS);
    return await deliveries.release(seen, { attempt, releases, dueAt, seriesStart: seen.seriesStart }) ? 'released' : 'changed';
  }
}
