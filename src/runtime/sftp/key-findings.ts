import type { Notice } from './key-activity';
import { tryInstant } from '../../formats/instant';
import { PartnerKey, PartnerRecord, usableKeys } from '../../formats/partner-record';

export const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Days before the end of a key at which a warning comes; 0 is the end. */
const THRESHOLDS = [0, 1, 7, 14, 30];

/** One thing to say about a partner's key, once. */
export interface Finding {
  readonly notice: Notice;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** What is known of the keys of a partner. */
export interface KeyHistory {
  readonly record: PartnerRecord;
  /** When the record was written, milliseconds since 1970. */
  readonly writtenAt: number;
  /** When keys were last used, by fingerprint. */
  readonly lastUses: ReadonlyMap<string, number>;
  readonly now: number;
  readonly staleMilliseconds: number;
}

/** Whole days until a partner has no key any more; time is counted in UTC, where every day has as many hours. */
export function daysLeft({ keys }: PartnerRecord, now: number): number {
  const ends = keys.map(({ expires }) => tryInstant(expires)!);
  return Math.max(0, Math.floor((Math.max(0, ...ends) - now) / DAY_MILLISECONDS));
}

/** All that there is to say about the keys of a partner, whether or not it was said before. */
export function findingsOf(history: KeyHistory): readonly Finding[] {
  const usable = usableKeys(history.record, history.now);
  return [
    ...history.record.keys.flatMap((key) => ending(key, history)),
    ...usable.flatMap((key) => unused(key, history)),
    ...usable.flatMap((key) => outlived(key, usable, history)),
  ];
}

/** Of the thresholds that are past the last one counts: whoever was away is told once. */
function ending({ fingerprint, expires }: PartnerKey, { record, now }: KeyHistory): readonly Finding[] {
  const left = tryInstant(expires)! - now;
  const threshold = THRESHOLDS.find((days) => left <= days * DAY_MILLISECONDS);
  if (threshold === undefined) return [];
  const isReplaced = record.keys.some((key) => tryInstant(key.expires)! > tryInstant(expires)!);
  const detail = { partner: record.name, fingerprint, expires, isReplaced };
  return [{
    notice: { subject: `warned#${fingerprint}`, about: expires, rank: threshold },
    detailType: threshold === 0 ? 'SFTP Partner Key Expired' : 'SFTP Partner Key Expiring',
    detail: threshold === 0 ? detail : { ...detail, days: threshold },
  }];
}

/** A key that nobody uses is one that nobody would miss, and whose loss nobody would notice. */
function unused({ fingerprint, notBefore }: PartnerKey, history: KeyHistory): readonly Finding[] {
  const { record, writtenAt, lastUses, now, staleMilliseconds } = history;
  const lastUse = lastUses.get(fingerprint);
  const since = lastUse ?? tryInstant(notBefore) ?? writtenAt;
  if (now - since < staleMilliseconds) return [];
  const about = lastUse === undefined ? 'never' : new Date(lastUse).toISOString();
  return [{
    notice: { subject: `unused#${fingerprint}`, about, rank: 0 },
    detailType: 'SFTP Partner Key Unused',
    detail: { partner: record.name, fingerprint, lastUse: about },
  }];
}

/** A partner that has a newer key and signs in with the old one has not changed over. */
function outlived({ fingerprint, expires }: PartnerKey, usable: readonly PartnerKey[], history: KeyHistory): readonly Finding[] {
  const { record, writtenAt, lastUses } = history;
  const newer = usable.find((key) => tryInstant(key.expires)! > tryInstant(expires)!);
  const lastUse = lastUses.get(fingerprint);
  if (!newer || lastUse === undefined || lastUse <= (tryInstant(newer.notBefore) ?? writtenAt)) return [];
  return [{
    notice: { subject: `outlived#${fingerprint}`, about: newer.fingerprint, rank: 0 },
    detailType: 'SFTP Partner Key Still In Use',
    detail: { partner: record.name, fingerprint, expires, lastUse: new Date(lastUse).toISOString(), newer: newer.fingerprint },
  }];
}
