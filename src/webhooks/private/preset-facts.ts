import { SchemeIntegrity } from './bound-scheme';
import { WebhookKeyFormat } from '../webhook-key-format';

/** What constructs have to know of a preset of the verifier; a test holds each to what the verifier does. */
export interface PresetFacts {
  readonly key: WebhookKeyFormat;
  readonly signsTime: boolean;
  readonly integrity: SchemeIntegrity;
  /** The delivery names the certificate that verifies it. */
  readonly namesCertificate?: boolean;
  /** Requirements of its own. */
  readonly requirements?: number;
  /** Claims of a token may be required. */
  readonly hasClaims?: boolean;
}

const { UTF8, UTF8_NFKD, HEX, STANDARD_WEBHOOKS, ED25519_HEX, SPKI_BASE64, PEM, JWKS } = WebhookKeyFormat;

const TIMED: PresetFacts = { key: UTF8, signsTime: true, integrity: 'body' };
const TIMELESS: PresetFacts = { key: UTF8, signsTime: false, integrity: 'body' };

/** Presets of the verifier, by name; that of RFC 9421 is written out instead, since the two sides agree on its use. */
export const PRESET_FACTS = {
  'standard-webhooks': { ...TIMED, key: STANDARD_WEBHOOKS },
  'svix': { ...TIMED, key: STANDARD_WEBHOOKS },
  'stripe': TIMED,
  'mux': TIMED,
  'workos': TIMED,
  'sanity': TIMED,
  'paddle': TIMED,
  'convoy': TIMED,
  'convoy-simple': TIMELESS,
  'github': TIMELESS,
  'shopify': TIMELESS,
  'slack': TIMED,
  'zoom': TIMED,
  'zendesk': TIMED,
  'hubspot-v3': TIMED,
  'square': TIMELESS,
  'twilio': { ...TIMELESS, integrity: 'fields' },
  'adyen-payment': { ...TIMELESS, key: HEX, integrity: 'fields' },
  'adyen-platform': { ...TIMELESS, key: HEX },
  'docusign': TIMELESS,
  'salesforce-ens': TIMELESS,
  'intercom': TIMELESS,
  'line': TIMELESS,
  'razorpay': TIMELESS,
  'gocardless': TIMELESS,
  'coinbase-commerce': TIMELESS,
  'easypost': { ...TIMELESS, key: UTF8_NFKD },
  'linear': TIMED,
  'box': TIMED,
  'contentful': TIMED,
  'discord': { ...TIMED, key: ED25519_HEX },
  'sendgrid': { ...TIMED, key: SPKI_BASE64 },
  'plaid': { ...TIMED, key: JWKS, hasClaims: true },
  'qstash': { ...TIMED, requirements: 1, hasClaims: true },
  'paypal': { ...TIMED, key: PEM, integrity: 'checksum', namesCertificate: true, requirements: 1 },
  'aws-sns': { ...TIMED, key: PEM, integrity: 'fields', namesCertificate: true, requirements: 1 },
  'okta': { ...TIMELESS, integrity: 'none' },
} as const satisfies Readonly<Record<string, PresetFacts>>;

export type PresetName = keyof typeof PRESET_FACTS;
