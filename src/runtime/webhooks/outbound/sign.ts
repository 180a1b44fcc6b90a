import { createHmac, sign as signWith } from 'node:crypto';
import type { SigningKey } from '../signing-keys';

/** Identifies a message to its receiver, in all attempts alike; without dots, which separate what is signed, and fit for a header. */
export const MESSAGE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Headers that a receiver verifies a webhook by. */
export interface SignatureHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs a message as Standard Webhooks 1.0 has it, `v1` with a secret and `v1a` with a private key ("Signature scheme").
 *
 * Signed when it is sent, so that an attempt of tomorrow has a time of tomorrow. During a rotation each key signs: receivers take whichever they
 * know. Throws for an id that no receiver would take, and without keys.
 */
export function signatureHeaders(id: string, body: Buffer, keys: readonly SigningKey[], nowSeconds: number): SignatureHeaders {
  if (!MESSAGE_ID.test(id)) throw new Error('the id of a message must be letters, digits, hyphens and underscores');
  if (keys.length === 0) throw new Error('a webhook must be signed');
  const timestamp = String(Math.floor(nowSeconds));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': keys.map((key) => signatureOf(content, key)).join(' ') };
}

function signatureOf(content: Buffer, key: SigningKey): string {
  return key.type === 'secret'
    ? `v1,${createHmac('sha256', key.bytes).update(content).digest('base64')}`
    : `v1a,${signWith(null, content, key.key).toString('base64')}`;
}
