import { expiryOf } from './expiry';
import { Refused } from './failures';
import { revokePast } from './revocation';
import { noteRollback } from './rollback';
import type { Ports } from './rotator';
import { AWSCURRENT, AWSPENDING, SecretState } from './secret-state';
import type { Settings } from './settings';
import { ABANDONED_AFTER_MILLISECONDS } from './timetable';
import { nameOf } from '../shared/error-name';

/** Share of the greatest age at which a warning comes before the alarm. */
const WARN_AT = 0.9;

/**
 * Puts a secret in order, by schedule: ends rotations that were abandoned, revokes what is past its overlap, and says how the secret is.
 *
 * Logs `healthy` only if it found nothing to complain about. Every run starts from what is there, so one that died is made up for by the next.
 */
export async function reconcile(settings: Settings, ports: Ports): Promise<void> {
  const state = await ports.store.state();
  const abandoned = await endAbandoned(state, ports);
  await noteRollback(state, ports);
  await revokePast(state, settings, ports);

  const complaints = [...abandoned, ...await complaintsAbout(state, settings, ports), ...expiryOf(settings.expiresAt, ports.now())];
  for (const complaint of complaints.length > 0 ? complaints : [{ outcome: 'healthy', reason: 'in-order' }]) {
    ports.log({ ...complaint, task: 'reconcile' });
  }
}

interface Complaint extends Record<string, string> { readonly outcome: string; readonly reason: string }

/**
 * Takes the label off a pending version that can no longer become current. While it is there, Secrets Manager starts no rotation (API
 * Reference, "RotateSecret"). What was issued for the version is an orphan from the next run on.
 */
async function endAbandoned(state: SecretState, ports: Ports): Promise<readonly Complaint[]> {
  const version = state.tryUnfinished();
  if (version === undefined || ports.now() - (state.tryCreatedAt(version) ?? state.changedAt) < ABANDONED_AFTER_MILLISECONDS) return [];
  await ports.store.removeStage(AWSPENDING, version);
  return [{ outcome: 'repaired', reason: 'abandoned-rotation', version }];
}

async function complaintsAbout(state: SecretState, settings: Settings, ports: Ports): Promise<readonly Complaint[]> {
  if (!state.rotationEnabled) return [{ outcome: 'fault', reason: 'rotation-disabled' }];
  const current = state.tryVersionWith(AWSCURRENT);
  const createdAt = current === undefined ? undefined : state.tryCreatedAt(current);
  if (current === undefined || createdAt === undefined) return [{ outcome: 'fault', reason: 'no-current-version' }];

  const age = ports.now() - createdAt;
  if (!state.hasEverRotated) return age < ABANDONED_AFTER_MILLISECONDS ? [] : [{ outcome: 'overdue', reason: 'never-rotated' }];
  return [...ageing(age, settings), ...await failing(current, ports)];
}

function ageing(age: number, { maxAgeMilliseconds }: Settings): readonly Complaint[] {
  if (age >= maxAgeMilliseconds) return [{ outcome: 'overdue', reason: 'too-old' }];
  return age >= WARN_AT * maxAgeMilliseconds ? [{ outcome: 'warning', reason: 'nearly-too-old' }] : [];
}

/** Whether the current credential works is not taken on trust: somebody may have stored another one, or removed it at the provider. */
async function failing(version: string, ports: Ports): Promise<readonly Complaint[]> {
  try {
    await ports.adapter.probe(version, await ports.store.tryContentOf(version) ?? '');
    return [];
  } catch (error) {
    return [{ outcome: 'fault', reason: 'current-does-not-work', detail: error instanceof Refused ? error.reason : nameOf(error), version }];
  }
}
