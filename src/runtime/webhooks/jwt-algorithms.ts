import type { Algorithm } from './algorithms';

/** Names of signature algorithms in JWTs (RFC 7518, 3.1; RFC 8037, 3.1); `none` is not among them. */
export const JWT_ALGORITHMS = {
  HS256: 'hmac-sha256',
  HS512: 'hmac-sha512',
  ES256: 'ecdsa-p256-sha256',
  ES384: 'ecdsa-p384-sha384',
  EdDSA: 'ed25519',
  RS256: 'rsa-v1_5-sha256',
  RS512: 'rsa-v1_5-sha512',
  PS256: 'rsa-pss-sha256',
  PS512: 'rsa-pss-sha512',
} as const satisfies Readonly<Record<string, Algorithm>>;

export type JwtAlgorithm = keyof typeof JWT_ALGORITHMS;
