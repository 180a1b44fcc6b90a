import type { Outcome } from './guarded-connector';
import { isDelivered, isGone, tryPauseSeconds } from './schedule';

/** How an endpoint has been doing. Times are in milliseconds since the Unix epoch. */
export interface EndpointState {
  /** Why nothing is sent to it until somebody enables it again. */
  readonly disabledBecause?: 'gone' | 'failing' | 'requested';
  /** Failures since it last took a webhook. */
  readonly failures: number;
  /** When the first of these was. */
  readonly failingSince?: number;
  /** Until when its circuit is open, and nothing is sent. */
  readonly openUntil?: number;
}

/** An endpoint of which nothing bad is known. */
export const HEALTHY: EndpointState = { failures: 0 };

/** Failures after which the circuit opens. */
export const FAILURES_TO_OPEN = 10;

/** How long it is open, twice as long after each failure more, up to an hour. */
const OPEN_MILLISECONDS = 60_000;
export const MAX_OPEN_MILLISECONDS = 3_600_000;

/** While one webhook probes whether an endpoint is back, the others wait this long; longer than any attempt takes. */
export const PROBE_MILLISECONDS = 120_000;

/** An endpoint that takes nothing for five days is given up; its customer has a week-end to notice. */
export const DISABLE_AFTER_MILLISECONDS = 120 * 3_600_000;

/** Whether a webhook may be sent: at once, at once as the one that probes, later, or not at all. */
export type Admission =
  | { readonly type: 'send' | 'disabled' }
  | { readonly type: 'probe'; readonly state: EndpointState }
  | { readonly type: 'wait'; readonly until: number };

/** A probe is one only for whoever stores its state: else many would probe at once. */
export function admission(state: EndpointState, now: number): Admission {
  if (state.disabledBecause) return { type: 'disabled' };
  if (state.openUntil === undefined) return { type: 'send' };
  if (now < state.openUntil) return { type: 'wait', until: state.openUntil };
  return { type: 'probe', state: { ...state, openUntil: now + PROBE_MILLISECONDS } };
}

/** The state after an attempt; the same object if nothing changed. */
export function afterOutcome(state: EndpointState, outcome: Outcome, now: number): EndpointState {
  if (state.disabledBecause) return state;
  if (isDelivered(outcome)) return state.failures === 0 && state.openUntil === undefined ? state : HEALTHY;
  const failures = state.failures + 1;
  const failingSince = state.failingSince ?? now;
  if (isGone(outcome)) return { disabledBecause: 'gone', failures, failingSince };
  // A single failure of last week and one of today are not a week of failing.
  if (failures >= FAILURES_TO_OPEN && now - failingSince >= DISABLE_AFTER_MILLISECONDS) return { disabledBecause: 'failing', failures, failingSince };
  const openUntil = latest(state.openUntil, openedUntil(failures, outcome, now));
  return { failures, failingSince, ...openUntil === undefined || openUntil <= now ? {} : { openUntil } };
}

function openedUntil(failures: number, outcome: Outcome, now: number): number | undefined {
  const pause = (tryPauseSeconds(outcome, now) ?? 0) * 1000;
  const open = failures < FAILURES_TO_OPEN ? 0 : OPEN_MILLISECONDS * 2 ** (failures - FAILURES_TO_OPEN);
  const longest = Math.min(MAX_OPEN_MILLISECONDS, Math.max(pause, open));
  return longest === 0 ? undefined : now + longest;
}

/** What is there already holds if it is longer: another attempt may have been told so. */
function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? one ?? other : Math.max(one, other);
}
