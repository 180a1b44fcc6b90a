import { backSince, isRolledBack } from './rollback';
import { AWSCURRENT, AWSPREVIOUS, SecretState } from './secret-state';

const MINUTES = 60 * 1000;

/** No version becomes current that is older than this. */
export const FINISH_WITHIN_MILLISECONDS = 45 * MINUTES;

/**
 * A version that is older than this will never become current by rotation.
 *
 * Longer than `FINISH_WITHIN_MILLISECONDS` by the longest that a function runs, 15 minutes (AWS Lambda Developer Guide, "Lambda quotas"),
 * since a step that was in time may be slow.
 */
export const ABANDONED_AFTER_MILLISECONDS = FINISH_WITHIN_MILLISECONDS + 15 * MINUTES;

/**
 * When the overlap ends: from then on only the current credential has to work.
 *
 * Secrets Manager does not tell when a version became current, but a version does so within an hour of its creation, and by hand at once.
 * The overlap is therefore counted from an hour after the creation of the newer of the two versions. That is the previous one after somebody
 * moved the label back; it was current until then, so the overlap counts besides from when reconciliation noticed.
 *
 * `Infinity`, no end, where a date is missing, no version is current, or a label that was moved back was not noticed yet.
 */
export function overlapEnd(state: SecretState, overlapMilliseconds: number): number {
  const current = state.tryVersionWith(AWSCURRENT);
  const versions = [current, state.tryVersionWith(AWSPREVIOUS) ?? current];
  const newest = Math.max(...versions.map((version) => version === undefined ? Infinity : state.tryCreatedAt(version) ?? Infinity));
  return Math.max(newest + ABANDONED_AFTER_MILLISECONDS, isRolledBack(state) ? backSince(state) : -Infinity) + overlapMilliseconds;
}

/** Whether a previous credential has to go on working for those who fetched it. */
export function inOverlap(state: SecretState, overlapMilliseconds: number, now: number): boolean {
  return state.tryVersionWith(AWSPREVIOUS) !== undefined && now < overlapEnd(state, overlapMilliseconds);
}
