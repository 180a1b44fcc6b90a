import { tryInstant } from './instant';
import { isWithin, Network, tryNetwork } from './networks';
import { checkPartnerRecord } from './partner-check';
import type { PartnerDirectory } from './partner-directories';
import type { Refusal } from './refusal';

/** A key that a partner signs in with, and when. */
export interface PartnerKey {
  /** Type and key, without comment. */
  readonly body: string;
  /** `SHA256:` and 43 characters. */
  readonly fingerprint: string;
  /** First moment that the key is good, such as `2026-01-31T00:00:00Z`; absent: good already. */
  readonly notBefore?: string;
  /** First moment that the key is good no more. */
  readonly expires: string;
}

/** All that is stored of a partner. Never holds a secret. */
export interface PartnerRecord {
  readonly version: 1;
  readonly name: string;
  readonly disabled: boolean;
  /** May be empty: after the last key was revoked, nobody signs in. */
  readonly keys: readonly PartnerKey[];
  /** In CIDR notation; at least one. */
  readonly networks: readonly string[];
  readonly roleArn: string;
  /** A password besides the key. A password alone is never enough. */
  readonly passwordRequired: boolean;
  readonly directories: readonly PartnerDirectory[];
}

/** A record that was read, without the keys that could not be. */
export interface StoredPartner {
  readonly record: PartnerRecord;
  readonly dropped: readonly Refusal[];
}

/** Characters; far more than any legal record has. */
const MAX_TEXT = 65_536;

/** Reads a record and checks all of it but what needs a clock. */
export function readPartnerRecord(text: unknown): { readonly record: PartnerRecord } | { readonly refusals: readonly Refusal[] } {
  const read = readStoredPartner(text);
  if ('refusals' in read) return read;
  return read.dropped.length === 0 ? { record: read.record } : { refusals: read.dropped };
}

/**
 * Reads a record as a sign-in has to: a key that is bad is dropped, since the others are good without it; one bad network refuses the record, since
 * nobody can tell whom it was to keep out.
 */
export function readStoredPartner(text: unknown): StoredPartner | { readonly refusals: readonly Refusal[] } {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return { refusals: [{ path: '', problem: `is no text of up to ${MAX_TEXT} characters` }] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message would quote the text.
    return { refusals: [{ path: '', problem: 'is no JSON' }] };
  }
  return withoutBadKeys(value, []);
}

function withoutBadKeys(value: unknown, dropped: readonly Refusal[]): ReturnType<typeof readStoredPartner> {
  const found = checkPartnerRecord(value);
  if (found.length === 0) return { record: canonical(value as PartnerRecord), dropped };
  const bad = new Set(found.map(({ path }) => indexOfKey(path)));
  if (bad.has(undefined)) return { refusals: found };
  // The keys are compared with each other once each of them is sound, so those that are left are judged again.
  const record = value as PartnerRecord;
  return withoutBadKeys({ ...record, keys: record.keys.filter((_, index) => !bad.has(index)) }, [...dropped, ...found]);
}

/** A record as text: always the same for the same record. */
export function writePartnerRecord(record: PartnerRecord): string {
  return JSON.stringify(canonical(record));
}

/** The keys that are good at one moment: from `notBefore` on, until just before `expires`. */
export function usableKeys({ keys }: PartnerRecord, nowMs: number): PartnerKey[] {
  return keys.filter(({ notBefore, expires }) => {
    const [from, until] = [notBefore === undefined ? -Infinity : tryInstant(notBefore), tryInstant(expires)];
    return from !== undefined && until !== undefined && from <= nowMs && nowMs < until;
  });
}

/** Whether an address is in one of the partner's networks; none is where one of them cannot be read, or where there are none. */
export function isAllowedFrom({ networks }: PartnerRecord, address: unknown): boolean {
  const read = networks.map(tryNetwork);
  return read.every((network) => network !== undefined && network.prefixLength > 0) && isWithin(read as readonly Network[], address);
}

function indexOfKey(path: string): number | undefined {
  const [, index] = /^keys\[(\d+)\]/.exec(path) ?? [];
  return index === undefined ? undefined : Number(index);
}

function canonical({ name, disabled, keys, networks, roleArn, passwordRequired, directories }: PartnerRecord): PartnerRecord {
  return {
    version: 1,
    name,
    disabled,
    keys: keys.map(({ body, fingerprint, notBefore, expires }) => ({ body, fingerprint, ...(notBefore !== undefined && { notBefore }), expires })),
    networks: [...networks],
    roleArn,
    passwordRequired,
    directories: directories.map(({ entry, bucket, prefix, keyArn, actions }) => ({ entry, bucket, prefix, keyArn, actions: [...actions] })),
  };
}
