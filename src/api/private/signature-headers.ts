/**
 * Header fields with the signatures of webhooks, as the senders document them that `SignatureScheme` knows; a test holds them to the presets.
 *
 * Where a sender signs no time, a signature verifies its delivery for as long as the key lives. DocuSign numbers its fields up to 100, one for each
 * key of an account; WAF hides 100 fields in all, so the first ten are here.
 */
export const SIGNATURE_HEADERS = [
  'box-signature-primary',
  'box-signature-secondary',
  'hmacsignature',
  'linear-signature',
  'mux-signature',
  'paddle-signature',
  'paypal-transmission-sig',
  'plaid-verification',
  'sanity-webhook-signature',
  'signature',
  'stripe-signature',
  'svix-signature',
  'upstash-signature',
  'webhook-signature',
  'workos-signature',
  'x-cc-webhook-signature',
  'x-contentful-signature',
  'x-convoy-signature',
  ...Array.from({ length: 10 }, (_none, index) => `x-docusign-signature-${index + 1}`),
  'x-hmac-signature',
  'x-hub-signature',
  'x-hub-signature-256',
  'x-hubspot-signature-v3',
  'x-line-signature',
  'x-razorpay-signature',
  'x-sfmc-ens-signature',
  'x-shopify-hmac-sha256',
  'x-signature-ed25519',
  'x-slack-signature',
  'x-square-hmacsha256-signature',
  'x-twilio-email-event-webhook-signature',
  'x-twilio-signature',
  'x-zendesk-webhook-signature',
  'x-zm-signature',
];
