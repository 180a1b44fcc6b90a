import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { ED25519, P256, RSA, SECRET } from './senders';
import { VECTORS } from './vectors';
import { KEY_FORMATS, KeyError, KeyFormat, readKeys } from '../../../src/runtime/webhooks/key-formats';
import { PublicKey } from '../../../src/runtime/webhooks/keys';

const SPKI = { format: 'pem', type: 'spki' } as const;
const RAW = Buffer.from(ED25519.publicKey.export({ format: 'jwk' }).x!, 'base64url');
const pem = (pair: typeof RSA) => pair.publicKey.export(SPKI) as string;
const certificate = VECTORS.find(({ scheme }) => scheme === 'aws-sns')!.secrets[0].value as string;
const jwk = (pair: typeof RSA, members: object = {}) => ({ ...pair.publicKey.export({ format: 'jwk' }), ...members });

test.each<[KeyFormat, string, string | Buffer]>([
  ['utf8', SECRET, SECRET],
  ['utf8', 'whsec_FAKE_not_base64', 'whsec_FAKE_not_base64'],
  ['utf8-nfkd', 'ﬁé-and-sixteen-bytes', 'ﬁé-and-sixteen-bytes'.normalize('NFKD')],
  ['hex', Buffer.from(SECRET).toString('hex').toUpperCase(), SECRET],
  ['base64', Buffer.from(SECRET).toString('base64'), SECRET],
  ['standard-webhooks', `whsec_${Buffer.from(SECRET).toString('base64')}`, SECRET],
])('reads a secret as %s', (format, text, bytes) => {
  expect(readKeys(text, format, 'k')).toEqual([{ type: 'secret', id: 'k', bytes: Buffer.from(bytes) }]);
});

test.each<[KeyFormat, string, string]>([
  ['standard-webhooks', `whpk_${RAW.toString('base64')}`, 'ed25519'],
  ['ed25519-hex', RAW.toString('hex'), 'ed25519'],
  ['ed25519-base64', RAW.toString('base64'), 'ed25519'],
  ['spki-base64', P256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), 'ec'],
  ['pem', pem(RSA), 'rsa'],
  ['pem', certificate, 'rsa'],
  ['jwks', JSON.stringify(jwk(P256)), 'ec'],
])('reads a public key as %s', (format, text, type) => {
  const [{ type: kind, key }] = readKeys(text, format) as readonly PublicKey[];
  expect([kind, key.type, key.asymmetricKeyType]).toEqual(['public', 'public', type]);
});

test('reads the public keys for signatures of a set, by their ids', () => {
  const keys = [jwk(P256, { kid: 'a' }), jwk(RSA, { kid: 'b', use: 'enc' }), { kty: 'oct', k: 'AAAA' }, P256.privateKey.export({ format: 'jwk' }), null, 1, jwk(RSA, { use: 'sig' })];
  expect(readKeys(JSON.stringify({ keys }), 'jwks', 'x').map(({ id }) => id)).toEqual(['a', 'x']);
});

test.each<[string, KeyFormat, string]>([
  ['53: the key must not be empty', 'utf8', ''],
  ['53: the key must not be empty', 'utf8', ' \n\t'],
  ['53: the secret must have at least 16 bytes', 'standard-webhooks', 'whsec_'],
  ['53: the secret must have at least 16 bytes', 'utf8', SECRET.slice(0, 15)],
  ['53: the secret must have at least 16 bytes', 'hex', 'ab'.repeat(15)],
  ['53: the secret must have at least 16 bytes', 'base64', Buffer.alloc(15).toString('base64')],
  ['54: the key must have no blanks or line ends around it', 'utf8', `${SECRET}\n`],
  ['54: the key must have no blanks or line ends around it', 'hex', ` ${'ab'.repeat(16)}`],
  ['58: the key must be hex', 'hex', SECRET],
  ['58: the key must be base64', 'base64', SECRET],
  ['58: the key must be base64', 'standard-webhooks', `whsec_${SECRET}`],
  ["58: the key must begin with 'whsec_' or 'whpk_'", 'standard-webhooks', `whsk_${Buffer.alloc(64, 1).toString('base64')}`],
  ['an Ed25519 public key must have 32 bytes', 'ed25519-hex', 'ab'.repeat(31)],
  ['the key must be a public key that the format and Node.js know', 'spki-base64', Buffer.from('x').toString('base64')],
  ['the key must be base64', 'spki-base64', 'x'],
  ['the key must be a public key that the format and Node.js know', 'pem', 'x'],
  ['the key must be a public key that the format and Node.js know', 'pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ['the key must be public', 'pem', RSA.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string],
  ['an RSA key must have 2048 bits', 'pem', pem(generateKeyPairSync('rsa', { modulusLength: 1024 }))],
  ['the key must be JSON', 'jwks', 'x'],
  ['the key set must have a public key for signatures', 'jwks', '{"keys":[]}'],
  ['the key set must have a public key for signatures', 'jwks', 'null'],
  ['the key must be a public key that the format and Node.js know', 'jwks', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}'],
  ['a key set must have at most 64 keys', 'jwks', JSON.stringify({ keys: Array.from({ length: 65 }, () => ({})) })],
])('%s', (message, format, text) => {
  expect(() => readKeys(text, format)).toThrow(new KeyError(message.replace(/^\d+: /, '')));
});

test.each([
  `${'00'.repeat(32)}`, `01${'00'.repeat(31)}`, `01${'00'.repeat(30)}80`, `ec${'ff'.repeat(30)}7f`, `ed${'ff'.repeat(31)}`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
])('16: refuses the Ed25519 key %s, for which anybody can sign', (hex) => {
  expect(() => readKeys(hex, 'ed25519-hex')).toThrow('the Ed25519 key must not be of small order');
});

test('reads any text as keys or throws a KeyError that does not quote it', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String()), fc.constantFrom(...KEY_FORMATS), (text, format) => {
    try {
      expect(readKeys(text, format).every((key) => key.type === 'public' || key.bytes.length >= 16)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(KeyError);
      expect((error as Error).cause).toBeUndefined();
      if (text.length > 8) expect((error as Error).message).not.toContain(text);
    }
  }), { numRuns: 3000 });
});
