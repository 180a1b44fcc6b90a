/** How a sender's key is written in its secret. Secrets under 16 bytes, and RSA keys under 2048 bits, verify nothing. */
export enum WebhookKeyFormat {
  /** The bytes of the text, as it is. */
  UTF8 = 'utf8',
  /** The bytes of the text after Unicode normalization NFKD. */
  UTF8_NFKD = 'utf8-nfkd',
  /** Bytes in hex. */
  HEX = 'hex',
  /** Bytes in base64, padded. */
  BASE64 = 'base64',
  /** `whsec_` or `whpk_` and base64 (Standard Webhooks, "Signature scheme"). */
  STANDARD_WEBHOOKS = 'standard-webhooks',
  /** An Ed25519 public key of 32 bytes, in hex. */
  ED25519_HEX = 'ed25519-hex',
  /** An Ed25519 public key of 32 bytes, in base64. */
  ED25519_BASE64 = 'ed25519-base64',
  /** A public key as SubjectPublicKeyInfo (RFC 5280, 4.1), in base64. */
  SPKI_BASE64 = 'spki-base64',
  /** A public key or a certificate in PEM. */
  PEM = 'pem',
  /** A JWK Set (RFC 7517, 5) or one JWK, of public keys. */
  JWKS = 'jwks',
}
