import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The parts of a scoped key, as its holder sends it: `<prefix>_<id>_<secret>`. */
export interface BearerKey {
  /** Says whose key it is, for people and for scanners that look for leaked ones. */
  readonly prefix: string;
  /** Finds the stored hash. No secret, and fit for a log. */
  readonly id: string;
  /** Proves that the holder is the holder. */
  readonly secret: string;
}

/** 80 bits: among a hundred million keys, two have the same id with a chance below one in a hundred million. */
const ID_BYTES = 10;
/** 256 bits, so that a stored hash cannot be searched for. */
const SECRET_BYTES = 32;
/** 32 bits tell a mistyped key, or an accidental match of a scanner, from a key. */
const CHECKSUM_BYTES = 4;

const PREFIX = /^[a-z][a-z0-9]{1,15}$/;
const KEY = new RegExp(`^([a-z][a-z0-9]{1,15})_([0-9a-f]{${2 * ID_BYTES}})_([0-9a-f]{${2 * SECRET_BYTES}})([0-9a-f]{${2 * CHECKSUM_BYTES}})$`);

/** Makes a key; throws for a prefix that is not two to sixteen lower-case letters and digits, a letter first. */
export function generateBearerKey(prefix: string, randomBytes: (size: number) => Buffer): BearerKey {
  if (!PREFIX.test(prefix)) throw new Error('the prefix must be 2 to 16 lower-case letters and digits, a letter first');
  return { prefix, id: randomBytes(ID_BYTES).toString('hex'), secret: randomBytes(SECRET_BYTES).toString('hex') };
}

/** Writes a key as its holder sends it; the last eight characters are the checksum. */
export function writeBearerKey({ prefix, id, secret }: BearerKey): string {
  const body = `${prefix}_${id}_${secret}`;
  return body + checksum(body);
}

/** Reads a key; undefined for anything else, so that a look-up is made only for what could be one. */
export function tryReadBearerKey(text: string): BearerKey | undefined {
  const [, prefix, id, secret, sum] = KEY.exec(text) ?? [];
  return sum !== undefined && checksum(`${prefix}_${id}_${secret}`) === sum ? { prefix, id, secret } : undefined;
}

/**
 * What is stored in place of a key, in hexadecimal: HMAC-SHA-256 (RFC 2104) over prefix, id and secret.
 *
 * With the pepper as key, whoever reads the table alone can neither use nor check a guess. The id is hashed too, so that the hash of one row
 * is worth nothing in another. Throws for a pepper shorter than the hash (RFC 2104, 3).
 */
export function hashOf({ prefix, id, secret }: BearerKey, pepper: Buffer): string {
  if (pepper.length < 32) throw new Error('the pepper must have at least 32 bytes');
  return createHmac('sha256', pepper).update(`${prefix}_${id}_${secret}`).digest('hex');
}

/** Whether a stored hash is of that key under one of the peppers: the current, and within an overlap the previous one. */
export function matches(key: BearerKey, stored: string, peppers: readonly Buffer[]): boolean {
  const expected = Buffer.from(stored, 'hex');
  return peppers.map((pepper) => Buffer.from(hashOf(key, pepper), 'hex'))
    .filter((hash) => hash.length === expected.length && timingSafeEqual(hash, expected)).length > 0;
}

function checksum(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 2 * CHECKSUM_BYTES);
}
