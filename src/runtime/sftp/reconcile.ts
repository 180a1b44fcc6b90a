import type { Owner } from './key-plan';
import type { PartnerRow } from './partner-row';
import type { Register } from './partners-scan';
import type { ReconcileSettings } from './reconcile-settings';
import { KeyChanges, reconcileUser, ReconcilePorts, UserAsked } from './user-keys';
import { PartnerRecord, readPartnerRecord } from '../../formats/partner-record';
import { nameOf } from '../shared/error-name';

/** What a run has done. */
export interface Reconciled extends KeyChanges { readonly users: number; readonly outcome: 'reconciled' | 'rehearsed' }

const NO_KEYS: ReadonlySet<string> = new Set();

/**
 * Builds the function that gives the users of a server that AWS Transfer Family manages the keys that their partners' records say, by schedule and
 * when the table changes.
 *
 * Each run looks at everything and starts from what is there, so it may be repeated, and one that died is made up for by the next. One partner's
 * failure does not keep the others; a run with any failure ends in an error once all were looked at, for the dead-letter queue. `dryRun` changes
 * nothing and says what would be.
 */
export function reconciler(settings: Pick<ReconcileSettings, 'serverId' | 'isEnforced'>, ports: ReconcilePorts) {
  return async (event: unknown): Promise<Reconciled> => {
    const { task, dryRun = false, Records } = Object(event) as Readonly<Record<string, unknown>>;
    if (task !== 'reconcile' && !Array.isArray(Records) || typeof dryRun !== 'boolean') {
      throw new Error('the event is neither the task to reconcile nor a change of the table');
    }
    try {
      return await run(dryRun, settings, ports);
    } catch (error) {
      if (error instanceof ReconcileFailed) throw error;
      ports.log({ outcome: 'fault', reason: nameOf(error) });
      throw new ReconcileFailed(`reconciling failed: ${nameOf(error)}`); // services quote in their messages what they were sent
    }
  };
}

async function run(isDryRun: boolean, { serverId, isEnforced }: Pick<ReconcileSettings, 'serverId' | 'isEnforced'>, ports: ReconcilePorts): Promise<Reconciled> {
  const { users, log } = ports;
  if (!await users.areManaged()) throw Object.assign(new Error('the service does not manage the users of the server'), { name: 'NotServiceManaged' });
  const register = await ports.register.read();
  const partners = register.partners.filter((row) => row.serverId === serverId);
  const records = new Map<string, PartnerRecord>();
  const failures: string[] = [];
  for (const row of partners) readRow(row);

  const shared = sharedKeys([...records.values()]);
  const totals = { imported: 0, removed: 0 };
  const asked = [...partners.flatMap(askedOf), ...await others()];
  for (const one of asked) {
    try {
      const { imported, removed } = await reconcileUser(one, ports);
      totals.imported += imported;
      totals.removed += removed;
    } catch (error) {
      fail(one.name, nameOf(error));
    }
  }
  const result: Reconciled = { outcome: isDryRun ? 'rehearsed' : 'reconciled', users: asked.length, ...totals };
  if (failures.length > 0) throw new ReconcileFailed(`reconciling failed for ${failures.length} of ${partners.length} partners`);
  log({ ...result });
  return result;

  /** A record that is not as it should be changes nothing: what it meant nobody knows. */
  function readRow({ name, record }: PartnerRow): void {
    const read = readPartnerRecord(record);
    if ('record' in read && read.record.name === name) records.set(name, read.record);
    else fail(name, 'unusable-record', 'refusals' in read ? { problems: read.refusals.map(({ path, problem }) => `${path} ${problem}`.trim()) } : {});
  }

  /** Whom an operator has shut out is shut out, also where the record cannot be read. */
  function askedOf({ name, suspended }: PartnerRow): readonly UserAsked[] {
    const record = records.get(name);
    return record || suspended ? [userOf(name, register, { record, isSuspended: suspended })] : [];
  }

  /** Users whose partner was removed lose what they were given; users of whom nobody knows are told. */
  async function others(): Promise<readonly UserAsked[]> {
    const known = new Set(partners.map(({ name }) => name));
    const strangers = (await users.names()).filter((name) => !known.has(name));
    const removed = strangers.filter((name) => register.installed.has(name));
    for (const name of strangers.filter((stranger) => !removed.includes(stranger))) log({ outcome: 'complaint', reason: 'unknown-user', user: name });
    return removed.map((name) => userOf(name, register, { isSuspended: false }));
  }

  function userOf(name: string, { owners, revoked, installed }: Register, row: Pick<UserAsked, 'record' | 'isSuspended'>): UserAsked {
    const ownerOf = (fingerprint: string): Owner => {
      const owner = owners.get(fingerprint);
      if (owner === undefined) return shared.has(fingerprint) ? 'disputed' : 'self';
      return owner === name ? 'self' : 'other';
    };
    return { ...row, serverId, name, installed: installed.get(name) ?? NO_KEYS, revoked, ownerOf, isEnforced, isDryRun };
  }

  function fail(partner: string, reason: string, more: Readonly<Record<string, unknown>> = {}): void {
    failures.push(partner);
    log({ outcome: 'fault', reason, partner, ...more });
  }
}

/** Fingerprints that more than one partner has. */
function sharedKeys(records: readonly PartnerRecord[]): ReadonlySet<string> {
  const all = records.flatMap(({ keys }) => keys.map(({ fingerprint }) => fingerprint));
  return new Set(all.filter((fingerprint, index) => all.indexOf(fingerprint) !== index));
}

/** Was logged already, and holds nothing to hide. */
class ReconcileFailed extends Error {
  public override readonly name = 'ReconcileFailed';
}
