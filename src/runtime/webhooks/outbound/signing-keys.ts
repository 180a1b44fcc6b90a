import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';
import { membersIn } from '../../shared/json-text';
import { tryDecode } from '../encodings';
import { KeyError } from '../key-formats';

/** A key that webhooks are signed with: a secret that both sides have, or a private key of which the receiver has the public half. */
export type SigningKey =
  | { readonly type: 'secret'; readonly bytes: Buffer }
  | { readonly type: 'private'; readonly key: KeyObject };

/** "Between 24 bytes (192 bits) and 64 bytes (512 bits)" (Standard Webhooks, "Signature scheme"). */
const SECRET_BYTES = { least: 24, most: 64 };

/** What precedes the seed of a key in PKCS #8 (RFC 8410, 7 and 10.3). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const SEED_BYTES = 32;

/**
 * Reads a key from the content of a secret; throws `KeyError`, which quotes nothing of it.
 *
 * That is what a `RotatingSecret` for webhooks holds, `{ "secret": <base64>, ... }`, or the text of Standard Webhooks: `whsec_` and a secret,
 * `whsk_` and seed and public half of an Ed25519 key, each in base64.
 */
export function readSigningKey(content: string): SigningKey {
  const [, prefix, rest] = /^(whsec_|whsk_)(.*)$/.exec(content) ?? ['', 'whsec_', secretIn(content)];
  const bytes = tryDecode(rest, 'base64');
  if (!bytes) throw new KeyError('the key must be base64');
  return prefix === 'whsec_' ? secretOf(bytes) : privateKeyOf(bytes);
}

function secretIn(content: string): string {
  const { secret } = membersIn(content);
  if (typeof secret === 'string') return secret;
  throw new KeyError('the secret must hold a key that signs webhooks');
}

function secretOf(bytes: Buffer): SigningKey {
  const { least, most } = SECRET_BYTES;
  if (bytes.length < least || bytes.length > most) throw new KeyError(`the secret must have ${least} to ${most} bytes`);
  return { type: 'secret', bytes };
}

/** The public half is compared: a receiver that was told another one would refuse every webhook. */
function privateKeyOf(bytes: Buffer): SigningKey {
  if (bytes.length !== 2 * SEED_BYTES) throw new KeyError(`an Ed25519 signing key must have ${2 * SEED_BYTES} bytes`);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes.subarray(0, SEED_BYTES)]), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x !== bytes.toString('base64url', SEED_BYTES)) throw new KeyError('the halves of the Ed25519 signing key must belong together');
  return { type: 'private', key };
}
