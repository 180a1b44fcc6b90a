import type { KeyActivity } from './key-activity';
import { daysLeft, findingsOf } from './key-findings';
import type { KeyWatchSettings } from './key-watch-settings';
import type { PartnerRow } from './partner-row';
import type { PartnersScan } from './partners-scan';
import type { SftpEvents } from './sftp-events';
import { readPartnerRecord } from '../../formats/partner-record';
import { nameOf } from '../shared/error-name';

export interface KeyWatchPorts {
  readonly register: Pick<PartnersScan, 'read'>;
  readonly activity: Pick<KeyActivity, 'tryLastUse' | 'isNews' | 'note'>;
  readonly events: Pick<SftpEvents, 'tell'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, names, fingerprints, days. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/**
 * Builds the function that looks at the keys of every partner once a day, and tells of those that end, are unused, or outlive their successor.
 *
 * Each thing is told once: an event first, then a note that it was told, so that a run that dies in between tells it twice rather than never. One
 * partner's failure does not keep the others; a run with any failure ends in an error.
 */
export function keyWatch({ staleMilliseconds }: Pick<KeyWatchSettings, 'staleMilliseconds'>, ports: KeyWatchPorts) {
  return async (event: unknown): Promise<void> => {
    if ((Object(event) as Readonly<Record<string, unknown>>).task !== 'watch') throw new Error('the event is not the task to watch');
    const { partners } = await read(ports);
    let failed = 0;
    for (const row of partners) {
      try {
        await watch(row);
      } catch (error) {
        failed++;
        ports.log({ outcome: 'fault', reason: nameOf(error), partner: row.name });
      }
    }
    if (failed > 0) throw new Error(`watching failed for ${failed} of ${partners.length} partners`);
    ports.log({ outcome: 'watched', partners: partners.length });
  };

  async function watch({ name, record: text, serverId = '', suspended, updatedAt }: PartnerRow): Promise<void> {
    const stored = readPartnerRecord(text);
    if (!('record' in stored)) throw Object.assign(new Error('the record cannot be read'), { name: 'UnusableRecord' });
    const { record } = stored;
    if (record.disabled || suspended) return; // nobody signs in with their keys
    const now = ports.now();
    ports.log({ outcome: 'days-left', partner: name, days: daysLeft(record, now) });
    const lastUses = new Map<string, number>();
    for (const { fingerprint } of record.keys) {
      const lastUse = await ports.activity.tryLastUse(name, fingerprint);
      if (lastUse !== undefined) lastUses.set(fingerprint, lastUse);
    }
    for (const { notice, detailType, detail } of findingsOf({ record, writtenAt: updatedAt ?? now, lastUses, now, staleMilliseconds })) {
      if (!await ports.activity.isNews(notice)) continue;
      await ports.events.tell(detailType, { serverId, ...detail });
      await ports.activity.note(notice, now);
      ports.log({ outcome: 'told', event: detailType, ...detail });
    }
  }
}

async function read({ register, log }: KeyWatchPorts) {
  try {
    return await register.read();
  } catch (error) {
    log({ outcome: 'fault', reason: nameOf(error) });
    throw new Error(`watching failed: ${nameOf(error)}`); // services quote in their messages what they were sent
  }
}
