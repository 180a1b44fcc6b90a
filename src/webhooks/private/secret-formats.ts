import { WebhookKeyFormat } from '../webhook-key-format';

/** What to put into a secret that is kept by hand. */
export const SECRET_FORMATS: Readonly<Record<WebhookKeyFormat, string>> = {
  [WebhookKeyFormat.UTF8]: 'the secret as the sender shows it, its prefix included, of at least 16 bytes',
  [WebhookKeyFormat.UTF8_NFKD]: 'the secret as it was typed at the sender, of at least 16 bytes',
  [WebhookKeyFormat.HEX]: 'the key in hex, of at least 16 bytes',
  [WebhookKeyFormat.BASE64]: 'the key in padded base64, of at least 16 bytes',
  [WebhookKeyFormat.STANDARD_WEBHOOKS]: "'whsec_' and the secret in base64, or 'whpk_' and the Ed25519 public key in base64",
  [WebhookKeyFormat.ED25519_HEX]: "the sender's Ed25519 public key in hex",
  [WebhookKeyFormat.ED25519_BASE64]: "the sender's Ed25519 public key in base64",
  [WebhookKeyFormat.SPKI_BASE64]: "the sender's public key in base64 (SubjectPublicKeyInfo)",
  [WebhookKeyFormat.PEM]: "the sender's public key or certificate in PEM",
  [WebhookKeyFormat.JWKS]: "the sender's public keys as a JWK Set, or one JWK",
};
