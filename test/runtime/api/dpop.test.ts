import { boundToken, CLIENT, clientKey, DpopWorld, jktOf, ORIGIN, PATH, proof, proven } from './proofs';
import { confusedToken, encode, signer, token } from './tokens';
import { claims, event, ISSUER, NOW, RSA } from './world';

const SECONDS = NOW / 1000;
const TOKEN = boundToken();

let world: DpopWorld;

beforeEach(() => { world = new DpopWorld(); });

/** Expects 401, and the one line of the log that says why. */
async function expectRefused(request: ReturnType<typeof proven>, reason: string) {
  expect(await world.outcome(request)).toBe('Unauthorized');
  expect(world.logged).toEqual([{ outcome: 'denied', reason, route: 'GET /orders/{id}', issuer: ISSUER }]);
}

describe('a good proof', () => {
  test.each(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA'])('passes when made with %s', async (alg) => {
    const key = clientKey(alg);
    const text = boundToken(key);
    expect(await world.outcome(proven(text, proof(text, {}, {}, key)))).toBe('allow');
    expect(world.logged).toEqual([]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a query and a fragment, which do not count', { htu: `${ORIGIN}${PATH}?a=1#b` }],
    ['a host in capitals and the default port', { htu: `HTTPS://API.example.com:443${PATH}` }],
    ['letters that are encoded without need', { htu: `${ORIGIN}/%761/orders/%34711` }],
    ['dots that lead nowhere', { htu: `${ORIGIN}/v1/./x/../orders/4711` }],
    ['another place of the API', { htu: `https://orders.example.org:8443${PATH}` }],
    ['a clock that is a minute ahead', { iat: SECONDS + 60 }],
    ['a clock that is a minute behind', { iat: SECONDS - 60 }],
    ['claims that nobody asked for', { nonce: 'n', exp: 1, extra: [] }],
  ])('passes with %s', async (_name, changes) => {
    expect(await world.outcome(proven(TOKEN, proof(TOKEN, changes)))).toBe('allow');
  });

  test('passes for the URI as it was sent, encoded', async () => {
    const requestContext = { httpMethod: 'GET', resourcePath: '/orders/{id}', path: '/v1/orders/a%2fb%20c' };
    expect(await world.outcome(proven(TOKEN, proof(TOKEN, { htu: `${ORIGIN}/v1/orders/a%2Fb%20c` }), { requestContext }))).toBe('allow');
    expect(await world.outcome(proven(TOKEN, proof(TOKEN, { htu: `${ORIGIN}/v1/orders/a/b%20c` }), { requestContext }))).toBe('Unauthorized');
  });

  test.each([['?', '%3F'], ['#', '%23']])('passes for a path in which API Gateway decoded %s, and not for what stands before it', async (decoded, encoded) => {
    const requestContext = { httpMethod: 'GET', resourcePath: '/orders/{id}', path: `${PATH}${decoded}a` };
    expect(await world.outcome(proven(TOKEN, proof(TOKEN), { requestContext }))).toBe('Unauthorized');
    expect(await world.outcome(proven(TOKEN, proof(TOKEN, { htu: `${ORIGIN}${PATH}${encoded}a` }), { requestContext }))).toBe('allow');
  });

  test('may come in a header of any case, beside one of any scheme\'s case', async () => {
    const headers = { authorization: `dpop ${TOKEN}`, dpop: proof(TOKEN) };
    expect(await world.outcome(proven(TOKEN, undefined, { headers, multiValueHeaders: null }))).toBe('allow');
  });

  test('is used up by its first request, for as long as it could be good', async () => {
    const once = proof(TOKEN, { iat: SECONDS + 60 });
    expect(await world.outcome(proven(TOKEN, once))).toBe('allow');
    world.milliseconds += 119_000;
    await expectRefused(proven(TOKEN, once), 'proof-replayed');
    const [[id, expires]] = [...world.marks];
    expect(id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(expires).toBe(SECONDS + 120);
    world.milliseconds = expires * 1000 + 1;
    world.logged.length = 0;
    await expectRefused(proven(TOKEN, once), 'proof-of-another-time');
  });

  test('of another key may have the same jti', async () => {
    const other = clientKey();
    const text = boundToken(other);
    expect(await world.outcome(proven(TOKEN, proof(TOKEN, { jti: 'one' })))).toBe('allow');
    expect(await world.outcome(proven(text, proof(text, { jti: 'one' }, {}, other)))).toBe('allow');
    expect(world.marks.size).toBe(2);
  });

  test('does not help a token without the scope', async () => {
    const text = boundToken(CLIENT, { scope: 'lines:read' });
    expect(await world.outcome(proven(text, proof(text)))).toBe('deny');
  });
});

describe('a request is refused', () => {
  test('whose bound token comes as a bearer token, with or without a proof', async () => {
    expect(await world.bearing(TOKEN)).toBe('Unauthorized');
    expect(await world.outcome(proven(TOKEN, proof(TOKEN), { headers: { Authorization: `Bearer ${TOKEN}`, DPoP: proof(TOKEN) }, multiValueHeaders: {} }))).toBe('Unauthorized');
    expect(world.reasons).toEqual(['no-dpop-token', 'no-dpop-token']);
  });

  test('whose token is not bound, though it comes with a proof', async () => {
    const text = token(RSA, claims());
    await expectRefused(proven(text, proof(text)), 'not-sender-constrained');
  });

  test.each<[string, unknown]>([
    ['a certificate', { 'x5t#S256': jktOf(CLIENT) }], ['a key and a certificate', { 'jkt': jktOf(CLIENT), 'x5t#S256': jktOf(CLIENT) }], ['a whole key', { jwk: CLIENT.jwk }],
  ])('whose token is bound to %s', async (_name, cnf) => {
    const text = token(RSA, claims({ cnf }));
    await expectRefused(proven(text, proof(text)), 'sender-constrained');
  });

  test('without a proof', () => expectRefused(proven(TOKEN, undefined), 'no-proof'));

  test('with two proofs, also if they are the same', async () => {
    await expectRefused(proven(TOKEN, [proof(TOKEN), proof(TOKEN)]), 'several-proofs');
    world.logged.length = 0;
    const same = proof(TOKEN);
    await expectRefused(proven(TOKEN, [same, same]), 'several-proofs');
  });

  test('of a thief who makes proofs with a key of his own', () => expectRefused(proven(TOKEN, proof(TOKEN, {}, {}, clientKey())), 'proof-by-another-key'));

  test('of a token that is bad, before its proof is looked at', async () => {
    const text = boundToken(CLIENT, { exp: 1 });
    await expectRefused(proven(text, 'CANARY'), 'expired');
  });
});

describe('a proof is refused', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['another method', 'proof-of-another-method', { htm: 'POST' }],
    ['a method in small letters', 'proof-of-another-method', { htm: 'get' }],
    ['another path', 'proof-of-another-uri', { htu: `${ORIGIN}/v1/orders/4712` }],
    ['the path without the base path', 'proof-of-another-uri', { htu: `${ORIGIN}/orders/4711` }],
    ['a path in other letters', 'proof-of-another-uri', { htu: `${ORIGIN}/v1/Orders/4711` }],
    ['another host', 'proof-of-another-uri', { htu: `https://api.example.com.evil.example${PATH}` }],
    ['another port', 'proof-of-another-uri', { htu: `${ORIGIN}:8443${PATH}` }],
    ['plain HTTP', 'proof-of-another-uri', { htu: `http://api.example.com${PATH}` }],
    ['a user', 'proof-of-another-uri', { htu: `https://user:pass@api.example.com${PATH}` }],
    ['backslashes', 'proof-of-another-uri', { htu: 'https:\\\\api.example.com\\v1\\orders\\4711' }],
    ['a path alone', 'proof-of-another-uri', { htu: PATH }],
    ['a port that is none', 'proof-of-another-uri', { htu: `${ORIGIN}:99999${PATH}` }],
    ['a time too far in the past', 'proof-of-another-time', { iat: SECONDS - 61 }],
    ['a time too far in the future', 'proof-of-another-time', { iat: SECONDS + 61 }],
    ['a time in milliseconds', 'proof-of-another-time', { iat: NOW }],
    ['the hash of another token', 'proof-of-another-token', { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' }],
    ['no hash of a token', 'proof-of-another-token', { ath: undefined }],
    ['the token in place of its hash', 'proof-of-another-token', { ath: TOKEN }],
    ['no jti', 'malformed-proof', { jti: undefined }],
    ['an empty jti', 'malformed-proof', { jti: '' }],
    ['a jti without end', 'malformed-proof', { jti: 'x'.repeat(257) }],
    ['no method', 'malformed-proof', { htm: undefined }],
    ['several methods', 'malformed-proof', { htm: ['GET', 'POST'] }],
    ['no URI', 'malformed-proof', { htu: undefined }],
    ['no time', 'malformed-proof', { iat: undefined }],
  ])('that has %s', (_name, reason, changes) => expectRefused(proven(TOKEN, proof(TOKEN, changes)), reason));

  test.each<[string, string, Record<string, unknown>]>([
    ['no type', 'proof-of-another-type', { typ: undefined }],
    ['the type of a JWT', 'proof-of-another-type', { typ: 'JWT' }],
    ['the type of an access token', 'proof-of-another-type', { typ: 'at+jwt' }],
    ['alg none', 'proof-algorithm', { alg: 'none' }],
    ['an HMAC', 'proof-algorithm', { alg: 'HS256' }],
    ['the algorithm of another kind of key', 'proof-algorithm', { alg: 'RS256' }],
    ['the algorithm of another curve', 'proof-algorithm', { alg: 'ES384' }],
    ['no key', 'proof-without-public-key', { jwk: undefined }],
    ['a symmetric key', 'proof-without-public-key', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['the private key', 'proof-without-public-key', { jwk: CLIENT.privateKey.export({ format: 'jwk' }) }],
    ['a key for encryption', 'proof-without-public-key', { jwk: { ...CLIENT.jwk, use: 'enc' } }],
    ['a key that is no point on its curve', 'proof-without-public-key', { jwk: { ...CLIENT.jwk, x: 'AAAA' } }],
    ['the key of somebody else', 'proof-signature', { jwk: clientKey().jwk }],
    ['a critical extension', 'malformed-proof', { crit: ['b64'] }],
    ['the place of a key', 'malformed-proof', { jku: 'https://evil.example/keys' }],
  ])('whose header has %s', (_name, reason, header) => expectRefused(proven(TOKEN, proof(TOKEN, {}, header)), reason));

  test('whose RSA key is short', async () => {
    const { generateKeyPairSync } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const key = { kid: '', alg: 'RS256', privateKey, jwk: { ...publicKey.export({ format: 'jwk' }) } };
    const text = boundToken(key);
    await expectRefused(proven(text, proof(text, {}, {}, key)), 'proof-without-public-key');
  });

  test.each([
    ['is no JWT', 'CANARY'],
    ['is two', `${proof(TOKEN)}, ${proof(TOKEN)}`],
    ['is empty', ''],
    ['has no signature', `${encode({ typ: 'dpop+jwt', alg: 'none', jwk: CLIENT.jwk })}.${encode({})}.`],
    ['is longer than a proof has to be', proof(TOKEN, { pad: 'x'.repeat(4096) })],
  ])('that %s', (_name, text) => expectRefused(proven(TOKEN, text), 'malformed-proof'));

  test('whose signature is an HMAC under the public key', async () => {
    const [header, payload, signature] = confusedToken(CLIENT, { jti: 'j', htm: 'GET', htu: `${ORIGIN}${PATH}`, iat: SECONDS }).split('.');
    const fields = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    await expectRefused(proven(TOKEN, `${encode({ ...fields, typ: 'dpop+jwt', jwk: CLIENT.jwk })}.${payload}.${signature}`), 'proof-algorithm');
  });

  test('that is the access token of another kind of client', () => expectRefused(proven(TOKEN, token(signer('ES256', 'k'), claims())), 'malformed-proof'));
});

describe('our own fault', () => {
  test('is never allowed and tells what happened: whether a proof is new is not known', async () => {
    world.fault = Object.assign(new Error('CANARY'), { name: 'ThrottlingException' });
    expect(await world.outcome(proven(TOKEN, proof(TOKEN)))).toBe('whether the proof is new is not known');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'proofs-unavailable', route: 'GET /orders/{id}', issuer: ISSUER, detail: 'ThrottlingException' }]);
  });

  test.each([undefined, 7, 'orders'])('is an event with the path %p', async (path) => {
    const requestContext = { httpMethod: 'GET', resourcePath: '/orders/{id}', path };
    expect(await world.outcome(proven(TOKEN, proof(TOKEN), { requestContext }))).toBe('the event names no path');
    expect(world.reasons).toEqual(['unusable-event']);
  });

  test('is a path of which no URI can be made: no proof is for it', async () => {
    const requestContext = { httpMethod: 'GET', resourcePath: '/orders/{id}', path: '/ä' };
    await expectRefused(proven(TOKEN, proof(TOKEN, { htu: `${ORIGIN}/ä` }), { requestContext }), 'proof-of-another-uri');
  });
});

test('the header of the token is read as any other', async () => {
  expect(await world.outcome(event(undefined))).toBe('Unauthorized');
  expect(await world.outcome(proven(TOKEN, proof(TOKEN), { multiValueHeaders: { Authorization: [`DPoP ${TOKEN}`, 'DPoP x'] } }))).toBe('Unauthorized');
  expect(world.reasons).toEqual(['no-dpop-token', 'several-tokens']);
});
