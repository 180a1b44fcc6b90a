import { ADYEN_PLATFORM, COINBASE_COMMERCE, CONVOY_SIMPLE, DOCUSIGN, EASYPOST, GITHUB, GOCARDLESS, INTERCOM, LINE, RAZORPAY, SALESFORCE_ENS, SHOPIFY } from './presets/body-only';
import { ADYEN_PAYMENT, AWS_SNS, PAYPAL, SQUARE, TWILIO } from './presets/composed';
import { STANDARD_WEBHOOKS, SVIX } from './presets/standard';
import { BOX, CONTENTFUL, DISCORD, HUBSPOT_V3, LINEAR, SENDGRID, SLACK, ZENDESK, ZOOM } from './presets/timed-header';
import { CONVOY, MUX, PADDLE, SANITY, STRIPE, WORKOS } from './presets/timed-list';
import { OKTA, PLAID, QSTASH, RFC9421 } from './presets/tokens';
import type { Scheme } from './scheme';
import { oneOf } from './shape';

/** The schemes of known senders, by name. */
export const PRESETS = {
  'standard-webhooks': STANDARD_WEBHOOKS,
  'svix': SVIX,
  'stripe': STRIPE,
  'mux': MUX,
  'workos': WORKOS,
  'sanity': SANITY,
  'paddle': PADDLE,
  'convoy': CONVOY,
  'convoy-simple': CONVOY_SIMPLE,
  'github': GITHUB,
  'shopify': SHOPIFY,
  'slack': SLACK,
  'zoom': ZOOM,
  'zendesk': ZENDESK,
  'hubspot-v3': HUBSPOT_V3,
  'square': SQUARE,
  'twilio': TWILIO,
  'adyen-payment': ADYEN_PAYMENT,
  'adyen-platform': ADYEN_PLATFORM,
  'docusign': DOCUSIGN,
  'salesforce-ens': SALESFORCE_ENS,
  'intercom': INTERCOM,
  'line': LINE,
  'razorpay': RAZORPAY,
  'gocardless': GOCARDLESS,
  'coinbase-commerce': COINBASE_COMMERCE,
  'easypost': EASYPOST,
  'linear': LINEAR,
  'box': BOX,
  'contentful': CONTENTFUL,
  'discord': DISCORD,
  'sendgrid': SENDGRID,
  'plaid': PLAID,
  'qstash': QSTASH,
  'paypal': PAYPAL,
  'aws-sns': AWS_SNS,
  'okta': OKTA,
  'rfc9421': RFC9421,
} as const satisfies Readonly<Record<string, Scheme>>;

export type PresetName = keyof typeof PRESETS;

const NAMES = Object.keys(PRESETS) as PresetName[];

/** What may be said besides a preset's name; a preset is what the sender does, and its signature is not for the receiver to choose. */
const ADJUSTABLE = ['toleranceSeconds', 'settings', 'require', 'maxBodyBytes'];

/** RFC 9421 is a framework, whose use sender and receiver agree on. */
const AGREED = [...ADJUSTABLE, 'key', 'algorithms', 'components', 'tag', 'id'];

/**
 * The scheme that `{ "preset": <name>, ... }` stands for; what has no preset is given back as it is.
 *
 * `toleranceSeconds`, `settings` and `maxBodyBytes` take the place of the preset's, `require` is added to it.
 */
export function withPreset(given: unknown, where: string): unknown {
  if (typeof given !== 'object' || given === null || !('preset' in given)) return given;
  const { preset, ...members } = given as Readonly<Record<string, unknown>>;
  const base: Scheme = PRESETS[oneOf(NAMES)(preset, `${where}.preset`)];
  const allowed = base.type === 'http-message' ? AGREED : ADJUSTABLE;
  const refused = Object.keys(members).find((name) => !allowed.includes(name));
  if (refused !== undefined) throw new Error(`${where} must have no member '${refused}' besides a preset`);

  const { toleranceSeconds, require, ...others } = members;
  return { ...base, ...others, ...withTolerance(base, toleranceSeconds, where), ...withRequired(base, require) };
}

function withTolerance(base: Scheme, toleranceSeconds: unknown, where: string): object {
  if (toleranceSeconds === undefined) return {};
  if (base.type === 'jwt' || base.type === 'http-message') return { toleranceSeconds };
  if (base.type === 'static' || !base.timestamp) throw new Error(`${where} must have no toleranceSeconds, since the sender signs no time`);
  return { timestamp: { ...base.timestamp, toleranceSeconds } };
}

function withRequired(base: Scheme, require: unknown): object {
  return Array.isArray(require) ? { require: [...base.require ?? [], ...require] } : require === undefined ? {} : { require };
}
