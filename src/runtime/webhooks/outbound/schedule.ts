import type { Outcome } from './guarded-connector';
import { tryRetryAfter } from './retry-after';

/** Seconds before each attempt, counted from the one before: three days in all (Standard Webhooks, "Delivery and retries"). */
export const DELAYS_SECONDS: readonly number[] = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Delays vary by a fifth to either side, so that what failed together does not come back together. */
const JITTER = 0.2;

/** An endpoint that has too much to do, or whose gateway cannot reach it, is left alone for a minute at least. */
export const THROTTLE_SECONDS = 60;

/** Nobody is waited for longer than the longest delay, whatever they ask for. */
export const MAX_RETRY_AFTER_SECONDS = 86_400;

/** What follows an attempt. */
export type Next =
  | { readonly type: 'delivered' }
  | { readonly type: 'retry'; readonly afterSeconds: number }
  | { readonly type: 'dead'; readonly because: 'gone' | 'attempts-exhausted' };

/** Too many requests, bad gateway, gateway timeout: signs of load, to be answered by less of it (Standard Webhooks, "Delivery and retries"). */
const THROTTLING = [429, 502, 504];

/** 2xx alone; a redirect is a failure, since following it would send data where nobody said to (same section). */
export function isDelivered(outcome: Outcome): boolean {
  return outcome.type === 'answered' && outcome.status >= 200 && outcome.status < 300;
}

/** "The consumer is no longer interested" (same section). */
export function isGone(outcome: Outcome): boolean {
  return outcome.type === 'answered' && outcome.status === 410;
}

/** How long an endpoint is to be left alone, by its answer; undefined if nothing says so. */
export function tryPauseSeconds(outcome: Outcome, nowMilliseconds: number): number | undefined {
  if (outcome.type === 'failed') return outcome.reason === 'timeout' ? THROTTLE_SECONDS : undefined;
  const asked = outcome.retryAfter === undefined ? undefined : tryRetryAfter(outcome.retryAfter, nowMilliseconds);
  const least = THROTTLING.includes(outcome.status) ? THROTTLE_SECONDS : undefined;
  return asked === undefined ? least : Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(asked, least ?? 0));
}

/**
 * What follows the attempt of that number, counted from 1, within a series.
 *
 * @param random at least 0 and less than 1
 */
export function nextOf(outcome: Outcome, attempt: number, nowMilliseconds: number, random: number): Next {
  if (isDelivered(outcome)) return { type: 'delivered' };
  if (isGone(outcome)) return { type: 'dead', because: 'gone' };
  const delay = DELAYS_SECONDS[attempt];
  if (delay === undefined) return { type: 'dead', because: 'attempts-exhausted' };
  const jittered = delay * (1 - JITTER + 2 * JITTER * random);
  return { type: 'retry', afterSeconds: Math.max(jittered, tryPauseSeconds(outcome, nowMilliseconds) ?? 0) };
}
