import type { DetachedScheme } from '../scheme';

/** Bodies that are parsed before they are verified are small: SNS takes messages of 256 kB, which JSON may write six times as long. */
const MAX_PARSED_BYTES = 2 * 1024 * 1024;

/**
 * Square, which signs the URL that it was given and the body.
 *
 * Source: Square Docs, "Verify and validate an event notification"; `square` 46.0.0.
 * Replay: none signed; told apart by `event_id` in the signed body. Valid for as long as the key lives.
 * Weakness: nothing parts URL and body; the URL is the configured one.
 */
export const SQUARE: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  signature: { from: 'header', names: ['x-square-hmacsha256-signature'] },
  content: ['url', 'body'],
  id: { pointer: '/event_id' },
};

/**
 * Twilio, forms and bodies whose hash is in the URL.
 *
 * Source: Twilio Docs, "Webhooks security"; `twilio` 6.2.0.
 * Replay: none signed; told apart by the hash of URL and fields. Valid for as long as the token lives. `I-Twilio-Idempotency-Token` is not signed.
 * Weakness: names and values of a form are joined by nothing, so that `a=bc` and `ab=c` have one signature: act on the fields that you expect,
 * and on a request without unexpected ones. SHA-1, which is still sound as an HMAC (RFC 6194, 3.3). Only the primary token signs.
 */
export const TWILIO: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha1', encoding: 'base64' }],
  signature: { from: 'header', names: ['x-twilio-signature'] },
  content: ['twilio'],
  maxBodyBytes: MAX_PARSED_BYTES,
};

/**
 * Adyen, standard payment webhooks.
 *
 * Source: Adyen Docs, "Verify HMAC signatures"; `@adyen/api-library` 32.1.0.
 * Replay: none signed; told apart by the hash of the signed fields. Valid for as long as the key lives.
 * Weakness: eight fields are signed, without escaping: trust `pspReference`, `originalReference`, `merchantAccountCode`, `merchantReference`,
 * `amount`, `eventCode` and `success`, and nothing else of the notification. The key is written in hex.
 */
export const ADYEN_PAYMENT: DetachedScheme = {
  type: 'detached',
  key: 'hex',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  signature: { from: 'body', pointer: '/notificationItems/0/NotificationRequestItem/additionalData/hmacSignature' },
  content: ['adyen'],
  maxBodyBytes: MAX_PARSED_BYTES,
};

/**
 * PayPal, given the setting `webhookId`.
 *
 * Source: PayPal Docs, "Webhooks", "Self verification method".
 * Replay: time and transmission id are signed. A transmission is tried again for three days; a day of tolerance, and the id, see to that.
 * Weakness: of the body only a CRC-32 is signed, for which anyone can make another body: fetch the resource from PayPal before acting.
 */
export const PAYPAL: DetachedScheme = {
  type: 'detached',
  key: 'pem',
  accepts: [{ algorithm: 'rsa-v1_5-sha256', encoding: 'base64' }],
  signature: { from: 'header', names: ['paypal-transmission-sig'] },
  content: ['id', { literal: '|' }, 'timestamp', { literal: '|' }, { setting: 'webhookId' }, { literal: '|' }, 'crc32'],
  timestamp: { header: 'paypal-transmission-time', unit: 'iso8601', toleranceSeconds: 24 * 60 * 60 },
  id: { header: 'paypal-transmission-id' },
  certificate: { header: 'paypal-cert-url', url: '^https://api(?:\\.sandbox)?\\.paypal\\.com/v1/notifications/certs/CERT-[A-Za-z0-9-]+$' },
  require: [{ header: 'paypal-auth-algo', oneOf: ['SHA256withRSA'] }],
};

/**
 * Amazon SNS, signatures of version 2. Version 1 is RSA with SHA-1, and is not accepted: set the topic's `SignatureVersion` to 2.
 *
 * Source: SNS Developer Guide, "Verifying the signatures of Amazon SNS messages".
 * Replay: `MessageId` and the time of publication are signed; a message is tried again for less than an hour unless the topic says otherwise.
 * Weakness: anyone's topic is signed with the same keys: add `{ pointer: '/TopicArn', oneOf: [...] }` to `require`, without which no
 * subscription is confirmed either. The body has to be parsed before it is verified. Of it, only the signed fields can be trusted.
 */
export const AWS_SNS: DetachedScheme = {
  type: 'detached',
  key: 'pem',
  accepts: [{ algorithm: 'rsa-v1_5-sha256', encoding: 'base64' }],
  signature: { from: 'body', pointer: '/Signature' },
  content: ['aws-sns'],
  maxBodyBytes: MAX_PARSED_BYTES,
  timestamp: { pointer: '/Timestamp', unit: 'iso8601', toleranceSeconds: 60 * 60 },
  id: { pointer: '/MessageId' },
  certificate: {
    pointer: '/SigningCertURL',
    // A Region's name ends in a digit; no other name may stand there, such as that of a bucket.
    url: '^https://sns\\.[a-z]{2}(?:-[a-z]+){1,3}-\\d{1,2}\\.amazonaws\\.com(?:\\.cn)?/SimpleNotificationService-[A-Za-z0-9]+\\.pem$',
  },
  require: [{ pointer: '/SignatureVersion', oneOf: ['2'] }],
  handshake: 'aws-sns',
};
