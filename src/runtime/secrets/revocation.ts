import type { Issued } from './adapter';
import type { Ports } from './rotator';
import { AWSCURRENT, AWSPENDING, AWSPREVIOUS, SecretState } from './secret-state';
import type { Settings } from './settings';
import { ABANDONED_AFTER_MILLISECONDS, overlapEnd } from './timetable';

/**
 * Revokes what no consumer may rely on any more: credentials that were current and are past their overlap, and orphans, which were issued
 * for a version that never became current.
 *
 * A version that lost all labels may have been either, so both wait for the end of the overlap, and an orphan besides until its rotation
 * can no longer finish. The previous credential stays besides as long as the current one does not work: somebody may have stored that by hand,
 * or removed it at the provider, and the previous one may then be the last that lets anybody in. The label `AWSPREVIOUS` goes last: while
 * it is there, a run that died is repeated.
 */
export async function revokePast(state: SecretState, { overlapMilliseconds }: Settings, ports: Ports): Promise<void> {
  const now = ports.now();
  if (now < overlapEnd(state, overlapMilliseconds)) return;

  const previous = state.tryVersionWith(AWSPREVIOUS);
  const kept = previous !== undefined && !await currentWorks(state, ports);
  for (const issued of await ports.adapter.list()) {
    if (isNeeded(issued, state, now) || kept && issued.version === previous) continue;
    const became = await ports.adapter.revoke(issued);
    if (became !== 'waiting') ports.log({ outcome: 'revoked', reason: became, version: issued.version });
  }
  if (previous === undefined) return;
  if (kept) return ports.log({ outcome: 'kept', reason: 'current-does-not-work', version: previous });
  await ports.store.removeStage(AWSPREVIOUS, previous);
  ports.log({ outcome: 'revoked', reason: 'overlap-over', version: previous });
}

/** What cannot be looked at now may be looked at an hour later; reconciliation says why it does not work. */
async function currentWorks(state: SecretState, ports: Ports): Promise<boolean> {
  const current = state.tryVersionWith(AWSCURRENT)!; // without one, no overlap ever ends
  try {
    await ports.adapter.probe(current, await ports.store.tryContentOf(current) ?? '');
    return true;
  } catch {
    return false;
  }
}

function isNeeded({ version, createdAt }: Issued, state: SecretState, now: number): boolean {
  const stages = state.tryStagesOf(version) ?? [];
  return stages.includes(AWSCURRENT) || stages.includes(AWSPENDING) || now - createdAt < ABANDONED_AFTER_MILLISECONDS;
}
