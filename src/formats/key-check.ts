import { tryInstant } from './instant';
import { checkMembers, isObject } from './objects';
import type { PartnerKey } from './partner-record';
import type { Refusal } from './refusal';
import { readSshPublicKey } from './ssh-public-key';

/** Keys that are good at the same time: one in use, one that replaces it, and one more for a partner with two clients. */
export const MAX_ACTIVE_KEYS = 3;

/** Keys of a record, with those whose time is past or to come. */
const MAX_KEYS = 10;

const MEMBERS = ['body', 'fingerprint', 'notBefore', 'expires'];

/** What is wrong with the keys of a record. The clock is not asked: keys whose time is past are legal, and tell when it was. */
export function checkKeys(value: unknown): Refusal[] {
  if (!Array.isArray(value) || value.length > MAX_KEYS) return [{ path: 'keys', problem: `is no list of up to ${MAX_KEYS} keys`, remedy: 'remove expired keys' }];
  const found = value.flatMap((key: unknown, index) => checkKey(key, `keys[${index}]`));
  if (found.length > 0) return found;
  return [...repeated(value as PartnerKey[]), ...tooMany(value as PartnerKey[])];
}

function checkKey(value: unknown, path: string): Refusal[] {
  if (!isObject(value)) return [{ path, problem: 'is no object' }];
  return [...checkMembers(value, path, MEMBERS), ...checkBody(value, path), ...checkTimes(value, path)];
}

function checkBody({ body, fingerprint }: Readonly<Record<string, unknown>>, path: string): Refusal[] {
  const key = readSshPublicKey(body, 'partner');
  if ('problem' in key) return [{ path: `${path}.body`, ...key }];
  if (key.body !== body) return [{ path: `${path}.body`, problem: 'has more than type and key', remedy: 'leave out the comment' }];
  return key.fingerprint === fingerprint ? [] : [{ path: `${path}.fingerprint`, problem: 'is not that of the key' }];
}

function checkTimes({ notBefore, expires }: Readonly<Record<string, unknown>>, path: string): Refusal[] {
  const remedy = 'such as 2026-01-31T00:00:00Z';
  const [from, until] = [notBefore === undefined ? -Infinity : tryInstant(notBefore), tryInstant(expires)];
  if (from === undefined) return [{ path: `${path}.notBefore`, problem: 'is no time in UTC', remedy }];
  if (until === undefined) return [{ path: `${path}.expires`, problem: 'is no time in UTC', remedy }];
  return from < until ? [] : [{ path: `${path}.expires`, problem: 'is not after notBefore' }];
}

function repeated(keys: readonly PartnerKey[]): Refusal[] {
  return keys.flatMap(({ fingerprint }, index) => (keys.findIndex((key) => key.fingerprint === fingerprint) === index ? [] : [
    { path: `keys[${index}]`, problem: 'is there twice' },
  ]));
}

/** Most are good at a moment when one of them begins to be. */
function tooMany(keys: readonly PartnerKey[]): Refusal[] {
  const times = keys.map(({ notBefore, expires }) => [notBefore === undefined ? -Infinity : tryInstant(notBefore)!, tryInstant(expires)!]);
  const together = Math.max(0, ...times.map(([start]) => times.filter(([from, until]) => from <= start && start < until).length));
  return together <= MAX_ACTIVE_KEYS ? [] : [{
    path: 'keys', problem: `has ${together} that are good at the same time; ${MAX_ACTIVE_KEYS} are the most`, remedy: 'give those that follow a later notBefore',
  }];
}
