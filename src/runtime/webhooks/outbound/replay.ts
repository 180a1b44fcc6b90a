import { QUEUED_MILLISECONDS } from './delivery-table';
import type { DueTable } from './due-table';
import { HEALTHY } from './endpoint-state';
import type { EndpointTable } from './endpoint-table';
import { ENDPOINT_ID } from './message-attempt';
import { MESSAGE_ID } from './sign';

/** What an operator asks for: the dead deliveries of an endpoint, page by page. */
export interface ReplayRequest {
  readonly endpoint: string;
  /** Enables the endpoint first, whose customer has said that it is back; without it a disabled endpoint gets nothing. */
  readonly enable?: boolean;
  /** Where the page before ended. */
  readonly after?: string;
}

export interface ReplayResult {
  readonly replayed: number;
  /** Where this page ended, if more may come: the next request's `after`. */
  readonly next?: string;
}

export interface ReplayPorts {
  readonly endpoints: Pick<EndpointTable, 'find' | 'save'>;
  readonly deliveries: Pick<DueTable, 'dead' | 'revive'>;
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

const PAGE = 100;

/**
 * Builds the function that sends dead deliveries anew, each with all attempts of the schedule, numbered on from where they were.
 *
 * May be repeated: what is in the queue is dead no more. An endpoint that is disabled is refused, since all would be dead again at once.
 */
export function replayer({ endpoints, deliveries, now, log }: ReplayPorts): (request: ReplayRequest) => Promise<ReplayResult> {
  return async (request) => {
    const { endpoint: id, enable, after } = parsed(request);
    const endpoint = await endpoints.find(id);
    if (!endpoint) throw new Error('there is no endpoint of that id');
    if (enable && !await endpoints.save(endpoint, HEALTHY)) throw new Error('the endpoint changed meanwhile; ask again');
    if (!enable && endpoint.state.disabledBecause) throw new Error('the endpoint is disabled; enable it with the same request');

    const { found, next } = await deliveries.dead(id, after, PAGE);
    const revived = await Promise.all(found.map((dead) => deliveries.revive(dead, {
      attempt: dead.attempt + 1, seriesStart: dead.attempt, releases: 0, dueAt: now() + QUEUED_MILLISECONDS,
    })));
    const replayed = revived.filter(Boolean).length;
    log({ outcome: 'replayed', endpoint: id, replayed, enabled: enable });
    return { replayed, ...next === undefined ? {} : { next } };
  };
}

function parsed(request: unknown): ReplayRequest {
  const { endpoint, enable = false, after, ...others } = Object(request) as Readonly<Record<string, unknown>>;
  const isValid = typeof endpoint === 'string' && ENDPOINT_ID.test(endpoint) && typeof enable === 'boolean'
    && (after === undefined || (typeof after === 'string' && MESSAGE_ID.test(after))) && Object.keys(others).length === 0;
  if (!isValid) throw new Error("a request must be { 'endpoint', 'enable'?, 'after'? }");
  return { endpoint, enable, ...after === undefined ? {} : { after } };
}
