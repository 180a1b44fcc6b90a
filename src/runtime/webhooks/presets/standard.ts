import type { DetachedScheme } from '../scheme';

/**
 * Standard Webhooks 1.0, symmetric (`v1`) and asymmetric (`v1a`).
 *
 * Source: "Standard Webhooks specification", "Verifying webhook authenticity" and "Signature scheme".
 * Replay: time and id are signed, the id stays the same when a delivery is tried again.
 * Weakness: id, time and body are joined by dots, so an id must have none; v1 keys verify and sign alike, v1a keys only verify.
 */
export const STANDARD_WEBHOOKS: DetachedScheme = withHeaders('webhook');

/**
 * Svix, under its own header names; white-labelled it sends those of Standard Webhooks.
 *
 * Source: Svix Docs, "Verifying webhooks manually".
 * Replay and weakness: as of Standard Webhooks.
 */
export const SVIX: DetachedScheme = withHeaders('svix');

function withHeaders(prefix: string): DetachedScheme {
  return {
    type: 'detached',
    key: 'standard-webhooks',
    accepts: [
      { label: 'v1', algorithm: 'hmac-sha256', encoding: 'base64' },
      { label: 'v1a', algorithm: 'ed25519', encoding: 'base64' },
    ],
    signature: { from: 'list', name: `${prefix}-signature`, separator: ' ', assign: ',' },
    content: ['id', { literal: '.' }, 'timestamp', { literal: '.' }, 'body'],
    timestamp: { header: `${prefix}-timestamp`, unit: 's', toleranceSeconds: 300 },
    id: { header: `${prefix}-id` },
  };
}
