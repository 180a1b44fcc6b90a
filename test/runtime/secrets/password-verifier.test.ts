import { randomBytes, scryptSync } from 'node:crypto';
import * as fc from 'fast-check';
import { SCRYPT_COST, verifyPassword, writeVerifier } from '../../../src/runtime/secrets/password-verifier';

const CHEAP = { log2N: 1, r: 1, p: 1 };
const salts = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
const passwords = fc.string({ unit: 'grapheme', maxLength: 60 });

test('a verifier says its cost, its salt and 32 bytes that scrypt makes of the password', () => {
  const salt = Buffer.alloc(16, 1);
  const hash = scryptSync('pass', salt, 32, { N: 32768, r: 8, p: 3, maxmem: 2 ** 27 }).toString('base64url');
  expect(writeVerifier('pass', salt)).toBe(`scrypt$15$8$3$AQEBAQEBAQEBAQEBAQEBAQ$${hash}`);
  expect(SCRYPT_COST).toEqual({ log2N: 15, r: 8, p: 3 });
});

test('it is what RFC 7914 says', () => {
  // RFC 7914, 12, the third vector, of which a verifier keeps the first 32 bytes. Its salt is shorter than ours.
  const expected = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2';
  const [, , , , , hash] = writeVerifier('pleaseletmein', Buffer.from('SodiumChloride'), { log2N: 14, r: 8, p: 1 }).split('$');
  expect(Buffer.from(hash, 'base64url').toString('hex')).toBe(expected);
});

test('a verifier is of its password and of no other', () => {
  fc.assert(fc.property(passwords, passwords, salts, (password, other, salt) => {
    const verifier = writeVerifier(password, salt, CHEAP);
    expect(verifyPassword(password, verifier)).toBe(true);
    expect(verifyPassword(other, verifier)).toBe(other === password);
  }));
});

test('the same password has another verifier with another salt', () => {
  expect(writeVerifier('pass', randomBytes(16), CHEAP)).not.toBe(writeVerifier('pass', randomBytes(16), CHEAP));
});

test('what is no verifier is refused, and not quoted', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(() => verifyPassword('pass', text)).toThrow(/^what is stored is no verifier of a password$/);
  }));
});

const REST = `${'A'.repeat(22)}$${'A'.repeat(43)}`;

test.each([
  `scrypt$0$8$1$${REST}`, `scrypt$01$8$1$${REST}`, `scrypt$1$0$1$${REST}`, `scrypt$1$1$-1$${REST}`, `scrypt$1$1$1e1$${REST}`, `bcrypt$1$1$1$${REST}`,
  `scrypt$1$1$1$${REST}A`, `scrypt$1$1$1$${REST}\n`, `scrypt$1$1$1$${REST.slice(1)}`, `scrypt$1$1$1$${REST.replace('$', '+$')}`, `scrypt$100$1$1$${REST}`,
])('%j is refused', (verifier) => {
  expect(() => verifyPassword('pass', verifier)).toThrow('what is stored is no verifier of a password');
});

test.each([[21, 1, 1], [18, 8, 1], [17, 9, 1], [15, 8, 5], [99, 99, 99], [10, 32, 33]])('a cost of 2^%d, %d, %d is not computed', (log2N, r, p) => {
  expect(() => verifyPassword('pass', `scrypt$${log2N}$${r}$${p}$${REST}`)).toThrow('the verifier asks for more than is computed');
  expect(() => writeVerifier('pass', Buffer.alloc(16), { log2N, r, p })).toThrow('the verifier asks for more than is computed');
});

test.each([[17, 8, 1], [16, 8, 2], [15, 8, 3], [14, 8, 5], [13, 8, 10]])('a cost of 2^%d, %d, %d, as OWASP names it, is computed', (log2N, r, p) => {
  expect(verifyPassword('pass', writeVerifier('pass', Buffer.alloc(16), { log2N, r, p }))).toBe(true);
});
