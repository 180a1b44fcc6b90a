import { createHmac } from 'node:crypto';
import { BODY, bodyHash, delivery, jwt, NOW, P256, sampleOf, secretKey, SENT_TO } from './senders';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });
const { scheme: PLAID, keys: PLAID_KEYS } = sampleOf('plaid');
const { scheme: QSTASH } = sampleOf('qstash');

const CLAIMS = { iat: NOW, request_body_sha256: bodyHash('hex') };
const QSTASH_CLAIMS = { iss: 'Upstash', sub: SENT_TO, exp: NOW + 300, body: bodyHash('base64url') };

const plaid = (token: string) => verify(delivery({ 'Plaid-Verification': token }), PLAID, PLAID_KEYS, NOW);
const qstash = (header: object, claims: unknown, body = BODY) => verify(
  delivery({ 'Upstash-Signature': jwt({ alg: 'HS256', ...header }, claims) }, body), QSTASH, [secretKey()], NOW,
);

test.each([
  ['no algorithm', { kid: 'k1' }],
  ['none', { alg: 'none', kid: 'k1' }],
  ['None', { alg: 'None', kid: 'k1' }],
  ['HS256, keyed with what is public', { alg: 'HS256', kid: 'k1' }],
  ['an algorithm that objects have', { alg: 'constructor', kid: 'k1' }],
  ['critical extensions', { alg: 'ES256', kid: 'k1', crit: ['b64'] }],
  ['a key of its own', { alg: 'ES256', kid: 'k1', jwk: P256.publicKey.export({ format: 'jwk' }) }],
  ['the address of a key', { alg: 'ES256', kid: 'k1', jku: 'https://evil.example' }],
])('52: a token with %s is refused', (_, header) => {
  expect(plaid(jwt(header, CLAIMS))).toEqual(refused('unsupported-algorithm'));
});

test('52: a token that an HMAC under the public key signs is refused', () => {
  const input = jwt({ alg: 'ES256', kid: 'k1' }, CLAIMS).split('.').slice(0, 2).join('.');
  const pem = P256.publicKey.export({ format: 'pem', type: 'spki' });
  expect(plaid(`${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`)).toEqual(refused('forged'));
});

test.each(['k2', '../k1', 'x'.repeat(257), '', 'k1\n', 1, null, {}])('52: a token of the key %j, which is none of those that are stored, is refused', (kid) => {
  expect(plaid(jwt({ alg: 'ES256', kid }, CLAIMS))).toEqual(refused('unknown-key'));
});

test('52: an old token is refused, and so is one that names no key where keys have names', () => {
  expect(plaid(jwt({ alg: 'ES256', kid: 'k1' }, { ...CLAIMS, iat: NOW - 301 }))).toEqual(refused('stale'));
  expect(plaid(jwt({ alg: 'ES256' }, CLAIMS))).toEqual(refused('unknown-key'));
});

test.each(['', '.', '..', 'a.b.c', 'e30.e30', 'e30.e30.', 'e30.e30.AA.AA', 'e30=.e30.AA', 'W10.e30.AA', 'e30.bnVsbA.AA', 'e30.MQ.AA', '!.e30.AA'])('refuses %j, which is no token', (token) => {
  expect(plaid(token)).toHaveProperty('outcome', 'refused');
});

test('refuses a token with a fourth part', () => {
  const token = jwt({ alg: 'ES256', kid: 'k1' }, CLAIMS);
  expect(plaid(token)).toHaveProperty('outcome', 'genuine');
  expect(plaid(`${token}.AA`)).toEqual(refused('malformed-signature'));
});

test('refuses a token with a member twice', () => {
  const twice = Buffer.from('{"alg":"ES256","alg":"ES256","kid":"k1"}').toString('base64url');
  expect(plaid(`${twice}.e30.AA`)).toEqual(refused('malformed-signature'));
});

test('the hash must be of the body, padded or not', () => {
  expect(qstash({}, QSTASH_CLAIMS)).toHaveProperty('outcome', 'genuine');
  expect(qstash({}, { ...QSTASH_CLAIMS, body: `${QSTASH_CLAIMS.body}=` })).toHaveProperty('outcome', 'genuine');
  for (const body of [undefined, '', 1, `${QSTASH_CLAIMS.body}==`, bodyHash('hex'), bodyHash('base64url', Buffer.from('x'))]) {
    expect(qstash({}, { ...QSTASH_CLAIMS, body })).toEqual(refused('digest-mismatch'));
  }
  expect(qstash({}, QSTASH_CLAIMS, Buffer.from('{}'))).toEqual(refused('digest-mismatch'));
});

test('issuer and address must be as configured', () => {
  expect(qstash({}, { ...QSTASH_CLAIMS, iss: 'upstash' })).toEqual(refused('not-allowed'));
  expect(qstash({}, { ...QSTASH_CLAIMS, sub: `${SENT_TO}/` })).toEqual(refused('not-allowed'));
  expect(qstash({}, { ...QSTASH_CLAIMS, sub: undefined })).toEqual(refused('not-allowed'));
  const inherited = Buffer.from(JSON.stringify(QSTASH_CLAIMS).replace('{', '{"__proto__":{"jti":"evt_9"},'));
  const input = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${inherited.toString('base64url')}`;
  const token = `${input}.${createHmac('sha256', (secretKey() as { bytes: Buffer }).bytes).update(input).digest('base64url')}`;
  expect(verify(delivery({ 'Upstash-Signature': token }), QSTASH, [secretKey()], NOW)).toHaveProperty('dedupeKey', expect.stringMatching(/^sha256:/));
});

test('a key with a name verifies only what names it, one without a name whatever it signed', () => {
  expect(verify(sampleOf('qstash').delivery, QSTASH, [secretKey(undefined, 'k')], NOW)).toEqual(refused('unknown-key'));
  expect(qstash({ kid: 'k' }, QSTASH_CLAIMS)).toHaveProperty('outcome', 'genuine');
});
