import { createHash } from 'node:crypto';
import type { Json } from 'aws-jwt-verify/safe-json-parse';
import { algorithmOf } from './algorithms';
import { tryNormalUri } from './http-uri';
import { thumbprintOf } from './jwk-thumbprint';
import { isSignedWith, tryDecompose, UNSUPPORTED_HEADERS } from './jwt';
import { fits, tryPublicKey } from './key-set';

/** Why a proof is refused, as the log names it. */
export type ProofRefusal =
  | 'no-proof'
  | 'several-proofs'
  | 'malformed-proof'
  | 'proof-of-another-type'
  | 'proof-algorithm'
  | 'proof-without-public-key'
  | 'proof-signature'
  | 'proof-of-another-method'
  | 'proof-of-another-uri'
  | 'proof-of-another-time'
  | 'proof-of-another-token'
  | 'proof-by-another-key'
  | 'proof-replayed';

/** The request that a proof has to be made for. */
export interface ProvenRequest {
  readonly method: string;
  /** The ways in which the request's URI may be written down, normal forms without query and fragment. */
  readonly uris: readonly string[];
  /** The access token that comes with it. */
  readonly token: string;
}

/** A proof that is in order, and has perhaps been used before. */
export interface Proof {
  readonly jti: string;
  /** Thumbprint of the key that signed it (RFC 7638). */
  readonly thumbprint: Buffer;
}

/** A proof has a public key and some short claims; RSA of 16384 bits would fit. */
const MAX_PROOF_LENGTH = 4 * 1024;

/**
 * How far from now a proof may have been made, in seconds, either way: as long as it takes to send, and as far as clocks differ (RFC 9449,
 * 11.1: "on the order of seconds or minutes").
 */
export const WINDOW_SECONDS = 60;

/** Enough for any generator of unique texts; the hash of it is kept (RFC 9449, 11.1). */
const MAX_JTI_LENGTH = 256;

/**
 * Judges a DPoP proof, by every check of RFC 9449, 4.3, but these: that there is one header (1) and that the token is bound to the key (12, in
 * part) is left to the caller, and there are no nonces (10).
 */
export function judgeProof(text: string, request: ProvenRequest, now: Date): { readonly proof: Proof } | { readonly refused: ProofRefusal } {
  const jwt = text.length > MAX_PROOF_LENGTH ? undefined : tryDecompose(text); // 2
  if (!jwt || UNSUPPORTED_HEADERS.some((name) => name in jwt.header)) return { refused: 'malformed-proof' };
  const { jti, htm, htu, iat, ath } = jwt.payload as Readonly<Record<string, unknown>>;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) return { refused: 'malformed-proof' }; // 3
  if (typeof htm !== 'string' || typeof htu !== 'string' || typeof iat !== 'number') return { refused: 'malformed-proof' }; // 3

  if (jwt.header.typ !== 'dpop+jwt') return { refused: 'proof-of-another-type' }; // 4
  const algorithm = algorithmOf(jwt.header);
  if (!algorithm) return { refused: 'proof-algorithm' }; // 5
  const key = tryPublicKey(jwt.header.jwk as Json);
  if (!key) return { refused: 'proof-without-public-key' }; // 7
  if (!fits(key, algorithm)) return { refused: 'proof-algorithm' };
  if (!isSignedWith(key, text, null)) return { refused: 'proof-signature' }; // 6

  if (htm !== request.method) return { refused: 'proof-of-another-method' }; // 8
  const uri = tryNormalUri(htu);
  if (uri === undefined || !request.uris.includes(uri)) return { refused: 'proof-of-another-uri' }; // 9
  if (Math.abs(now.getTime() / 1000 - iat) > WINDOW_SECONDS) return { refused: 'proof-of-another-time' }; // 11
  if (ath !== createHash('sha256').update(request.token).digest('base64url')) return { refused: 'proof-of-another-token' }; // 12
  return { proof: { jti, thumbprint: thumbprintOf(key.key) } };
}
