import { createPublicKey, JsonWebKey, KeyObject } from 'node:crypto';
import { assertIsJwk, assertIsSignatureJwk, SignatureJwk } from 'aws-jwt-verify/jwk';
import type { Json } from 'aws-jwt-verify/safe-json-parse';
import { Algorithm, KEY_KINDS } from './algorithms';

/** A public key that verifies signatures. */
export interface PublicKey {
  readonly jwk: SignatureJwk;
  readonly key: KeyObject;
}

/** A public key of an issuer. */
export interface VerificationKey extends PublicKey {
  readonly kid: string;
}

/** More keys than an issuer rotates through; each costs time to import. */
const MAX_KEYS = 64;

/** "A key of size 2048 bits or larger MUST be used with these algorithms" (RFC 7518, 3.3). */
const MIN_RSA_BITS = 2048;

/** Private and symmetric parts (RFC 7518, 6.2.2, 6.3.2 and 6.4.1; RFC 8037, 2). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/**
 * Reads a JWK Set; throws if the document is none, or has more than 64 keys.
 *
 * Keys that cannot verify signatures are left out, as RFC 7517, 5 asks: symmetric and encryption keys, unknown types and curves, RSA keys
 * under 2048 bits, keys without an id, and keys whose private part was published.
 */
export function readKeySet(document: unknown): readonly VerificationKey[] {
  const { keys } = (document ?? {}) as { readonly keys?: unknown };
  if (!Array.isArray(keys)) throw new Error('the key set is no JWK Set');
  if (keys.length > MAX_KEYS) throw new Error(`the key set has more than ${MAX_KEYS} keys`);
  return keys.flatMap((jwk: unknown) => tryKey(jwk as Json) ?? []);
}

/** Whether tokens signed with `algorithm` may be verified with `key`: by its type, its curve and, if it states one, its own algorithm. */
export function fits({ jwk }: PublicKey, algorithm: Algorithm): boolean {
  const { kty, crv } = KEY_KINDS[algorithm];
  return jwk.kty === kty && (!crv || crv.includes(jwk.crv as string)) && (jwk.alg === undefined || jwk.alg === algorithm);
}

/** The key that a JWK describes; undefined for one that cannot verify signatures, is too short, or tells more than the public part. */
export function tryPublicKey(jwk: Json): PublicKey | undefined {
  try {
    assertIsJwk(jwk);
    assertIsSignatureJwk(jwk);
    if (PRIVATE_MEMBERS.some((name) => name in jwk) || !mayVerify(jwk.key_ops)) return undefined;
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS;
    return bits < MIN_RSA_BITS ? undefined : { jwk, key };
  } catch {
    return undefined;
  }
}

function tryKey(jwk: Json): VerificationKey | undefined {
  const key = tryPublicKey(jwk);
  return key?.jwk.kid ? { ...key, kid: key.jwk.kid } : undefined;
}

/** RFC 7517, 4.3. */
function mayVerify(operations: Json | undefined): boolean {
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}
