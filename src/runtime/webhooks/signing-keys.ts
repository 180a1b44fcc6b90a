import type { KeyObject } from 'node:crypto';
import { tryDecode } from './encodings';
import { KeyError } from './key-formats';
import { KEY_BYTES, privateKeyOf, publicHalfOf } from '../shared/ed25519';
import { membersIn } from '../shared/json-text';

/** A key that webhooks are signed with: a secret that both sides have, or a private key of which the receiver has the public half. */
export type SigningKey =
  | { readonly type: 'secret'; readonly bytes: Buffer }
  | { readonly type: 'private'; readonly key: KeyObject };

/** "Between 24 bytes (192 bits) and 64 bytes (512 bits)" (Standard Webhooks, "Signature scheme"). */
const SECRET_BYTES = { least: 24, most: 64 };

const PREFIXED = /^(whsec_|whsk_)(.*)$/;

/**
 * Reads a key from the content of a secret; throws `KeyError`, which quotes nothing of it.
 *
 * That is what a `RotatingSecret` for webhooks holds, `{ "secret": <base64 or text>, ... }`, or the text of Standard Webhooks alone: `whsec_`
 * and a secret, `whsk_` and seed and public half of an Ed25519 key, each in base64.
 */
export function readSigningKey(content: string): SigningKey {
  const written = PREFIXED.test(content) ? content : secretIn(content);
  const [, prefix, rest] = PREFIXED.exec(written) ?? ['', 'whsec_', written];
  const bytes = tryDecode(rest, 'base64');
  if (!bytes) throw new KeyError('the key must be base64');
  return prefix === 'whsec_' ? secretOf(bytes) : signerOf(bytes);
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
function signerOf(bytes: Buffer): SigningKey {
  if (bytes.length !== 2 * KEY_BYTES) throw new KeyError(`an Ed25519 signing key must have ${2 * KEY_BYTES} bytes`);
  const key = privateKeyOf(bytes.subarray(0, KEY_BYTES));
  if (!publicHalfOf(key).equals(bytes.subarray(KEY_BYTES))) throw new KeyError('the halves of the Ed25519 signing key must belong together');
  return { type: 'private', key };
}
