import { createPublicKey, JsonWebKey, KeyObject } from 'node:crypto';
import { assertIsJwk, assertIsSignatureJwk, SignatureJwk } from 'aws-jwt-verify/jwk';
import type { Json } from 'aws-jwt-verify/safe-json-parse';
import { Algorithm, KEY_KINDS } from './algorithms';

/** A public key of an issuer. */
export interface VerificationKey {
  readonly kid: string;
  readonly jwk: SignatureJwk;
  readonly key: KeyObject;
}

/** More keys than an issuer rotates through; each costs time to import. */
const MAX_KEYS = 64;

/** "A key of size 2048 bits or larger MUST be used with these algorithms" (RFC 7518, 3.3). */
const MIN_RSA_BITS = 2048;

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
export function fits({ jwk }: VerificationKey, algorithm: Algorithm): boolean {
  const { kty, crv } = KEY_KINDS[algorithm];
  return jwk.kty === kty && (!crv || crv.includes(jwk.crv as string)) && (jwk.alg === undefined || jwk.alg === algorithm);
}

function tryKey(jwk: Json): VerificationKey | undefined {
  try {
    assertIsJwk(jwk);
    assertIsSignatureJwk(jwk);
    if (!jwk.kid || 'd' in jwk || !mayVerify(jwk.key_ops)) return undefined;
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS;
    return bits < MIN_RSA_BITS ? undefined : { kid: jwk.kid, jwk, key };
  } catch {
    return undefined;
  }
}

/** RFC 7517, 4.3. */
function mayVerify(operations: Json | undefined): boolean {
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}
