import { KeyPlan, planKeys, Removal, UserSituation } from './key-plan';
import type { PartnersScan } from './partners-scan';
import type { ServerUsers, UserKey } from './server-users';
import type { SftpEvents } from './sftp-events';

/** What reconciling needs of the world. */
export interface ReconcilePorts {
  readonly users: Pick<ServerUsers, 'areManaged' | 'names' | 'tryKeysOf' | 'import' | 'delete'>;
  readonly register: Pick<PartnersScan, 'read' | 'noteInstalled' | 'noteRemoved'>;
  readonly events: Pick<SftpEvents, 'tell'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, reasons, names, fingerprints. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/** Keys of one user (AWS General Reference, "AWS Transfer Family endpoints and quotas"). */
const MAX_KEYS_PER_USER = 50;

/** What was done to a user's keys. */
export interface KeyChanges { readonly imported: number; readonly removed: number }

/** One user, and what is known of it. */
export interface UserAsked extends Omit<UserSituation, 'present' | 'now'> {
  readonly serverId: string;
  readonly name: string;
  /** Whether nothing is changed, only said. */
  readonly isDryRun: boolean;
}

/**
 * Gives one user the keys of its partner: import, verify, delete.
 *
 * A key that is no more in the record goes only after a look has shown every key that should be there; one whose time is over goes in any case. So a
 * run that dies leaves a user with more keys than it should have, never with fewer, and the next run makes up for it.
 *
 * @throws after all was done that could be, if something could not
 */
export async function reconcileUser(asked: UserAsked, ports: ReconcilePorts): Promise<KeyChanges> {
  const { serverId, name, isDryRun } = asked;
  const { users, register, log } = ports;
  const present = await users.tryKeysOf(name);
  if (!present) {
    // A template has no user for a partner that it disables.
    if (!asked.record?.disabled) log({ outcome: 'complaint', reason: 'no-user', partner: name });
    return { imported: 0, removed: 0 };
  }
  const plan = planKeys({ ...asked, present, now: ports.now() });
  for (const { key } of plan.reported) log({ outcome: 'complaint', reason: 'unknown-key', partner: name, fingerprint: key.fingerprint });
  for (const fingerprint of plan.shared) log({ outcome: 'complaint', reason: 'shared-key', partner: name, fingerprint });
  if (isDryRun) return say(plan);

  const failures: unknown[] = [];
  const imported = await importKeys(plan, present);
  const after = imported === 0 ? present : await users.tryKeysOf(name) ?? [];
  const isComplete = plan.wanted.every((key) => after.some(({ fingerprint }) => fingerprint === key.fingerprint));
  if (!isComplete) failures.push(named('KeyNotThere', 'a key is not there after its import'));
  const removed = await removeKeys([...plan.removals, ...isComplete ? plan.laterRemovals : []]);
  await alert(plan, removed);
  if (failures.length > 0) throw failures[0];
  return { imported, removed: removed.length };

  /** One key that cannot be imported does not keep the others. */
  async function importKeys({ imports }: KeyPlan, { length }: readonly UserKey[]): Promise<number> {
    if (imports.length === 0) return 0;
    if (length + imports.length > MAX_KEYS_PER_USER) {
      failures.push(named('KeyQuotaReached', 'the user has as many keys as it may have'));
      return 0;
    }
    await register.noteInstalled(name, imports.map(({ fingerprint }) => fingerprint));
    let done = 0;
    for (const { body, fingerprint } of imports) {
      try {
        await users.import(name, body);
        log({ outcome: 'imported', partner: name, fingerprint });
        done++;
      } catch (error) {
        failures.push(error);
      }
    }
    return done;
  }

  async function removeKeys(removals: readonly Removal[]): Promise<readonly Removal[]> {
    const done: Removal[] = [];
    for (const removal of removals) {
      try {
        await users.delete(name, removal.key.id);
        done.push(removal);
        log({ outcome: 'removed', reason: removal.because, partner: name, fingerprint: removal.key.fingerprint });
        await ports.events.tell('SFTP Partner Key Removed', { serverId, partner: name, fingerprint: removal.key.fingerprint, reason: removal.because });
      } catch (error) {
        failures.push(error);
      }
    }
    // A key that the user has twice is still there.
    const gone = done.flatMap(({ key, because }) => key.fingerprint === undefined || because === 'repeated' ? [] : [key.fingerprint]);
    if (gone.some((fingerprint) => asked.installed.has(fingerprint))) await register.noteRemoved(name, gone);
    return done;
  }

  /** Whoever is meant to sign in and cannot. */
  async function alert({ wanted }: KeyPlan, { length }: readonly Removal[]): Promise<void> {
    if (wanted.length > 0 || !asked.record || asked.record.disabled || asked.isSuspended) return;
    log({ outcome: 'complaint', reason: 'no-valid-key', partner: name });
    if (length > 0) await ports.events.tell('SFTP Partner Without Key', { serverId, partner: name });
  }

  function say({ imports, removals, laterRemovals }: KeyPlan): KeyChanges {
    for (const { fingerprint } of imports) log({ outcome: 'would-import', partner: name, fingerprint });
    for (const { key, because } of [...removals, ...laterRemovals]) {
      log({ outcome: 'would-remove', reason: because, partner: name, fingerprint: key.fingerprint });
    }
    return { imported: 0, removed: 0 };
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
