import type { JwtScheme, MessageScheme, StaticScheme } from '../scheme';

/**
 * Plaid.
 *
 * Source: Plaid Docs, "Webhook verification".
 * Replay: the time of issue is signed, and good for five minutes; told apart by the hash of the token's content.
 * Keys: JWKs of `/webhook_verification_key/get`, which asks for the account's own credentials; a receiver has the set in its secret, and answers
 * 503 to an id that is not in it. Add the new key before Plaid signs with it, and keep the old one until it has expired.
 */
export const PLAID: JwtScheme = {
  type: 'jwt',
  key: 'jwks',
  header: 'plaid-verification',
  algorithms: ['ES256'],
  bodyHash: { claim: 'request_body_sha256', encoding: 'hex' },
  time: 'iat',
  toleranceSeconds: 300,
};

/**
 * Upstash QStash, with its current and next key.
 *
 * Source: Upstash Docs, "QStash", "Verify signatures"; `@upstash/qstash` 2.12.0.
 * Replay: expiry and `jti` are signed.
 * Weakness: none known. `sub` must be the configured URL.
 */
export const QSTASH: JwtScheme = {
  type: 'jwt',
  key: 'utf8',
  header: 'upstash-signature',
  algorithms: ['HS256'],
  bodyHash: { claim: 'body', encoding: 'base64url' },
  time: 'exp',
  toleranceSeconds: 60,
  urlClaim: 'sub',
  idClaim: 'jti',
  require: [{ claim: 'iss', oneOf: ['Upstash'] }],
};

/**
 * HTTP Message Signatures with a digest of the body, as two parties may agree to use them.
 *
 * Source: RFC 9421; RFC 9530.
 * Replay: `created` is signed, and asked for; told apart by the hash of the signature base.
 * Weakness: what is covered is the sender's choice; method, URL and digest must be.
 */
export const RFC9421: MessageScheme = {
  type: 'http-message',
  key: 'jwks',
  algorithms: ['ed25519', 'ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'rsa-pss-sha512', 'rsa-v1_5-sha256', 'hmac-sha256'],
  components: ['@method', '@target-uri', 'content-digest'],
  toleranceSeconds: 300,
};

/**
 * Okta event hooks. Nothing is signed: prefer another way to learn of events where there is one.
 *
 * Source: Okta Docs, "Event hooks".
 * Replay: none; told apart by the hash of the body, which is not signed either.
 * Weakness: a password in a header; who sees one request can send any other. The check of the endpoint is answered.
 */
export const OKTA: StaticScheme = { type: 'static', key: 'utf8', header: 'authorization', handshake: 'okta' };
