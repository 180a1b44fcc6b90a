import { KeyError, KeyFormat, readKeys } from '../../../src/runtime/webhooks/key-formats';
import { Key } from '../../../src/runtime/webhooks/keys';

/** A key of a vector: `encoding` says how `value` is written, `type` what it is. */
export interface VectorSecret {
  readonly type: string;
  readonly value: unknown;
  readonly encoding?: string;
  readonly keyid?: string;
  readonly kid?: string;
  readonly url?: string;
}

/** Encodings that say by themselves what `readKeys` has to read. */
const FORMATS: Readonly<Record<string, KeyFormat>> = {
  'utf8': 'utf8',
  'utf-8': 'utf8',
  'ascii': 'utf8',
  'text': 'utf8',
  'utf8-nfkd': 'utf8-nfkd',
  'whsec': 'standard-webhooks',
  'whsec-base64': 'standard-webhooks',
  'whpk': 'standard-webhooks',
  'whpk-base64': 'standard-webhooks',
  'spki': 'spki-base64',
  'spki-base64': 'spki-base64',
  'spki-der-base64': 'spki-base64',
  'pem': 'pem',
  'spki-pem': 'pem',
  'x509': 'pem',
  'x509-pem': 'pem',
  'jwk': 'jwks',
  'jwks': 'jwks',
  'jwk-set': 'jwks',
};

/** What a value without an encoding is, by the type of the key. */
const UNWRITTEN: Readonly<Record<string, KeyFormat>> = { 'x509-cert': 'pem', 'jwk-set': 'jwks', 'jwk': 'jwks' };

/**
 * The keys of a vector, as a receiver reads them. What no receiver can be configured with, such as an empty secret, is no key; what this cannot
 * map is an error. `own` is how the sender's keys are written, for text that is normalised first.
 */
export function keysOf(secrets: readonly VectorSecret[], own: KeyFormat): readonly Key[] {
  return secrets.flatMap((secret) => {
    const [format, text] = written(secret, own);
    try {
      return readKeys(text, format, secret.keyid ?? secret.kid ?? secret.url);
    } catch (error) {
      if (error instanceof KeyError) return [];
      throw error;
    }
  });
}

/** Why receivers take none of a vector's keys, where it is their length; undefined if there is another reason. */
export function shortness(secrets: readonly VectorSecret[]): string | undefined {
  const lengths = secrets.map(({ type, value }) => type === 'hmac' && typeof value === 'string' ? Buffer.byteLength(value) : Infinity);
  const longest = Math.max(...lengths);
  return longest < 16 ? `its secret has ${longest} bytes, and receivers take none under 16` : undefined;
}

function written({ type, value, encoding }: VectorSecret, own: KeyFormat): readonly [KeyFormat, string] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const name = encoding?.toLowerCase();
  if (name === undefined) return [unwritten(type, text), text];
  if (name === 'base64url') return [raw(type, 'base64'), Buffer.from(text, 'base64url').toString('base64')];
  if (name === 'hex' || name === 'base64') return [raw(type, name), text];
  const format = FORMATS[name];
  if (format === undefined) throw new Error(`no key is known to be written in '${encoding}'`);
  return [format === 'utf8' && own === 'utf8-nfkd' ? own : format, text];
}

function unwritten(type: string, text: string): KeyFormat {
  const format = UNWRITTEN[type] ?? (text.startsWith('-----BEGIN ') ? 'pem' : type === 'hmac' || type === 'static' ? 'utf8' : undefined);
  if (format === undefined) throw new Error(`a key of type '${type}' has to say how it is written`);
  return format;
}

/** Bytes are a secret, an Ed25519 point or DER, as the type says. */
function raw(type: string, encoding: 'hex' | 'base64'): KeyFormat {
  if (type.startsWith('ed25519')) return `ed25519-${encoding}`;
  if (type === 'hmac' || type === 'static') return encoding;
  if (encoding === 'base64') return 'spki-base64';
  throw new Error(`no key of type '${type}' is known to be written in hex`);
}
