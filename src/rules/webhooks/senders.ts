/** What is known of a sender that a preset of the runtime stands for; a test holds the two to each other. */
export interface Sender {
  /** How far its signed time may be off from now without anything else said; undefined where it signs no time. */
  readonly toleranceSeconds?: number;
  /** Keys come from a certificate that the delivery names, or are stored. */
  readonly keys: 'certificate' | 'stored';
  /** Whether it signs the body at all. */
  readonly signs: boolean;
}

const UNTIMED: Sender = { keys: 'stored', signs: true };
const timed = (toleranceSeconds: number): Sender => ({ ...UNTIMED, toleranceSeconds });

/** Senders by the name of their preset. */
export const SENDERS: ReadonlyMap<string, Sender> = new Map(Object.entries<Sender>({
  'adyen-payment': UNTIMED,
  'adyen-platform': UNTIMED,
  'aws-sns': { ...timed(3600), keys: 'certificate' },
  'box': timed(600),
  'coinbase-commerce': UNTIMED,
  'contentful': timed(60),
  'convoy': timed(300),
  'convoy-simple': UNTIMED,
  'discord': timed(300),
  'docusign': UNTIMED,
  'easypost': UNTIMED,
  'github': UNTIMED,
  'gocardless': UNTIMED,
  'hubspot-v3': timed(300),
  'intercom': UNTIMED,
  'line': UNTIMED,
  'linear': timed(60),
  'mux': timed(300),
  'okta': { keys: 'stored', signs: false },
  'paddle': timed(60),
  'paypal': { ...timed(86400), keys: 'certificate' },
  'plaid': timed(300),
  'qstash': timed(60),
  'razorpay': UNTIMED,
  'rfc9421': timed(300),
  'salesforce-ens': UNTIMED,
  'sanity': timed(300),
  'sendgrid': timed(300),
  'shopify': UNTIMED,
  'slack': timed(300),
  'square': UNTIMED,
  'standard-webhooks': timed(300),
  'stripe': timed(300),
  'svix': timed(300),
  'twilio': UNTIMED,
  'workos': timed(180),
  'zendesk': timed(300),
  'zoom': timed(300),
}));
