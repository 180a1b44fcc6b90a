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
 * can no longer finish. The label `AWSPREVIOUS` goes last: while it is there, a run that died is repeated.
 */
export async function revokePast(state: SecretState, { overlapMilliseconds }: Settings, ports: Ports): Promise<void> {
  const now = ports.now();
  if (now < overlapEnd(state, overlapMilliseconds)) return;

  for (const issued of await ports.adapter.list()) {
    if (isNeeded(issued, state, now)) continue;
    const became = await ports.adapter.revoke(issued);
    if (became !== 'waiting') ports.log({ outcome: 'revoked', reason: became, version: issued.version });
  }
  const previous = state.tryVersionWith(AWSPREVIOUS);
  if (previous === undefined) return;
  await ports.store.removeStage(AWSPREVIOUS, previous);
  ports.log({ outcome: 'revoked', reason: 'overlap-over', version: previous });
}

function isNeeded({ version, createdAt }: Issued, state: SecretState, now: number): boolean {
  const stages = state.tryStagesOf(version) ?? [];
  return stages.includes(AWSCURRENT) || stages.includes(AWSPENDING) || now - createdAt < ABANDONED_AFTER_MILLISECONDS;
}
