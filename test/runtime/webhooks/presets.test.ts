import { NOW, SAMPLES, SECRET, known } from './senders';
import { integrityOf } from '../../../src/runtime/webhooks/coverage';
import { parseScheme, parseSchemeText } from '../../../src/runtime/webhooks/parse-scheme';
import { PRESETS } from '../../../src/runtime/webhooks/presets';
import { verify } from '../../../src/runtime/webhooks/verify';

/** What tells deliveries apart where the sender signs an identifier; the others go by the hash of what is signed. */
const WITH_ID = [
  'standard-webhooks', 'svix', 'stripe', 'mux', 'workos', 'paddle', 'slack', 'square', 'intercom', 'gocardless', 'coinbase-commerce', 'easypost',
  'box', 'discord', 'qstash', 'paypal', 'aws-sns',
];
const WITHOUT_TIME = [
  'convoy-simple', 'github', 'shopify', 'square', 'twilio', 'adyen-payment', 'adyen-platform', 'docusign', 'salesforce-ens', 'intercom', 'line',
  'razorpay', 'gocardless', 'coinbase-commerce', 'easypost', 'okta',
];
const INTEGRITY: Readonly<Record<string, string>> = { 'twilio': 'fields', 'adyen-payment': 'fields', 'aws-sns': 'fields', 'paypal': 'checksum', 'okta': 'none' };

test('there is a genuine delivery of every preset', () => {
  expect(SAMPLES.map(({ preset }) => preset).sort()).toEqual(Object.keys(PRESETS).sort());
});

describe.each(SAMPLES)('$preset', ({ preset, scheme, keys, delivery }) => {
  test('accepts what the sender sends, and says what it knows of it', () => {
    expect(known(verify(delivery, scheme, keys, NOW))).toEqual({
      outcome: 'genuine',
      dedupeKey: WITH_ID.includes(preset) ? 'id:evt_1' : expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      key: { index: 0, ...keys[0].id === undefined ? {} : { id: keys[0].id } },
      integrity: INTEGRITY[preset] ?? 'body',
      ...WITHOUT_TIME.includes(preset) ? {} : { signedAtSeconds: NOW },
    });
  });

  test('survives being written to an environment variable', () => {
    expect(parseSchemeText(JSON.stringify(scheme), 'SCHEME')).toEqual(scheme);
    expect(integrityOf(parseScheme(scheme))).toBe(INTEGRITY[preset] ?? 'body');
  });

  test('refuses another key, no key and a secret that is too short', () => {
    const refused = (...given: typeof keys) => verify(delivery, scheme, given, NOW);
    expect(refused()).toHaveProperty('outcome', 'refused');
    expect(refused({ type: 'secret', bytes: Buffer.alloc(0) })).toHaveProperty('outcome', 'refused');
    expect(refused({ type: 'secret', bytes: Buffer.from(SECRET.slice(0, 15)) })).toHaveProperty('outcome', 'refused');
    expect(refused({ type: 'secret', bytes: Buffer.from(SECRET.toLowerCase()) })).toHaveProperty('outcome', 'refused');
  });

  test('accepts any key in rotation, and tells which', () => {
    const wrong = { type: 'secret', bytes: Buffer.from('another secret, long enough') } as const;
    expect(verify(delivery, scheme, [wrong, ...keys, wrong], NOW)).toMatchObject({ outcome: 'genuine', key: { index: 1 } });
  });

  test('refuses the delivery a year later if the sender signs its time', () => {
    const later = verify(delivery, scheme, keys, NOW + 365 * 24 * 60 * 60);
    expect(later).toMatchObject(WITHOUT_TIME.includes(preset) ? { outcome: 'genuine' } : { outcome: 'refused', reason: 'stale' });
  });
});
