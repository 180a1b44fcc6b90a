import type { Claims } from './claims';
import { dedupeIdOf, HELD_QUEUES } from './inbox-record';
import type { Queue } from './sweep';

/** What is to be dispatched after all: everything that is dead or quarantined, or records by id. */
export interface Redrive {
  readonly task: 'redrive';
  readonly state?: keyof typeof HELD_QUEUES;
  readonly ids?: readonly string[];
}

/** What a redrive is given. */
export interface RedrivePorts {
  readonly claims: Claims;
  readonly queue: Queue;
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, string | number>>) => void;
}

/** Whether a person asks for a redrive, by invoking the sweeper. */
export function isRedrive(event: unknown): event is Redrive {
  const { task, state, ids } = Object(event) as Readonly<Record<string, unknown>>;
  if (task !== 'redrive') return false;
  const isState = typeof state === 'string' && Object.hasOwn(HELD_QUEUES, state);
  const isIds = Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === 'string' && id !== '');
  return isState ? ids === undefined : isIds && state === undefined;
}

/**
 * Gives records back to the sweeper, and tells how many. Records in another state are left alone, so it may be repeated.
 *
 * Dead events keep their `dedupeId`, so a consumer that had one after all does not act on it again. What was quarantined has one of its own.
 */
export async function redrive({ state, ids }: Redrive, { claims, queue, now, log }: RedrivePorts): Promise<{ readonly redriven: number }> {
  let redriven = 0;
  for await (const id of state ? queue.due(HELD_QUEUES[state], Number.MAX_SAFE_INTEGER) : ids!) {
    if (!await claims.redrive(id, now())) continue;
    redriven++;
    log({ outcome: 'redriven', dedupeId: dedupeIdOf(id) });
  }
  return { redriven };
}
