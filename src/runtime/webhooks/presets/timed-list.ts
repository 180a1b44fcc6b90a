import type { Accepted, DetachedScheme } from '../scheme';

/**
 * Stripe.
 *
 * Source: Stripe Docs, "Resolve webhook signature verification errors" and "Verify manually"; `stripe` 23.1.0.
 * Replay: the time is signed; deliveries are told apart by the event's `id` in the signed body.
 * Weakness: `v0` is of test fixtures and is not accepted. The secret is used with its prefix `whsec_`, unlike Standard Webhooks.
 */
export const STRIPE: DetachedScheme = {
  ...timedList('stripe-signature', 's', 300),
  id: { pointer: '/id' },
};

/**
 * Mux.
 *
 * Source: Mux Docs, "Verify webhook signatures"; `@mux/mux-node`.
 * Replay: the time is signed; deliveries are told apart by the event's `id` in the signed body.
 * Weakness: none known.
 */
export const MUX: DetachedScheme = {
  ...timedList('mux-signature', 's', 300),
  id: { pointer: '/id' },
};

/**
 * WorkOS, whose time is in milliseconds.
 *
 * Source: WorkOS Docs, "Sync data with webhooks"; `@workos-inc/node` 8.13.0.
 * Replay: the time is signed, and good for three minutes; deliveries are told apart by the event's `id` in the signed body.
 * Weakness: the sender's library signs JSON that it writes itself; the body is sent as it was signed.
 */
export const WORKOS: DetachedScheme = {
  ...timedList('workos-signature', 'ms', 180),
  id: { pointer: '/id' },
};

/**
 * Sanity, whose time is in milliseconds and whose signature is base64url.
 *
 * Source: `@sanity/webhook` 4.0.4.
 * Replay: the time is signed, though the sender's library does not look at it; the header `idempotency-key` is not signed, so that deliveries
 * are told apart by the hash of time and body: one that is tried again counts as another.
 * Weakness: none known.
 */
export const SANITY: DetachedScheme = {
  ...timedList('sanity-webhook-signature', 'ms', 300),
  accepts: [{ label: 'v1', algorithm: 'hmac-sha256', encoding: 'base64url' }],
};

/**
 * Paddle Billing.
 *
 * Source: Paddle Docs, "Verify webhook signatures"; `@paddle/paddle-node-sdk` 3.10.0.
 * Replay: the time is signed. The sender's library takes it for five seconds, which a cold start may last; deliveries are told apart by
 * `event_id` in the signed body, so that a minute costs nothing.
 * Weakness: none known.
 */
export const PADDLE: DetachedScheme = {
  type: 'detached',
  key: 'utf8',
  accepts: [{ label: 'h1', algorithm: 'hmac-sha256', encoding: 'hex' }],
  signature: { from: 'list', name: 'paddle-signature', separator: ';', assign: '=' },
  content: ['timestamp', { literal: ':' }, 'body'],
  timestamp: { label: 'ts', unit: 's', toleranceSeconds: 60 },
  id: { pointer: '/event_id' },
};

/**
 * Convoy, advanced signatures, in any hash and encoding that a project can choose.
 *
 * Source: Convoy Docs, "Webhook signatures"; frain-dev/convoy, `pkg/signature`.
 * Replay: the time is signed; deliveries are told apart by the hash of time and body.
 * Weakness: the header's name can be configured; this is the default.
 */
export const CONVOY: DetachedScheme = {
  ...timedList('x-convoy-signature', 's', 300),
  accepts: ['v1', 'v2'].flatMap((label) => convoyKinds().map((kind) => ({ label, ...kind }))),
  content: ['timestamp', { literal: ',' }, 'body'],
};

/** What a Convoy project can choose. */
export function convoyKinds(): readonly Accepted[] {
  return [
    { algorithm: 'hmac-sha256', encoding: 'hex' },
    { algorithm: 'hmac-sha256', encoding: 'base64' },
    { algorithm: 'hmac-sha512', encoding: 'hex' },
    { algorithm: 'hmac-sha512', encoding: 'base64' },
  ];
}

/** `t=<time>,v1=<hex>`, over time, a dot and the body. */
function timedList(name: string, unit: 's' | 'ms', toleranceSeconds: number): DetachedScheme {
  return {
    type: 'detached',
    key: 'utf8',
    accepts: [{ label: 'v1', algorithm: 'hmac-sha256', encoding: 'hex' }],
    signature: { from: 'list', name, separator: ',', assign: '=' },
    content: ['timestamp', { literal: '.' }, 'body'],
    timestamp: { label: 't', unit, toleranceSeconds },
  };
}
