import type { Accepted, DetachedScheme } from '../scheme';
import { convoyKinds } from './timed-list';

// None of these signs a time: whoever captured a delivery can send it again for as long as the secret lives. Keep what tells deliveries apart
// for that long, or rotate the secret more often.

/**
 * GitHub.
 *
 * Source: GitHub Docs, "Validating webhook deliveries"; `@octokit/webhooks-methods` 6.0.0.
 * Replay: none signed. `X-GitHub-Delivery` is not signed, so deliveries are told apart by the hash of the body.
 * Weakness: `X-GitHub-Event` is not signed either; route nothing that matters by it. GitHub does not try again. `X-Hub-Signature` (SHA-1) is
 * not looked at.
 */
export const GITHUB: DetachedScheme = bodyOnly('x-hub-signature-256', { label: 'sha256=', algorithm: 'hmac-sha256', encoding: 'hex' });

/**
 * Shopify.
 *
 * Source: Shopify Docs, "Deliver webhooks through HTTPS"; `@shopify/shopify-api` 13.1.0.
 * Replay: none signed. `X-Shopify-Webhook-Id` and `-Triggered-At` are not signed, so deliveries are told apart by the hash of the body.
 * Weakness: topic and shop are in unsigned headers. For up to an hour after a rotation the old secret still signs.
 */
export const SHOPIFY: DetachedScheme = bodyOnly('x-shopify-hmac-sha256', { algorithm: 'hmac-sha256', encoding: 'base64' });

/**
 * Adyen for Platforms and management webhooks.
 *
 * Source: Adyen Docs, "Verify HMAC signatures"; `@adyen/api-library` 32.1.0.
 * Replay: none signed; told apart by the hash of the body.
 * Weakness: none known. The key is written in hex.
 */
export const ADYEN_PLATFORM: DetachedScheme = {
  ...bodyOnly('hmacsignature', { algorithm: 'hmac-sha256', encoding: 'base64' }),
  key: 'hex',
};

/**
 * DocuSign Connect, which signs with each of up to 100 active keys.
 *
 * Source: DocuSign Connect guide, "HMAC security".
 * Replay: none signed; told apart by the hash of the body.
 * Weakness: none known.
 */
export const DOCUSIGN: DetachedScheme = {
  ...bodyOnly('', { algorithm: 'hmac-sha256', encoding: 'base64' }),
  signature: { from: 'numbered', name: 'x-docusign-signature-', most: 100 },
};

/**
 * Salesforce Marketing Cloud, Event Notification Service.
 *
 * Source: Salesforce Docs, "Event Notification Service", "Verify signatures".
 * Replay: none signed; told apart by the hash of the body.
 * Weakness: the documentation does not say whether the key is used as written, as here. The request that verifies the callback is not signed
 * and is refused; verify it by API with what Salesforce shows.
 */
export const SALESFORCE_ENS: DetachedScheme = bodyOnly('x-sfmc-ens-signature', { algorithm: 'hmac-sha256', encoding: 'base64' });

/**
 * Intercom.
 *
 * Source: Intercom Docs, "Webhooks", "Signed notifications".
 * Replay: none signed; told apart by the notification's `id` in the signed body.
 * Weakness: SHA-1, which is still sound as an HMAC (RFC 6194, 3.3).
 */
export const INTERCOM: DetachedScheme = {
  ...bodyOnly('x-hub-signature', { label: 'sha1=', algorithm: 'hmac-sha1', encoding: 'hex' }),
  id: { pointer: '/id' },
};

/**
 * LINE.
 *
 * Source: LINE Developers, "Verify webhook signature"; `@line/bot-sdk` 11.2.0.
 * Replay: none signed; told apart by the hash of the body. A delivery that is tried again says so in its body, and counts as another: tell
 * events apart by their `webhookEventId`.
 * Weakness: none known.
 */
export const LINE: DetachedScheme = bodyOnly('x-line-signature', { algorithm: 'hmac-sha256', encoding: 'base64' });

/**
 * Razorpay.
 *
 * Source: Razorpay Docs, "Validate and test webhooks"; `razorpay`.
 * Replay: none signed; `x-razorpay-event-id` is not signed, so deliveries are told apart by the hash of the body.
 * Weakness: the secret is what somebody typed; under 16 bytes it is refused.
 */
export const RAZORPAY: DetachedScheme = bodyOnly('x-razorpay-signature', { algorithm: 'hmac-sha256', encoding: 'hex' });

/**
 * GoCardless. The header is named as in Standard Webhooks, and is something else.
 *
 * Source: GoCardless Docs, "Webhooks", "Verifying the webhook signature"; `gocardless-nodejs`.
 * Replay: none signed; told apart by `meta.webhook_id` in the signed body.
 * Weakness: none known.
 */
export const GOCARDLESS: DetachedScheme = {
  ...bodyOnly('webhook-signature', { algorithm: 'hmac-sha256', encoding: 'hex' }),
  id: { pointer: '/meta/webhook_id' },
};

/**
 * Coinbase Commerce.
 *
 * Source: Coinbase Docs, "Commerce webhooks", "Securing webhooks"; `coinbase-commerce-node` 1.0.4.
 * Replay: none signed; told apart by the event's `id` in the signed body.
 * Weakness: none known.
 */
export const COINBASE_COMMERCE: DetachedScheme = {
  ...bodyOnly('x-cc-webhook-signature', { algorithm: 'hmac-sha256', encoding: 'hex' }),
  id: { pointer: '/event/id' },
};

/**
 * EasyPost, which normalises the secret to NFKD.
 *
 * Source: EasyPost Docs, "Webhook HMAC validation"; `@easypost/api` 8.9.0.
 * Replay: none signed; told apart by the event's `id` in the signed body.
 * Weakness: the secret is what somebody typed; under 16 bytes it is refused.
 */
export const EASYPOST: DetachedScheme = {
  ...bodyOnly('x-hmac-signature', { label: 'hmac-sha256-hex=', algorithm: 'hmac-sha256', encoding: 'hex' }),
  key: 'utf8-nfkd',
  id: { pointer: '/id' },
};

/**
 * Convoy, simple signatures, in any hash and encoding that a project can choose. Prefer its advanced ones.
 *
 * Source: Convoy Docs, "Webhook signatures"; frain-dev/convoy, `pkg/signature`.
 * Replay: none signed; told apart by the hash of the body.
 * Weakness: the header's name can be configured; this is the default.
 */
export const CONVOY_SIMPLE: DetachedScheme = { ...bodyOnly('x-convoy-signature', ...convoyKinds()) };

/** One signature in a header, over the body alone. */
function bodyOnly(name: string, ...accepts: readonly Accepted[]): DetachedScheme {
  return { type: 'detached', key: 'utf8', accepts, signature: { from: 'header', names: [name] }, content: ['body'] };
}
