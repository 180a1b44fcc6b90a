import { BODY, bodyHash, delivery, headerOf, hmac, ISO, jwt, NOW, sampleOf, secretKey, SENT_TO, withHeader } from './senders';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { PresetName } from '../../../src/runtime/webhooks/presets';
import { outsideWindow, readTimestamp } from '../../../src/runtime/webhooks/timestamps';
import { verify } from '../../../src/runtime/webhooks/verify';

const TOLERANCES: readonly (readonly [PresetName, number])[] = [
  ['standard-webhooks', 300], ['stripe', 300], ['workos', 180], ['paddle', 60], ['zendesk', 300], ['hubspot-v3', 300], ['linear', 60], ['box', 600],
  ['discord', 300], ['plaid', 300], ['paypal', 86400], ['aws-sns', 3600], ['rfc9421', 300], ['contentful', 60],
];

const refused = (reason: string) => ({ outcome: 'refused', reason });

test.each(TOLERANCES)('18: %s is good for %d seconds on either side, and no longer', (preset, tolerance) => {
  const { scheme, keys, delivery: sent } = sampleOf(preset);
  const at = (offset: number) => verify(sent, scheme, keys, NOW + offset);
  expect(at(tolerance)).toHaveProperty('outcome', 'genuine');
  expect(at(-tolerance)).toHaveProperty('outcome', 'genuine');
  expect(at(tolerance + 0.001)).toEqual(refused('stale'));
  expect(at(-tolerance - 0.001)).toEqual(refused('premature'));
});

test('18 and 19: a token with an expiry is good until then, and not before it begins', () => {
  const { scheme, keys, delivery: sent } = sampleOf('qstash');
  const at = (seconds: number) => verify(sent, scheme, keys, seconds);
  expect(at(NOW + 360)).toHaveProperty('outcome', 'genuine');
  expect(at(NOW + 361)).toEqual(refused('stale'));
  expect(at(NOW - 60)).toHaveProperty('outcome', 'genuine');
  expect(at(NOW - 61)).toEqual(refused('premature'));
});

test.each(TOLERANCES)('19: %s refuses a delivery of tomorrow', (preset) => {
  const { scheme, keys, delivery: sent } = sampleOf(preset);
  expect(verify(sent, scheme, keys, NOW - 86401)).toEqual(refused('premature'));
});

const slack = (time: string) => verify(delivery({
  'X-Slack-Request-Timestamp': time, 'X-Slack-Signature': `v0=${hmac('sha256', 'hex', `v0:${time}:`, BODY)}`,
}), sampleOf('slack').scheme, [secretKey()], NOW);

const NO_TIMES = [
  '', '0', `${NOW}abc`, `+${NOW}`, `-${NOW}`, `0${NOW}`, '1e9', '0x695A2B00', 'Infinity', 'NaN', `${NOW}.0`, `${NOW} 0`, '12345678901234567890', `${NOW}000`,
  '１７６７２２５６００', ISO,
];

test.each(NO_TIMES)('20 and 21: refuses the time %j in seconds, although it is signed', (time) => {
  expect(slack(time)).toHaveProperty('outcome', 'refused');
  expect(['malformed-timestamp', 'malformed-header']).toContain((slack(time) as { reason: string }).reason);
});

test('20: refuses seconds where milliseconds are expected', () => {
  const sent = delivery({ 'WorkOS-Signature': `t=${NOW}, v1=${hmac('sha256', 'hex', `${NOW}.`, BODY)}` });
  expect(verify(sent, sampleOf('workos').scheme, [secretKey()], NOW)).toEqual(refused('stale'));
});

test('22: refuses a list with two times, or none', () => {
  const { scheme, keys, delivery: sent } = sampleOf('stripe');
  const signature = headerOf(sent, 'stripe-signature');
  const judge = (text: string) => verify(withHeader(sent, 'stripe-signature', text), scheme, keys, NOW);
  expect(judge(`${signature},t=${NOW}`)).toEqual(refused('duplicate-header'));
  expect(judge(`t=${NOW + 1},${signature}`)).toEqual(refused('duplicate-header'));
  expect(judge(signature.replace(/^t=\d+,/, ''))).toEqual(refused('missing-header'));
});

test.each([
  ['slack', 'x-slack-request-timestamp', `${NOW + 1}`],
  ['zendesk', 'x-zendesk-webhook-signature-timestamp', '2026-01-01T00:00:01Z'],
  ['hubspot-v3', 'x-hubspot-request-timestamp', `${NOW}001`],
  ['box', 'box-delivery-timestamp', ISO],
  ['contentful', 'x-contentful-timestamp', `${NOW}001`],
  ['paypal', 'paypal-transmission-time', '2026-01-01T00:00:01Z'],
] as const)('23: refuses a delivery of %s whose time was changed', (preset, name, time) => {
  const { scheme, keys, delivery: sent } = sampleOf(preset);
  expect(verify(withHeader(sent, name, time), scheme, keys, NOW)).toEqual(refused('forged'));
});

test('24: the boundary between time and body cannot move', () => {
  const { scheme, keys, delivery: sent } = sampleOf('discord');
  const shorter = { ...withHeader(sent, 'x-signature-timestamp', `${NOW}`.slice(0, -1)), body: Buffer.concat([Buffer.from('0'), BODY]) };
  const longer = { ...withHeader(sent, 'x-signature-timestamp', `${NOW}{`), body: BODY.subarray(1) };
  expect(verify(shorter, scheme, keys, NOW)).toEqual(refused('stale'));
  expect(verify(longer, scheme, keys, NOW)).toEqual(refused('malformed-timestamp'));
  const digits = { ...withHeader(sent, 'x-signature-timestamp', `${NOW}1`), body: BODY };
  expect(verify(digits, scheme, keys, NOW)).toEqual(refused('premature'));
});

test('24: an id has no separator in it', () => {
  const { scheme, keys, delivery: sent } = sampleOf('standard-webhooks');
  for (const id of ['evt.1', `evt_1.${NOW}`, 'evt 1', '', 'x'.repeat(257)]) {
    expect(verify(withHeader(sent, 'webhook-id', id), scheme, keys, NOW)).toEqual(refused('malformed-id'));
  }
});

test.each([
  '2026-01-01T00:00:00', '2026-01-01', '2026-01-01 00:00:00Z', '2026-02-30T00:00:00Z', '2025-02-29T00:00:00Z', '2026-01-01T24:00:00Z', '2016-12-31T23:59:60Z',
  '10000-01-01T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T00:00:00z', '2026-01-01T00:00:00.Z', '2026-01-01T00:00:00+24:00', '2026-01-01T00:00:00+00:60',
  '+002026-01-01T00:00:00Z', 'now', '',
])('25: %s is no point in time', (text) => {
  expect(readTimestamp(text, 'iso8601')).toEqual(refused('malformed-timestamp'));
});

test('25: reads zones and fractions', () => {
  expect(readTimestamp('2026-01-01T01:30:00.250+01:30', 'iso8601')).toBe(NOW + 0.25);
  expect(readTimestamp('2024-02-29T00:00:00Z', 'iso8601')).toBe(1709164800);
});

test('26: the time of arrival is given, and must be one', () => {
  const { scheme, keys, delivery: sent } = sampleOf('github');
  expect(() => verify(sent, scheme, keys, NaN)).toThrow('the time of arrival must be a number');
  expect(outsideWindow(NaN, NOW, 300)).toEqual(refused('stale'));
});

test('the time in a body must be one', () => {
  const linear = (webhookTimestamp: unknown) => {
    const body = Buffer.from(JSON.stringify({ webhookTimestamp }));
    return verify(delivery({ 'Linear-Signature': hmac('sha256', 'hex', body) }, body), sampleOf('linear').scheme, [secretKey()], NOW);
  };
  expect(linear(`${NOW}000`)).toHaveProperty('outcome', 'genuine');
  for (const time of [NOW, NOW * 1000 + 0.5, null, {}, 'now', -1, 1e30]) expect(linear(time)).toHaveProperty('outcome', 'refused');
});

test.each([
  ['no time', {}, 'malformed-timestamp'],
  ['a time that is text', { exp: `${NOW}` }, 'malformed-timestamp'],
  ['a time that is no number', { exp: NOW, nbf: null }, 'malformed-timestamp'],
  ['an issue in the future', { exp: NOW, iat: NOW + 61 }, 'premature'],
])('a token with %s is refused', (_, times, reason) => {
  const token = jwt({ alg: 'HS256' }, { iss: 'Upstash', sub: SENT_TO, body: bodyHash('base64url'), ...times });
  expect(verify(delivery({ 'Upstash-Signature': token }), sampleOf('qstash').scheme, [secretKey()], NOW)).toEqual(refused(reason));
});

test('a tolerance can be set for a sender that signs its time', () => {
  const scheme = parseScheme({ preset: 'slack', toleranceSeconds: 10 });
  expect(verify(sampleOf('slack').delivery, scheme, [secretKey()], NOW + 11)).toEqual(refused('stale'));
});
