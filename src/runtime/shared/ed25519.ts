import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';

/** Bytes of a seed, and of a public key (RFC 8032, 5.1.5). */
export const KEY_BYTES = 32;

/** What precedes the seed of a key in PKCS #8 (RFC 8410, 7 and 10.3). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The private key of a seed. */
export function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** The public half of a private key, as it is written. */
export function publicHalfOf(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x!, 'base64url');
}

/** The public key that is written so. */
export function publicKeyOf(bytes: Buffer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });
}
