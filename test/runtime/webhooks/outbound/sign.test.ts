import { generateKeyPairSync, KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { MESSAGE_ID, signatureHeaders } from '../../../../src/runtime/webhooks/outbound/sign';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { readSigningKey } from '../../../../src/runtime/webhooks/signing-keys';
import { verify } from '../../../../src/runtime/webhooks/verify';
import { VECTORS } from '../vectors';

const SCHEME = parseScheme({ preset: 'standard-webhooks' });

/** A key as it is stored, and what a receiver is told of it. */
interface Pair { readonly stored: string; readonly told: string }

const secretPair = (bytes: Uint8Array): Pair => {
  const text = `whsec_${Buffer.from(bytes).toString('base64')}`;
  return { stored: text, told: text };
};

const part = (key: KeyObject, member: 'd' | 'x') => Buffer.from(key.export({ format: 'jwk' })[member]!, 'base64url');

function ed25519Pair(): Pair {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicHalf = part(privateKey, 'x');
  return {
    stored: `whsk_${Buffer.concat([part(privateKey, 'd'), publicHalf]).toString('base64')}`,
    told: `whpk_${publicHalf.toString('base64')}`,
  };
}

const ED25519 = [ed25519Pair(), ed25519Pair(), ed25519Pair()];
const pair = fc.oneof(fc.uint8Array({ minLength: 24, maxLength: 64 }).map(secretPair), fc.constantFrom(...ED25519));

/** Judges what was signed, as a receiver with one key does. */
function judged(id: string, body: Buffer, pairs: readonly Pair[], told: string, nowSeconds: number) {
  const headers = signatureHeaders(id, body, pairs.map(({ stored }) => readSigningKey(stored)), nowSeconds);
  return verify({ method: 'POST', url: 'https://hooks.example.com/', headers: Object.entries(headers), body }, SCHEME, readKeys(told, 'standard-webhooks'), nowSeconds);
}

test('whatever is signed, by however many keys in rotation, a receiver with any of them takes it, under the id it was given', () => {
  const message = fc.tuple(
    fc.stringMatching(MESSAGE_ID), fc.uint8Array({ maxLength: 300 }), fc.array(pair, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 9_999_999_999 }),
  );
  fc.assert(fc.property(message, ([id, bytes, pairs, nowSeconds]) => {
    for (const { told } of pairs) expect(judged(id, Buffer.from(bytes), pairs, told, nowSeconds + 0.9)).toMatchObject({ outcome: 'genuine', dedupeKey: `id:${id}`, signedAtSeconds: nowSeconds });
  }), { numRuns: 500 });
});

test('a receiver with another key refuses it', () => {
  expect(judged('msg_1', Buffer.from('{}'), ED25519.slice(0, 1), ED25519[1].told, 1_767_225_600)).toMatchObject({ reason: 'forged' });
});

/** Vectors of Standard Webhooks that a sender could have made with what they hold, which for v1a needs a private key that they do not. */
const SIGNED = VECTORS.filter(({ expect: expected, scheme, secrets, request }) => scheme === 'standard-webhooks' && expected === 'valid'
  && secrets.every(({ value }) => String(value).startsWith('whsec_')) && /^v1,\S+$/.test(String(request.headers['webhook-signature'])));

test('there are reference vectors', () => expect(SIGNED.length).toBeGreaterThan(0));

test.each(SIGNED)('reference vector $id is signed alike', ({ request, secrets }) => {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const keys = secrets.map(({ value }) => readSigningKey(String(value)));
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers as Record<string, string>;
  const made = keys.map((key) => signatureHeaders(id, Buffer.from(request.bodyBase64, 'base64'), [key], Number(timestamp)));
  expect(made.map((one) => one['webhook-signature'])).toContain(headers['webhook-signature']);
});

test('during a rotation it is signed by each key, the current one first', () => {
  const keys = ['A', 'B'].map((letter) => readSigningKey(`whsec_${Buffer.alloc(32, letter).toString('base64')}`));
  const one = (key: number) => signatureHeaders('msg_1', Buffer.from('{}'), [keys[key]], 1)['webhook-signature'];
  expect(signatureHeaders('msg_1', Buffer.from('{}'), keys, 1)['webhook-signature']).toBe(`${one(0)} ${one(1)}`);
});

test.each(['', 'a.b', 'a b', 'a\r\nb', 'é', 'a'.repeat(129)])('an id of %p is our fault', (id) => {
  expect(() => signatureHeaders(id, Buffer.from('{}'), [readSigningKey(ED25519[0].stored)], 1)).toThrow('the id of a message must be');
});

test('nothing is sent unsigned', () => {
  expect(() => signatureHeaders('msg_1', Buffer.from('{}'), [], 1)).toThrow('a webhook must be signed');
});

describe('a stored key', () => {
  test('may be what rotation writes', () => {
    const secret = Buffer.alloc(32, 'k').toString('base64');
    expect(readSigningKey(JSON.stringify({ secret, kid: 'v1' }))).toEqual({ type: 'secret', bytes: Buffer.alloc(32, 'k') });
  });

  const swapped = `whsk_${Buffer.concat([Buffer.from(ED25519[0].stored.slice(5), 'base64').subarray(0, 32), Buffer.from(ED25519[1].told.slice(5), 'base64')]).toString('base64')}`;

  test.each([
    ['', 'hold a key'], ['CANARY', 'hold a key'], ['{"secret":1}', 'hold a key'], ['null', 'hold a key'], ['{}', 'hold a key'], ['{"secret":"CANARY!"}', 'base64'],
    ['whsec_', '24 to 64 bytes'], ['whsec_CANARY!', 'base64'], [secretPair(Buffer.alloc(23)).stored, '24 to 64 bytes'], [secretPair(Buffer.alloc(65)).stored, '24 to 64 bytes'],
    [ED25519[0].told, 'hold a key'], ['whsk_AAAA', '64 bytes'], [swapped, 'belong together'],
  ])('that is %p is none: %s', (content, message) => {
    expect(() => readSigningKey(content)).toThrow(message);
    expect(() => readSigningKey(content)).not.toThrow(/CANARY/);
  });

  test('that is anything throws a KeyError or is one', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String().map((text) => `whsk_${text}`)), (content) => {
      try {
        readSigningKey(content);
      } catch (error) {
        expect((error as Error).name).toBe('KeyError');
      }
    }), { numRuns: 5000 });
  });
});
