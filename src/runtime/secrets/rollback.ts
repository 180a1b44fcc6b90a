import type { Ports } from './rotator';
import { AWSCURRENT, AWSPREVIOUS, SecretState } from './secret-state';

/** Label of a version to which somebody moved `AWSCURRENT` back, with the time at which that was noticed, in milliseconds since 1970. */
const BACK_SINCE = 'back-since:';

/** Whether the current version is older than the one before it, which no rotation does. */
export function isRolledBack(state: SecretState): boolean {
  const [current, previous] = [AWSCURRENT, AWSPREVIOUS].map((stage) => {
    const version = state.tryVersionWith(stage);
    return version === undefined ? undefined : state.tryCreatedAt(version);
  });
  return current !== undefined && previous !== undefined && previous > current;
}

/** When it was noticed that the label was moved back; `Infinity`, no time yet, if it was not. */
export function backSince(state: SecretState): number {
  const times = labelsOn(state, state.tryVersionWith(AWSCURRENT)).map((label) => Number(label.slice(BACK_SINCE.length)));
  return times.length > 0 && times.every(Number.isFinite) ? Math.max(...times) : Infinity;
}

/**
 * Writes down that the label was moved back, which Secrets Manager tells nowhere: an overlap for those who hold the newer credential begins
 * then. Forgets it once it is over.
 */
export async function noteRollback(state: SecretState, ports: Ports): Promise<void> {
  const current = state.tryVersionWith(AWSCURRENT);
  const isBack = isRolledBack(state);
  for (const [label, version] of state.labelsFrom(BACK_SINCE)) {
    if (!isBack || version !== current) await ports.store.removeStage(label, version);
  }
  if (isBack && labelsOn(state, current).length === 0) await ports.store.moveStage(`${BACK_SINCE}${ports.now()}`, current!, undefined);
}

function labelsOn(state: SecretState, current: string | undefined): readonly string[] {
  return state.labelsFrom(BACK_SINCE).flatMap(([label, version]) => version === current ? [label] : []);
}
