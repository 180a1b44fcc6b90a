import type { DetachedScheme } from '../scheme';

/**
 * Slack.
 *
 * Source: Slack Docs, "Verifying requests from Slack"; `@slack/bolt` 5.1.0.
 * Replay: the time is signed; events are told apart by `event_id` in the signed body, forms by the hash of time and body.
 * Weakness: none known. `url_verification` is answered.
 */
export const SLACK: DetachedScheme = {
  ...versioned('x-slack-signature', 'x-slack-request-timestamp'),
  id: { pointer: '/event_id' },
  handshake: 'slack',
};

/**
 * Zoom.
 *
 * Source: Zoom Docs, "Using webhooks", "Verify webhook events"; `@zoom/rivet` 0.4.0.
 * Replay: the time is signed, though the sender's library does not look at it; told apart by the hash of time and body.
 * Weakness: the answer to `endpoint.url_validation` is made with the secret that signs events, see the handshake.
 */
export const ZOOM: DetachedScheme = { ...versioned('x-zm-signature', 'x-zm-request-timestamp'), handshake: 'zoom' };

/**
 * Zendesk.
 *
 * Source: Zendesk Docs, "Verifying webhooks".
 * Replay: the time is signed; the invocation id is not, so deliveries are told apart by the hash of time and body.
 * Weakness: time and body are joined by nothing. A time has just one form here, so that the boundary cannot move.
 */
export const ZENDESK: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  signature: { from: 'header', names: ['x-zendesk-webhook-signature'] },
  content: ['timestamp', 'body'],
  timestamp: { header: 'x-zendesk-webhook-signature-timestamp', unit: 'iso8601', toleranceSeconds: 300 },
};

/**
 * HubSpot, signatures of version 3. Versions 1 and 2 are plain hashes that start with the secret (length extension), and are not accepted.
 *
 * Source: HubSpot Docs, "Validating requests"; `@hubspot/api-client` 13.5.0.
 * Replay: the time is signed, in milliseconds; told apart by the hash of what is signed.
 * Weakness: nothing parts URL, body and time; the URL is the configured one, and a time has 13 digits.
 */
export const HUBSPOT_V3: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  signature: { from: 'header', names: ['x-hubspot-signature-v3'] },
  content: ['method', 'decodedUrl', 'body', 'timestamp'],
  timestamp: { header: 'x-hubspot-request-timestamp', unit: 'ms', toleranceSeconds: 300 },
};

/**
 * Box, which signs with a primary and a secondary key.
 *
 * Source: Box Docs, "Verify webhooks"; `box-node-sdk` 10.12.0.
 * Replay: the time is signed, and good for ten minutes; told apart by the notification's `id` in the signed body, since `box-delivery-id` is not
 * signed.
 * Weakness: body and time are joined by nothing. A time has just one form here, so that the boundary cannot move.
 */
export const BOX: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
  signature: { from: 'header', names: ['box-signature-primary', 'box-signature-secondary'] },
  content: ['body', 'timestamp'],
  timestamp: { header: 'box-delivery-timestamp', unit: 'iso8601', toleranceSeconds: 600 },
  id: { pointer: '/id' },
};

/**
 * Linear, whose time is in the body.
 *
 * Source: Linear Docs, "Webhooks", "Securing webhooks"; `@linear/sdk` 98.
 * Replay: the time is signed, in milliseconds, and good for a minute; `Linear-Delivery` is not signed, so deliveries are told apart by the hash
 * of the body.
 * Weakness: none known.
 */
export const LINEAR: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  signature: { from: 'header', names: ['linear-signature'] },
  content: ['body'],
  timestamp: { pointer: '/webhookTimestamp', unit: 'ms', toleranceSeconds: 60 },
};

/**
 * Contentful apps.
 *
 * Source: Contentful Docs, "Request verification"; `@contentful/node-apps-toolkit` 3.16.1.
 * Replay: the time is signed, in milliseconds. The sender's library takes it for 30 seconds, which a cold start and two clocks may use up; told
 * apart by the hash of what is signed.
 * Weakness: which headers are signed is in a header; it must name itself and the time.
 */
export const CONTENTFUL: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  signature: { from: 'header', names: ['x-contentful-signature'] },
  content: ['contentful'],
  timestamp: { header: 'x-contentful-timestamp', unit: 'ms', toleranceSeconds: 60 },
};

/**
 * Discord, interactions and events.
 *
 * Source: Discord Docs, "Interactions overview", "Validating security request headers"; `discord-interactions` 4.4.0.
 * Replay: the time is signed, though the sender's library does not look at it; told apart by the interaction's `id` in the signed body.
 * Weakness: time and body are joined by nothing; a time of now has ten digits, so that the boundary cannot move. PING is answered.
 */
export const DISCORD: DetachedScheme = {
  type: 'detached',
  key: 'ed25519-hex',
  accepts: [{ algorithm: 'ed25519', encoding: 'hex' }],
  signature: { from: 'header', names: ['x-signature-ed25519'] },
  content: ['timestamp', 'body'],
  timestamp: { header: 'x-signature-timestamp', unit: 's', toleranceSeconds: 300 },
  id: { pointer: '/id' },
  handshake: 'discord',
};

/**
 * Twilio SendGrid, Event Webhook.
 *
 * Source: Twilio Docs, "Getting started with the Event Webhook security features"; `@sendgrid/eventwebhook` 8.0.0.
 * Replay: the time is signed, though the sender's library does not look at it; told apart by the hash of time and body. Events in a body have a
 * `sg_event_id` each.
 * Weakness: as with any ECDSA, who has a signature can write another for the same content. The body ends in CRLF, which is signed.
 */
export const SENDGRID: DetachedScheme = {
  type: 'detached',
  key: 'spki-base64',
  accepts: [{ algorithm: 'ecdsa-p256-sha256-der', encoding: 'base64' }],
  signature: { from: 'header', names: ['x-twilio-email-event-webhook-signature'] },
  content: ['timestamp', 'body'],
  timestamp: { header: 'x-twilio-email-event-webhook-timestamp', unit: 's', toleranceSeconds: 300 },
};

/** `v0=<hex>`, over `v0:<time>:<body>`. */
function versioned(signature: string, timestamp: string): DetachedScheme {
  return {
    type: 'detached',
    key: 'utf8',
    accepts: [{ label: 'v0=', algorithm: 'hmac-sha256', encoding: 'hex' }],
    signature: { from: 'header', names: [signature] },
    content: [{ literal: 'v0:' }, 'timestamp', { literal: ':' }, 'body'],
    timestamp: { header: timestamp, unit: 's', toleranceSeconds: 300 },
  };
}
