import { createHash, KeyObject } from 'node:crypto';

/** Members of which a thumbprint is made, in the order of RFC 7638, 3.2, and RFC 8037, 2: lexicographic. */
const MEMBERS = ['crv', 'e', 'kty', 'n', 'x', 'y'] as const;

/**
 * The SHA-256 thumbprint of a public key (RFC 7638).
 *
 * Of the key, and not of how a JWK writes it, so that two ways to write a key have one thumbprint.
 */
export function thumbprintOf(key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const required = Object.fromEntries(MEMBERS.filter((name) => name in jwk).map((name) => [name, jwk[name]]));
  return createHash('sha256').update(JSON.stringify(required)).digest();
}
