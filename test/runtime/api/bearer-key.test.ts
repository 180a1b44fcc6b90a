import { createHmac, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { generateBearerKey, hashOf, matches, tryReadBearerKey, writeBearerKey } from '../../../src/runtime/api/bearer-key';

const prefixes = fc.stringMatching(/^[a-z][a-z0-9]{1,15}$/);
const seeds = fc.uint8Array({ minLength: 42, maxLength: 42 });
/** Keys whose random bytes are drawn. */
const keys = fc.tuple(prefixes, seeds).map(([prefix, seed]) => {
  let at = 0;
  return generateBearerKey(prefix, (size) => Buffer.from(seed.slice(at, at += size)));
});
const peppers = fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Buffer.from(bytes));

test('a key has its prefix, 80 bits of id, 256 bits of secret and a checksum', () => {
  expect(writeBearerKey(generateBearerKey('acme', randomBytes))).toMatch(/^acme_[0-9a-f]{20}_[0-9a-f]{72}$/);
  expect(writeBearerKey(generateBearerKey('acme', (size) => Buffer.alloc(size, 0xab)))).toBe(`acme_${'ab'.repeat(10)}_${'ab'.repeat(32)}c56d242a`);
});

test.each(['', 'a', 'Acme', '1acme', 'ac_me', 'ac-me', 'a'.repeat(17), 'acme\n'])('%j is no prefix', (prefix) => {
  expect(() => generateBearerKey(prefix, randomBytes)).toThrow('the prefix must be 2 to 16 lower-case letters and digits, a letter first');
});

test('a key is read back as written', () => {
  fc.assert(fc.property(keys, (key) => {
    expect(tryReadBearerKey(writeBearerKey(key))).toEqual(key);
  }));
});

test('a key with any one character changed is no key', () => {
  fc.assert(fc.property(keys, fc.nat(), fc.constantFrom(...'0123456789abcdefgxyzA_- \n'), (key, at, character) => {
    const text = writeBearerKey(key);
    const index = at % text.length;
    fc.pre(text[index] !== character);
    expect(tryReadBearerKey(text.slice(0, index) + character + text.slice(index + 1))).toBeUndefined();
  }));
});

test('a key with anything around it, or missing of it, is no key', () => {
  fc.assert(fc.property(keys, fc.string({ minLength: 1 }), fc.nat(), (key, more, cut) => {
    const text = writeBearerKey(key);
    expect(tryReadBearerKey(text + more)).toBeUndefined();
    expect(tryReadBearerKey(text.slice(0, cut % text.length))).toBeUndefined();
  }));
});

test('no other text is a key', () => {
  fc.assert(fc.property(fc.string(), (text) => { expect(tryReadBearerKey(text)).toBeUndefined(); }));
});

test('the hash is HMAC-SHA-256 over all of the key but its checksum', () => {
  fc.assert(fc.property(keys, peppers, (key, pepper) => {
    expect(hashOf(key, pepper)).toBe(createHmac('sha256', pepper).update(writeBearerKey(key).slice(0, -8)).digest('hex'));
  }));
});

test('a hash matches its key under any pepper that is still valid, and nothing else', () => {
  fc.assert(fc.property(keys, keys, peppers, peppers, (key, other, pepper, previous) => {
    fc.pre(!pepper.equals(previous) && writeBearerKey(key) !== writeBearerKey(other));
    const stored = hashOf(key, previous);
    expect(matches(key, stored, [pepper, previous])).toBe(true);
    expect(matches(key, stored, [pepper])).toBe(false);
    expect(matches(other, stored, [pepper, previous])).toBe(false);
    expect(matches({ ...key, id: other.id }, stored, [previous])).toBe(key.id === other.id);
  }));
});

test.each(['', 'zz', 'ab', 'ab'.repeat(33)])('%j in the place of a hash matches no key', (stored) => {
  expect(matches(generateBearerKey('acme', randomBytes), stored, [randomBytes(32)])).toBe(false);
});

test('no pepper matches nothing, and a short one is refused', () => {
  const key = generateBearerKey('acme', randomBytes);
  expect(matches(key, hashOf(key, randomBytes(32)), [])).toBe(false);
  expect(() => hashOf(key, Buffer.alloc(31))).toThrow('the pepper must have at least 32 bytes');
});
