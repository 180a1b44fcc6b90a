import { generateKeyPairSync } from 'node:crypto';
import { signer, token } from './tokens';
import { claims, EC, ED, ISSUER, OTHER_ISSUER, RSA, World } from './world';
import { Issuer } from '../../../src/runtime/api/issuers';
import { readKeySet } from '../../../src/runtime/api/key-set';

const MINUTE = 60_000;
const KEYS = `${ISSUER}/keys`;
const DISCOVERY = 'https://id.example.org/.well-known/openid-configuration';
const DOWN = new Error('GET https://login.example.com/tenant/keys: no answer within 1500 ms');
const UNAVAILABLE = 'the keys of the issuer are not available';

let world: World;

/** Presents a token that is valid at the world's time. */
function present(key = RSA, issuer = ISSUER, header = {}): Promise<string> {
  return world.bearing(token(key, claims({ iss: issuer, exp: world.milliseconds / 1000 + 60, iat: undefined }), header));
}

beforeEach(() => { world = new World(); });

describe('keys of an issuer', () => {
  test('are fetched once for many tokens, also for those that come at the same time', async () => {
    expect(await Promise.all([present(), present(EC), present(ED)])).toEqual(['allow', 'allow', 'allow']);
    await present();
    expect(world.fetched).toEqual([KEYS]);
  });

  test('are fetched again when they are 10 minutes old, and a key that was removed stops working', async () => {
    expect(await present()).toBe('allow');
    world.documents.set(KEYS, { keys: [EC.jwk] });
    world.milliseconds += 10 * MINUTE - 1;
    expect(await present()).toBe('allow');
    world.milliseconds += 1;
    expect(await present()).toBe('Unauthorized');
    expect(world.reasons).toEqual(['unknown-key']);
    expect(world.fetched).toEqual([KEYS, KEYS]);
  });

  test('are fetched again when a token names a new one, at the soonest 10 seconds after the last time', async () => {
    await present();
    const next = signer('RS256', 'rsa-2');
    world.documents.set(KEYS, { keys: [RSA.jwk, next.jwk] });
    world.milliseconds += 9_999;
    expect(await present(next)).toBe('Unauthorized');
    world.milliseconds += 1;
    expect(await present(next)).toBe('allow');
    expect(await present(RSA)).toBe('allow');
    expect(world.fetched).toEqual([KEYS, KEYS]);
  });

  test('are fetched at most once in 10 seconds, however many unknown keys are named', async () => {
    for (let index = 0; index < 600; index++) {
      await present(RSA, ISSUER, { kid: `unknown-${index}` });
      world.milliseconds += 100;
    }
    expect(world.fetched).toHaveLength(6);
    expect(new Set(world.reasons)).toEqual(new Set(['unknown-key']));
  });

  test('are fetched once for unknown keys that come at the same time', async () => {
    await present();
    world.milliseconds += MINUTE;
    await Promise.all(Array.from({ length: 50 }, (_, index) => present(RSA, ISSUER, { kid: `unknown-${index}` })));
    expect(world.fetched).toHaveLength(2);
  });

  test('of one issuer are not those of another', async () => {
    expect(await present(RSA, OTHER_ISSUER)).toBe('Unauthorized');
    expect(await present(EC, OTHER_ISSUER)).toBe('allow');
    expect(world.reasons).toEqual(['unknown-key']);
  });
});

describe('while the issuer is down', () => {
  test('keys of less than an hour are used, and each failed attempt is logged', async () => {
    await present();
    world.documents.set(KEYS, DOWN);
    world.milliseconds += 60 * MINUTE - 1;
    expect(await present()).toBe('allow');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'keys-not-fetched', issuer: ISSUER, detail: DOWN.message }]);
  });

  test('older keys are not', async () => {
    await present();
    world.documents.set(KEYS, DOWN);
    world.milliseconds += 60 * MINUTE;
    expect(await present()).toBe(UNAVAILABLE);
  });

  test('a key that is not among the known ones is not called unknown', async () => {
    await present();
    world.documents.set(KEYS, DOWN);
    world.milliseconds += MINUTE;
    expect(await present(signer('RS256', 'rsa-2'))).toBe(UNAVAILABLE);
    expect(await present()).toBe('allow');
  });

  test('it is asked at most once in 10 seconds, and used again as soon as it answers', async () => {
    world.documents.set(KEYS, DOWN);
    for (let index = 0; index < 100; index++) {
      expect(await present()).toBe(UNAVAILABLE);
      world.milliseconds += 100;
    }
    expect(world.fetched).toHaveLength(1);
    world.documents.set(KEYS, { keys: [RSA.jwk] });
    expect(await present()).toBe('allow');
    expect(await present(EC)).toBe('Unauthorized');
  });

  test('others are not held up', async () => {
    world.documents.set(KEYS, DOWN);
    expect(await present()).toBe(UNAVAILABLE);
    expect(await present(EC, OTHER_ISSUER)).toBe('allow');
  });
});

test('a clock that was set back makes no key young', async () => {
  await present();
  world.documents.set(KEYS, { keys: [] });
  world.milliseconds -= 24 * 60 * MINUTE;
  expect(await present()).toBe('Unauthorized');
});

describe('a discovery document is refused', () => {
  test.each<[string, unknown, string]>([
    ['of another issuer', { issuer: 'https://id.example.org', jwks_uri: 'https://keys.example.org/set?tenant=1' }, 'names another issuer'],
    ['that is null', null, 'names another issuer'],
    ['that is a list', [], 'names another issuer'],
    ['without a place of keys', { issuer: OTHER_ISSUER }, "names no https 'jwks_uri'"],
    ['whose place of keys is no URL', { issuer: OTHER_ISSUER, jwks_uri: 'keys' }, "names no https 'jwks_uri'"],
    ['whose place of keys is plain HTTP', { issuer: OTHER_ISSUER, jwks_uri: 'http://keys.example.org/' }, "names no https 'jwks_uri'"],
    ['whose place of keys has a user', { issuer: OTHER_ISSUER, jwks_uri: 'https://u@keys.example.org/' }, "names no https 'jwks_uri'"],
    ['whose place of keys has a password', { issuer: OTHER_ISSUER, jwks_uri: 'https://:p@keys.example.org/' }, "names no https 'jwks_uri'"],
  ])('%s', async (_name, document, detail) => {
    world.documents.set(DISCOVERY, document);
    expect(await present(EC, OTHER_ISSUER)).toBe(UNAVAILABLE);
    expect(world.logged[0]).toEqual({ outcome: 'fault', reason: 'keys-not-fetched', issuer: OTHER_ISSUER, detail: `GET ${DISCOVERY}: ${detail}` });
    expect(world.fetched).toEqual([DISCOVERY]);
  });
});

test('discovery appends to an issuer with a path, without its terminating slash', async () => {
  const issuer: Issuer = { issuer: 'https://id.example.org/realm/', audiences: ['https://api.example.com'], algorithms: ['ES256'] };
  world = new World([issuer]);
  await present(EC, issuer.issuer);
  expect(world.fetched).toEqual(['https://id.example.org/realm/.well-known/openid-configuration']);
});

describe('readKeySet', () => {
  const readJson = (...keys: unknown[]) => readKeySet(JSON.parse(JSON.stringify({ keys })));

  test.each([undefined, null, 7, 'keys', [], {}, { keys: {} }])('refuses %p', (document) => {
    expect(() => readKeySet(document)).toThrow('the key set is no JWK Set');
  });

  test('takes 64 keys and refuses more', () => {
    expect(readJson(...Array(64).fill(EC.jwk))).toHaveLength(64);
    expect(() => readJson(...Array(65).fill(EC.jwk))).toThrow('the key set has more than 64 keys');
  });

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
  test.each<[string, unknown]>([
    ['null', null],
    ['text', 'key'],
    ['of no type', { ...RSA.jwk, kty: undefined }],
    ['of an unknown type', { ...RSA.jwk, kty: 'AKP' }],
    ['of an unknown curve', { ...EC.jwk, crv: 'secp256r1' }],
    ['symmetric', { kty: 'oct', k: 'AAAA', kid: 'a' }],
    ['without an id', { ...RSA.jwk, kid: undefined }],
    ['with an empty id', { ...RSA.jwk, kid: '' }],
    ['for encryption', { ...RSA.jwk, use: 'enc' }],
    ['for other operations', { ...RSA.jwk, key_ops: ['sign'] }],
    ['without a modulus', { ...RSA.jwk, n: '' }],
    ['off its curve', { ...EC.jwk, x: 'AAAA' }],
    ['of 1024 bits', { ...short.export({ format: 'jwk' }), kid: 'short' }],
    ['private', { ...privateKey.export({ format: 'jwk' }), kid: 'leaked' }],
  ])('leaves out a key that is %s', (_name, jwk) => {
    expect(readJson(jwk, ED.jwk).map(({ kid }) => kid)).toEqual([ED.kid]);
  });

  test('takes a key that says it is for verifying', () => {
    expect(readJson({ ...EC.jwk, use: undefined, key_ops: ['verify'] })).toHaveLength(1);
  });

  test('takes keys of two types under one id, and each token finds its own', async () => {
    const [rsa, ec] = [signer('RS256', 'same'), signer('ES256', 'same', { alg: undefined })];
    world.documents.set(KEYS, { keys: [rsa.jwk, ec.jwk] });
    expect(await present(rsa)).toBe('allow');
    expect(await present(ec)).toBe('allow');
  });
});
