/**
 * How a webhook is signed.
 *
 * SHA-1 is there for HMAC alone, where its collisions do not matter (RFC 6194, 3.3).
 */
export enum SignatureAlgorithm {
  /** HMAC with SHA-1 (RFC 2104). Use it only where the sender has nothing better. */
  HMAC_SHA1 = 'hmac-sha1',
  /** HMAC with SHA-256. */
  HMAC_SHA256 = 'hmac-sha256',
  /** HMAC with SHA-512. */
  HMAC_SHA512 = 'hmac-sha512',
  /** Ed25519 (RFC 8032). */
  ED25519 = 'ed25519',
  /** ECDSA over P-256 with SHA-256, two numbers of fixed length (RFC 7518, 3.4). */
  ECDSA_P256_SHA256 = 'ecdsa-p256-sha256',
  /** The same, in DER. */
  ECDSA_P256_SHA256_DER = 'ecdsa-p256-sha256-der',
  /** ECDSA over P-384 with SHA-384, two numbers of fixed length (RFC 7518, 3.4). */
  ECDSA_P384_SHA384 = 'ecdsa-p384-sha384',
  /** The same, in DER. */
  ECDSA_P384_SHA384_DER = 'ecdsa-p384-sha384-der',
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2). */
  RSA_V1_5_SHA256 = 'rsa-v1_5-sha256',
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RSA_V1_5_SHA512 = 'rsa-v1_5-sha512',
  /** RSASSA-PSS with SHA-256 (RFC 8017, 8.1). */
  RSA_PSS_SHA256 = 'rsa-pss-sha256',
  /** RSASSA-PSS with SHA-512. */
  RSA_PSS_SHA512 = 'rsa-pss-sha512',
}
