import type { SupportedSignatureAlgorithm } from 'aws-jwt-verify/jwt-verifier';

/** A signature algorithm of the registry "JSON Web Signature and Encryption Algorithms" that the authorizer verifies. */
export type Algorithm = SupportedSignatureAlgorithm;

/** Keys of one kind: the type (RFC 7517, 4.1) and, where the type has curves, the curve (RFC 7518, 6.2.1.1; RFC 8037, 2). */
interface KeyKind {
  readonly kty: string;
  readonly crv?: readonly string[];
}

/** The kind of key that each algorithm needs (RFC 7518, 3.3 and 3.4; RFC 8037, 3.1). */
export const KEY_KINDS: Readonly<Record<Algorithm, KeyKind>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: ['P-256'] },
  ES384: { kty: 'EC', crv: ['P-384'] },
  ES512: { kty: 'EC', crv: ['P-521'] },
  EdDSA: { kty: 'OKP', crv: ['Ed25519', 'Ed448'] },
};

/**
 * Every algorithm that can be configured, which are also the default.
 *
 * All are digital signatures by a private key that only the issuer has: `none` and HMAC (`HS256` ...), for which whoever verifies could
 * also sign, are not among them and cannot be configured. A shorter default would not be safer, since an issuer's key already fixes which
 * of them can verify with it. RSASSA-PSS (`PS256` ...) is missing because the verifying library does not know it.
 */
export const ALGORITHMS = Object.keys(KEY_KINDS) as readonly Algorithm[];

/** The algorithm that a header names, if it is among those that are taken. */
export function algorithmOf({ alg }: { readonly alg?: string }, taken: readonly Algorithm[] = ALGORITHMS): Algorithm | undefined {
  return taken.find((known) => known === alg);
}
