import { constants, createHmac, generateKeyPairSync, sign, SignKeyObjectInput } from 'node:crypto';
import { BODY, delivery, ED25519, NOW, P256, RSA, SECRET, secretKey } from './senders';
import { Algorithm, ALGORITHMS, suits } from '../../../src/runtime/webhooks/algorithms';
import { Key } from '../../../src/runtime/webhooks/keys';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../src/runtime/webhooks/verify';

const P384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const P521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const { RSA_PKCS1_PSS_PADDING: padding } = constants;

function publicKey(pair: typeof RSA): Key {
  return { type: 'public', key: pair.publicKey };
}

function signed(pair: typeof RSA, hash: string | null, options: Omit<SignKeyObjectInput, 'key'> = {}): Buffer {
  return sign(hash, BODY, { key: pair.privateKey, ...options });
}

const hmac = (hash: string) => createHmac(hash, SECRET).update(BODY).digest();

const GENUINE: Readonly<Record<Algorithm, readonly [Buffer, Key]>> = {
  'hmac-sha1': [hmac('sha1'), secretKey()],
  'hmac-sha256': [hmac('sha256'), secretKey()],
  'hmac-sha512': [hmac('sha512'), secretKey()],
  'ed25519': [signed(ED25519, null), publicKey(ED25519)],
  'ecdsa-p256-sha256': [signed(P256, 'sha256', { dsaEncoding: 'ieee-p1363' }), publicKey(P256)],
  'ecdsa-p256-sha256-der': [signed(P256, 'sha256'), publicKey(P256)],
  'ecdsa-p384-sha384': [signed(P384, 'sha384', { dsaEncoding: 'ieee-p1363' }), publicKey(P384)],
  'ecdsa-p384-sha384-der': [signed(P384, 'sha384'), publicKey(P384)],
  'rsa-v1_5-sha256': [signed(RSA, 'sha256'), publicKey(RSA)],
  'rsa-v1_5-sha512': [signed(RSA, 'sha512'), publicKey(RSA)],
  'rsa-pss-sha256': [signed(RSA, 'sha256', { padding, saltLength: 32 }), publicKey(RSA)],
  'rsa-pss-sha512': [signed(RSA, 'sha512', { padding, saltLength: 64 }), publicKey(RSA)],
};

function judge(algorithm: Algorithm, signature: Buffer, key: Key) {
  const scheme = parseScheme({
    type: 'detached', key: 'pem', accepts: [{ algorithm, encoding: 'base64' }], signature: { from: 'header', names: ['x-signature'] }, content: ['body'],
  });
  return verify(delivery({ 'X-Signature': signature.toString('base64') }), scheme, [key], NOW);
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const [signature, key] = GENUINE[algorithm];

  test('accepts its signature', () => {
    expect(judge(algorithm, signature, key)).toHaveProperty('outcome', 'genuine');
  });

  test('refuses the signatures of every other algorithm', () => {
    for (const other of ALGORITHMS.filter((one) => one !== algorithm)) {
      expect(judge(algorithm, GENUINE[other][0], key)).toEqual({ outcome: 'refused', reason: 'forged' });
    }
  });

  test('takes no key of another kind or curve', () => {
    const kinds: readonly (readonly [string, Key])[] = [
      ['hmac', secretKey()], ['ed25519', publicKey(ED25519)], ['ecdsa-p256', publicKey(P256)], ['ecdsa-p384', publicKey(P384)], ['rsa', publicKey(RSA)],
      ['none', publicKey(P521)],
    ];
    for (const [kind, other] of kinds) expect(suits(algorithm, other)).toBe(algorithm.startsWith(kind));
  });
});

test.each([['rsa-pss-sha256', 'sha256', 20], ['rsa-pss-sha512', 'sha512', 32]] as const)('%s refuses a salt of another length than its hash', (algorithm, hash, saltLength) => {
  expect(judge(algorithm, signed(RSA, hash, { padding, saltLength }), publicKey(RSA))).toEqual({ outcome: 'refused', reason: 'forged' });
});
