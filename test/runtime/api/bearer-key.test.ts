import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { generateBearerKey, macMessageOf, tryReadBearerKey, writeBearerKey } from '../../../src/runtime/api/bearer-key';

const id = { prefix: 'acme', holder: '0123456789', credential: 'abcdef0123' };

const halves = fc.stringMatching(/^[0-9a-f]{10}$/);
/** Keys whose id and random bytes are drawn. */
const keys = fc.record({ prefix: fc.stringMatching(/^[a-z][a-z0-9]{1,15}$/), holder: halves, credential: halves, seed: fc.uint8Array({ minLength: 32, maxLength: 32 }) })
  .map(({ seed, ...drawn }) => generateBearerKey(drawn, (size) => Buffer.from(seed.slice(0, size))));

test('a key has its prefix, its holder, its credential, 256 bits of secret and a checksum', () => {
  expect(writeBearerKey(generateBearerKey(id, randomBytes))).toMatch(/^acme_0123456789abcdef0123_[0-9a-f]{72}$/);
  expect(writeBearerKey(generateBearerKey({ prefix: 'acme', holder: 'ab'.repeat(5), credential: 'ab'.repeat(5) }, (size) => Buffer.alloc(size, 0xab))))
    .toBe(`acme_${'ab'.repeat(10)}_${'ab'.repeat(32)}c56d242a`);
});

test.each(['', 'a', 'Acme', '1acme', 'ac_me', 'ac-me', 'a'.repeat(17), 'acme\n'])('%j is no prefix', (prefix) => {
  expect(() => generateBearerKey({ ...id, prefix }, randomBytes)).toThrow('the prefix must be 2 to 16 lower-case letters and digits, a letter first');
});

test.each(['', '012345678', '0123456789a', 'ABCDEF0123', '012345678g', '0123456789\n'])('%j is neither a holder nor a credential', (half) => {
  const message = 'the holder and the credential must be 10 lower-case hexadecimal digits each';
  expect(() => generateBearerKey({ ...id, holder: half }, randomBytes)).toThrow(message);
  expect(() => generateBearerKey({ ...id, credential: half }, randomBytes)).toThrow(message);
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

test('a MAC is made of all of the key but its checksum, so that it fits one row only', () => {
  fc.assert(fc.property(keys, (key) => {
    expect(macMessageOf(key)).toEqual(Buffer.from(writeBearerKey(key).slice(0, -8)));
  }));
});
