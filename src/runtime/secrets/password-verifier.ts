import { scryptSync, timingSafeEqual } from 'node:crypto';
import { Refused } from './failures';

/** Cost of scrypt (RFC 7914, 2): N, the power of two, costs time and memory, r memory, p time. */
export interface ScryptCost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB, three times over: one of the settings that OWASP calls equal ("Password Storage Cheat Sheet", scrypt). */
export const SCRYPT_COST: ScryptCost = { log2N: 15, r: 8, p: 3 };

/** The greatest N * r * p that is computed: 128 MiB at most, and a third more time than with `SCRYPT_COST`. */
const MAX_COST = 2 ** 20;

/** Bytes; a salt of 128 bits is as long as NIST asks (SP 800-132, 5.1). */
export const SALT_BYTES = 16;
const HASH_BYTES = 32;

const VERIFIER = /^scrypt\$([1-9]\d?)\$([1-9]\d?)\$([1-9]\d?)\$([\w-]{22})\$([\w-]{43})$/;

/** Writes what is stored in place of a password: `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`, the last two in base64url. */
export function writeVerifier(password: string, salt: Buffer, cost: ScryptCost = SCRYPT_COST): string {
  return ['scrypt', cost.log2N, cost.r, cost.p, salt.toString('base64url'), hashOf(password, salt, cost).toString('base64url')].join('$');
}

/**
 * Whether a verifier is of that password. Takes the same time for any password.
 *
 * Throws `Refused` for what is no verifier, and for one whose cost would take the function's memory or time.
 */
export function verifyPassword(password: string, verifier: string): boolean {
  const [, log2N, r, p, salt, hash] = VERIFIER.exec(verifier) ?? [];
  if (hash === undefined) throw new Refused('unusable-verifier', 'what is stored is no verifier of a password');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  return timingSafeEqual(hashOf(password, Buffer.from(salt, 'base64url'), cost), Buffer.from(hash, 'base64url'));
}

function hashOf(password: string, salt: Buffer, { log2N, r, p }: ScryptCost): Buffer {
  const N = 2 ** log2N;
  if (N * r * p > MAX_COST) throw new Refused('costly-verifier', 'the verifier asks for more than is computed');
  // Node refuses what needs its whole limit, so the limit is twice what scrypt needs (RFC 7914, 5: 128 * r * (N + p) bytes).
  return scryptSync(password, salt, HASH_BYTES, { N, r, p, maxmem: 256 * r * (N + p) });
}
