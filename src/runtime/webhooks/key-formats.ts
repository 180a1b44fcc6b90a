import { createPublicKey, JsonWebKey, KeyObject, X509Certificate } from 'node:crypto';
import { tryDecode } from './encodings';
import type { Key } from './keys';
import { MIN_RSA_BITS, MIN_SECRET_BYTES } from './limits';

/**
 * How a stored key is written.
 *
 * `standard-webhooks` is `whsec_` or `whpk_` and base64 (Standard Webhooks, "Signature scheme"); `pem` a public key or a certificate;
 * `jwks` a JWK Set (RFC 7517, 5) or one JWK.
 */
export const KEY_FORMATS = [
  'utf8', 'utf8-nfkd', 'hex', 'base64', 'standard-webhooks', 'ed25519-hex', 'ed25519-base64', 'spki-base64', 'pem', 'jwks',
] as const;

export type KeyFormat = typeof KEY_FORMATS[number];

/** A configured key is none; the message says why, and nothing of the key. */
export class KeyError extends Error {
  public override readonly name = 'KeyError';
}

/** More keys than anybody rotates through; each costs time to import. */
const MAX_KEYS = 64;

/**
 * Points of small order (RFC 7748, 7; RFC 8032, 5.1.7): signatures can be made that such a key verifies for any content. Without the sign bit,
 * and with the encodings that are not reduced.
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Reads a key, or the keys of a set. Throws `KeyError` for what is none, empty or short. `id` names the key if its text does not. */
export function readKeys(text: string, format: KeyFormat, id?: string): readonly Key[] {
  if (text.trim() === '') throw new KeyError('the key must not be empty');
  if (format !== 'pem' && text !== text.trim()) throw new KeyError('the key must have no blanks or line ends around it');
  return READERS[format](text, id);
}

const READERS: Readonly<Record<KeyFormat, (text: string, id?: string) => readonly Key[]>> = {
  'utf8': (text, id) => [secret(Buffer.from(text, 'utf8'), id)],
  'utf8-nfkd': (text, id) => [secret(Buffer.from(text.normalize('NFKD'), 'utf8'), id)],
  'hex': (text, id) => [secret(decoded(text.toLowerCase(), 'hex'), id)],
  'base64': (text, id) => [secret(decoded(text, 'base64'), id)],
  'standard-webhooks': (text, id) => [standardWebhooks(text, id)],
  'ed25519-hex': (text, id) => [ed25519(decoded(text.toLowerCase(), 'hex'), id)],
  'ed25519-base64': (text, id) => [ed25519(decoded(text, 'base64'), id)],
  'spki-base64': (text, id) => [publicKey(() => createPublicKey({ key: decoded(text, 'base64'), format: 'der', type: 'spki' }), id)],
  'pem': (text, id) => [pem(text, id)],
  'jwks': (text, id) => jwks(text, id),
};

function decoded(text: string, encoding: 'hex' | 'base64'): Buffer {
  const bytes = tryDecode(text, encoding);
  if (!bytes) throw new KeyError(`the key must be ${encoding}`);
  return bytes;
}

function secret(bytes: Buffer, id?: string): Key {
  if (bytes.length < MIN_SECRET_BYTES) throw new KeyError(`the secret must have at least ${MIN_SECRET_BYTES} bytes`);
  return { type: 'secret', ...identity(id), bytes };
}

function standardWebhooks(text: string, id?: string): Key {
  const [, prefix, rest] = /^(whsec_|whpk_)(.*)$/.exec(text) ?? [];
  if (rest === undefined) throw new KeyError("the key must begin with 'whsec_' or 'whpk_'");
  const bytes = decoded(rest, 'base64');
  return prefix === 'whsec_' ? secret(bytes, id) : ed25519(bytes, id);
}

function ed25519(bytes: Buffer, id?: string): Key {
  if (bytes.length !== 32) throw new KeyError('an Ed25519 public key must have 32 bytes');
  return publicKey(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' }), id);
}

function pem(text: string, id?: string): Key {
  if (text.includes('PRIVATE KEY')) throw new KeyError('the key must be public');
  return publicKey(() => text.includes('BEGIN CERTIFICATE') ? new X509Certificate(text).publicKey : createPublicKey(text), id);
}

function jwks(text: string, id?: string): readonly Key[] {
  const document = jsonOf(text) as { readonly keys?: unknown };
  const keys: readonly unknown[] = Array.isArray(document.keys) ? document.keys : [document];
  if (keys.length > MAX_KEYS) throw new KeyError(`a key set must have at most ${MAX_KEYS} keys`);
  const usable = keys.filter((key) => isForVerifying(key)) as readonly JsonWebKey[];
  if (usable.length === 0) throw new KeyError('the key set must have a public key for signatures');
  return usable.map((key) => publicKey(() => createPublicKey({ key, format: 'jwk' }), typeof key.kid === 'string' ? key.kid : id));
}

function jsonOf(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    throw new KeyError('the key must be JSON'); // the cause would quote it
  }
}

function isForVerifying(key: unknown): boolean {
  if (typeof key !== 'object' || key === null || 'd' in key || 'k' in key) return false;
  const { kty, use = 'sig' } = key as Readonly<Record<string, unknown>>;
  return ['EC', 'OKP', 'RSA'].includes(kty as string) && use === 'sig';
}

function publicKey(read: () => KeyObject, id?: string): Key {
  const key = tryKey(read);
  if (!key) throw new KeyError('the key must be a public key that the format and Node.js know');
  if ((key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS) < MIN_RSA_BITS) throw new KeyError(`an RSA key must have ${MIN_RSA_BITS} bits`);
  if (key.asymmetricKeyType === 'ed25519' && isOfSmallOrder(key)) throw new KeyError('the Ed25519 key must not be of small order');
  return { type: 'public', ...identity(id), key };
}

function tryKey(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof KeyError) throw error;
    return undefined;
  }
}

function isOfSmallOrder(key: KeyObject): boolean {
  const point = Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');
  point[31] %= 0x80;
  return SMALL_ORDER.has(point.toString('hex'));
}

function identity(id: string | undefined): { readonly id?: string } {
  return id === undefined ? {} : { id };
}
