/** How a JWT is signed (RFC 7518, 3.1; RFC 8037, 3.1). `none` is not among it. */
export enum JwtAlgorithm {
  /** HMAC with SHA-256. */
  HS256 = 'HS256',
  /** HMAC with SHA-512. */
  HS512 = 'HS512',
  /** ECDSA over P-256 with SHA-256. */
  ES256 = 'ES256',
  /** ECDSA over P-384 with SHA-384. */
  ES384 = 'ES384',
  /** Ed25519. */
  EDDSA = 'EdDSA',
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256 = 'RS256',
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512 = 'RS512',
  /** RSASSA-PSS with SHA-256. */
  PS256 = 'PS256',
  /** RSASSA-PSS with SHA-512. */
  PS512 = 'PS512',
}
