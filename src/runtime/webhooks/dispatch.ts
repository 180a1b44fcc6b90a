import type { Claim, Claims } from './claims';
import { eventOf } from './inbox-event';
import { dedupeIdOf } from './inbox-record';
import type { Target } from './targets/target';
import { nameOf } from '../shared/error-name';

/** What dispatch is given. */
export interface DispatchPorts {
  readonly claims: Claims;
  readonly target: Target;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Gets no body, header, or identifier of the sender. */
  readonly log: (entry: Readonly<Record<string, string | number>>) => void;
}

/** How dispatch goes on when a target does not take an event. */
export interface DispatchSettings {
  /** The bucket of large bodies. */
  readonly bucket: string;
  /** How long a claim keeps others away; longer than the function may run, so that none of them is still at it when it ends. */
  readonly leaseMilliseconds: number;
  /** After so many attempts an event is DEAD. */
  readonly maxAttempts: number;
}

const MINUTE = 60_000;
const MAX_PAUSE = 60 * MINUTE;

/** A minute after the first attempt, twice as long after each one more, an hour at most: with 12 attempts some six hours in all. */
export function pauseAfter(attempts: number): number {
  return Math.min(MINUTE * 2 ** (attempts - 1), MAX_PAUSE);
}

/**
 * Dispatches one record, if nobody else does. Never throws: what fails is left to the sweeper.
 *
 * The event is published between the claim and the mark. If the function dies in between, or the mark fails, the lease runs out and the event
 * is published again, under the same `dedupeId`; that is the only way in which a target gets it twice.
 */
export async function dispatch(id: string, settings: DispatchSettings, ports: DispatchPorts): Promise<void> {
  const { claims, now, log } = ports;
  const dedupeId = dedupeIdOf(id);
  try {
    const claim = await claims.tryClaim(id, now(), now() + settings.leaseMilliseconds);
    if (claim) log({ dedupeId, ageSeconds: Math.round((now() - claim.record.receivedAt) / 1000), ...await attempt(claim, settings, ports) });
  } catch (error) {
    log({ dedupeId, outcome: 'fault', reason: nameOf(error) });
  }
}

async function attempt(claim: Claim, settings: DispatchSettings, { claims, target, now }: DispatchPorts) {
  const { record, attempts } = claim;
  // Functions that died while they had it used up the attempts, and it may well be what they died of.
  if (attempts > settings.maxAttempts) return dead(claim, claims, 'too-many-attempts');
  try {
    await target.publish(eventOf(record, settings.bucket));
  } catch (error) {
    if (attempts === settings.maxAttempts) return dead(claim, claims, nameOf(error));
    await claims.postpone(claim, now() + pauseAfter(attempts));
    return { outcome: 'postponed', reason: nameOf(error) };
  }
  await claims.markDispatched(claim);
  return { outcome: 'dispatched' };
}

async function dead(claim: Claim, claims: Claims, reason: string) {
  await claims.markDead(claim);
  return { outcome: 'dead', reason };
}
