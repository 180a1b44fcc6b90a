import type { OperatorRequest } from './operator-request';
import { tryOperatorRequest } from './operator-request';
import type { PartnerPage } from './partner-list';
import type { PartnerRegister, Stored } from './partner-register';
import type { PartnerRow } from './partner-row';
import type { RegistrarSettings } from './registrar-settings';
import { Drafted, draftRecord, withKey } from './runtime-record';
import { PartnerRecord, readPartnerRecord } from '../../formats/partner-record';
import type { Refusal } from '../../formats/refusal';

/** Why nothing was done. */
export type OperatorRefusal =
  | 'malformed-request' | 'not-enabled' | 'unknown-partner' | 'unknown-key' | 'managed-by-template' | 'unfit' | 'key-of-another' | 'key-was-revoked' | 'unusable-record' | 'busy';

/** A partner as operators see it. */
export interface SeenPartner extends Pick<PartnerRow, 'name' | 'serverId' | 'managedBy' | 'suspended' | 'updatedAt'> {
  /** Absent where nobody can read it. */
  readonly record?: PartnerRecord;
}

/** What came of a request. */
export type OperatorResult =
  | { readonly outcome: 'stored' | 'removed' | 'suspended' | 'resumed' | 'key-added' | 'key-revoked' }
  | { readonly outcome: 'found'; readonly partner: SeenPartner }
  | { readonly outcome: 'listed'; readonly partners: readonly SeenPartner[]; readonly next?: string }
  | { readonly outcome: 'refused'; readonly reason: OperatorRefusal; readonly refusals?: readonly Refusal[] };

export interface OperatorPorts {
  readonly register: Pick<PartnerRegister, 'find' | 'isRevoked' | 'store' | 'revoke' | 'suspend' | 'remove'>;
  readonly list: (after?: string) => Promise<PartnerPage>;
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Times that a change is tried again where others change the same partner. */
const ATTEMPTS = 5;

/**
 * Builds the function by which operators register partners while the system runs, and act on any partner at once: suspend it, let it in again,
 * revoke a key of it.
 *
 * What they register is judged as a template's partners are, and may be from some networks alone; where it signs in to they do not choose. Every
 * request may be repeated. What a deployment manages they neither change nor remove, but what they suspended or revoked no deployment brings back.
 */
export function operatorRegister(settings: RegistrarSettings, ports: OperatorPorts): (event: unknown) => Promise<OperatorResult> {
  const { register } = ports;

  return async (event) => {
    const asked = tryOperatorRequest(event);
    const result = asked ? await act(asked) : refused('malformed-request');
    ports.log({
      outcome: result.outcome,
      ...result.outcome === 'refused' && { reason: result.reason },
      ...asked && { operation: asked.operation },
      ...asked && asked.operation !== 'list' && { partner: asked.name },
    });
    return result;
  };

  async function act(asked: OperatorRequest): Promise<OperatorResult> {
    switch (asked.operation) {
      case 'put': return put(asked);
      case 'add-key': return change(asked.name, (row, record) => addKey(asked, row, record));
      case 'revoke-key': return change(asked.name, (row, record) => revokeKey(asked, row, record));
      case 'remove': return remove(asked.name);
      case 'suspend': return await register.suspend(asked.name, true) ? { outcome: 'suspended' } : refused('unknown-partner');
      case 'resume': return await register.suspend(asked.name, false) ? { outcome: 'resumed' } : refused('unknown-partner');
      case 'get': return get(asked.name);
      case 'list': return list(asked.after);
    }
  }

  async function put(asked: Extract<OperatorRequest, { operation: 'put' }>): Promise<OperatorResult> {
    const { runtime } = settings;
    if (!runtime) return refused('not-enabled');
    const drafted = draftRecord(asked, { ...settings, runtime }, ports.now());
    return attempts(async () => {
      const seen = await register.find(asked.name);
      return seen && seen.managedBy !== 'operator' ? refused('managed-by-template') : store(drafted, seen, 'stored');
    });
  }

  async function addKey({ key }: Extract<OperatorRequest, { operation: 'add-key' }>, row: PartnerRow, record: PartnerRecord): Promise<OperatorResult | undefined> {
    if (!settings.runtime) return refused('not-enabled');
    if (row.managedBy !== 'operator') return refused('managed-by-template');
    return store(withKey(record, key, settings, ports.now()), row, 'key-added');
  }

  async function revokeKey(
    { name, fingerprint }: Extract<OperatorRequest, { operation: 'revoke-key' }>, row: PartnerRow, record: PartnerRecord,
  ): Promise<OperatorResult | undefined> {
    if (!record.keys.some((key) => key.fingerprint === fingerprint)) {
      return await register.isRevoked(name, fingerprint) ? { outcome: 'key-revoked' } : refused('unknown-key');
    }
    return resultOf(await register.revoke(record, fingerprint, row), 'key-revoked');
  }

  function remove(name: string): Promise<OperatorResult> {
    return attempts(async () => {
      const seen = await register.find(name);
      if (!seen) return { outcome: 'removed' };
      if (seen.managedBy !== 'operator') return refused('managed-by-template');
      return await register.remove(seen) ? { outcome: 'removed' } : undefined;
    });
  }

  async function get(name: string): Promise<OperatorResult> {
    const row = await register.find(name);
    return row ? { outcome: 'found', partner: seenOf(row) } : refused('unknown-partner');
  }

  async function list(after: string | undefined): Promise<OperatorResult> {
    const { rows, next } = await ports.list(after);
    return { outcome: 'listed', partners: rows.map(seenOf), ...next !== undefined && { next } };
  }

  function change(name: string, how: (row: PartnerRow, record: PartnerRecord) => Promise<OperatorResult | undefined>): Promise<OperatorResult> {
    return attempts(async () => {
      const row = await register.find(name);
      if (!row) return refused('unknown-partner');
      const read = readPartnerRecord(row.record);
      return 'record' in read ? how(row, read.record) : refused('unusable-record');
    });
  }

  async function store(drafted: Drafted, seen: PartnerRow | undefined, outcome: 'stored' | 'key-added'): Promise<OperatorResult | undefined> {
    if ('refusals' in drafted) return refused('unfit', drafted.refusals);
    return resultOf(await register.store(drafted.record, { serverId: settings.serverId!, managedBy: 'operator' }, seen), outcome);
  }
}

/** Tries again while somebody else changes the same partner. */
async function attempts(once: () => Promise<OperatorResult | undefined>): Promise<OperatorResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const result = await once();
    if (result) return result;
  }
  return refused('busy');
}

function resultOf(stored: Stored, outcome: 'stored' | 'key-added' | 'key-revoked'): OperatorResult | undefined {
  if (stored.outcome === 'stored') return { outcome };
  if (stored.outcome === 'changed') return undefined;
  return refused(stored.revoked.length > 0 ? 'key-was-revoked' : 'key-of-another');
}

function seenOf({ name, record, serverId, managedBy, suspended, updatedAt }: PartnerRow): SeenPartner {
  const read = readPartnerRecord(record);
  return { name, serverId, managedBy, suspended, updatedAt, ...'record' in read && { record: read.record } };
}

function refused(reason: OperatorRefusal, refusals?: readonly Refusal[]): OperatorResult {
  return { outcome: 'refused', reason, ...refusals && { refusals } };
}
