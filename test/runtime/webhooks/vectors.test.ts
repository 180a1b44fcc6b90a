import { judge, VECTORS } from './vectors';

/** Why each invalid vector is refused, so that none is refused for want of a key. */
const REASONS: Readonly<Record<string, string>> = {
  'stdwh-v1-ts-changed': 'forged',
  'stdwh-v1-boundary-shift-id-with-dot': 'malformed-id',
  'stdwh-v1-expired-301s': 'stale',
  'stdwh-v1-dollar-pattern-body': 'forged',
  'stdwh-v1a-public-key-as-hmac-key': 'forged',
  'stdwh-v1-tampered-body': 'forged',
  'stdwh-v1-invalid-utf8-collision': 'forged',
  'stdwh-v1-id-changed': 'forged',
  'stdwh-v1-future-301s': 'premature',
  'svix-tampered': 'forged',
  'stripe-tampered': 'forged',
  'stripe-bom-prefixed': 'forged',
  'stripe-reserialised-body': 'forged',
  'stripe-ts-trailing-garbage': 'malformed-timestamp',
  'stripe-uppercase-hex': 'malformed-signature',
  'stripe-ts-in-ms': 'malformed-timestamp',
  'stripe-downgrade-v0': 'malformed-signature',
  'github-no-prefix': 'malformed-signature',
  'github-duplicate-header-joined': 'malformed-signature',
  'github-truncated': 'malformed-signature',
  'github-sha1-downgrade': 'malformed-signature',
  'slack-expired': 'stale',
  'slack-future': 'premature',
  'slack-form-normalised': 'forged',
  'slack-tampered': 'forged',
  'hubspot-v3-expired': 'stale',
  'twilio-json-no-bodysha': 'not-covered',
  'twilio-form-tampered': 'forged',
  'twilio-wrong-host': 'forged',
  'discord-one-year-old': 'stale',
  'discord-tampered': 'forged',
  'sendgrid-zero-signature': 'forged',
  'plaid-alg-none': 'unsupported-algorithm',
  'plaid-iat-old': 'stale',
  'sns-v1-sha1': 'forged',
  'sns-certurl-userinfo': 'key-not-allowed',
  'sns-certurl-http': 'key-not-allowed',
  'sns-certurl-bucket-lookalike': 'key-not-allowed',
  'sns-tampered': 'forged',
  'rfc9421-alg-param-swapped': 'forged',
  'rfc9421-insufficient-coverage': 'digest-mismatch',
};

test.each(VECTORS.filter((vector) => vector.expect === 'valid'))('$id is genuine', (vector) => {
  expect(judge(vector)).toHaveProperty('outcome', 'genuine');
});

test.each(VECTORS.filter((vector) => vector.expect === 'invalid'))('$id is refused', (vector) => {
  expect(judge(vector)).toEqual({ outcome: 'refused', reason: REASONS[vector.id] });
});

test.each(VECTORS.filter(({ dedupe }) => dedupe))('$id is a duplicate of what it replays', (vector) => {
  const original = judge(VECTORS.find(({ id }) => id === vector.dedupe!.sameAs)!);
  expect(judge(vector)).toHaveProperty('dedupeKey', (original as { dedupeKey: string }).dedupeKey);
});

test('there are vectors of both kinds', () => {
  expect(VECTORS).toHaveLength(71);
  expect(VECTORS.filter((vector) => vector.expect === 'valid')).toHaveLength(30);
});
