import { createHash, randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { generatePassword, PASSWORD } from '../../../src/runtime/secrets/password';

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';

/** Bytes as drawn, then as the machine has them: a draw may be refused. */
const bytesFrom = (drawn: Uint8Array) => {
  let at = 0;
  return (size: number) => at + size <= drawn.length ? Buffer.from(drawn.slice(at, at += size)) : randomBytes(size);
};

test('a password has 40 characters, of each class at least one, whatever bytes it is made of', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 200 }), (drawn) => {
    const password = generatePassword(bytesFrom(drawn));
    expect(password).toMatch(PASSWORD);
    for (const characters of [/[A-Z]/, /[a-z]/, /[0-9]/, /[-._~]/]) expect(password).toMatch(characters);
  }));
});

test('a draw that would favour some characters is made again', () => {
  // 65520 is the first number of two bytes that would do so for 26 letters.
  const draws = [0xffff, 65520, 65519];
  const left = [...draws];
  const password = generatePassword((size) => {
    const bytes = Buffer.alloc(size);
    bytes.writeUInt16BE(left.shift() ?? 0);
    return bytes;
  });
  expect(left).toEqual([]);
  expect([...password].sort().join('')).toBe([...'Z', ...'a0-', ...Array(36).fill('A')].sort().join(''));
});

test('all characters are as frequent as they should be, at each place', () => {
  const PASSWORDS = 4000;
  const counts = new Map<string, number>();
  const classesAtFirst = new Map<string, number>();
  const random = seeded(7);
  for (let n = 0; n < PASSWORDS; n++) {
    const password = generatePassword(random);
    for (const character of password) counts.set(character, (counts.get(character) ?? 0) + 1);
    const first = classOf(password[0]);
    classesAtFirst.set(first, (classesAtFirst.get(first) ?? 0) + 1);
  }
  // 36 draws among all, and one within the class; the deviation is that of some thousand draws.
  for (const character of CHARACTERS) {
    const size = [...CHARACTERS].filter((other) => classOf(other) === classOf(character)).length;
    const expected = PASSWORDS * (36 / 66 + 1 / size);
    expect(Math.abs(counts.get(character)! - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
  for (const [name, size] of [['upper', 26], ['lower', 26], ['digit', 10], ['mark', 4]] as const) {
    const expected = PASSWORDS * (36 * size / 66 + 1) / 40;
    expect(Math.abs(classesAtFirst.get(name)! - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
});

function classOf(character: string): string {
  if (/[A-Z]/.test(character)) return 'upper';
  if (/[a-z]/.test(character)) return 'lower';
  return /[0-9]/.test(character) ? 'digit' : 'mark';
}

/** The same bytes in each run: hashes of a counter. */
function seeded(seed: number): (size: number) => Buffer {
  let blocks = 0;
  let ready = Buffer.alloc(0);
  return (size) => {
    while (ready.length < size) ready = Buffer.concat([ready, createHash('sha256').update(`${seed}/${blocks++}`).digest()]);
    const taken = ready.subarray(0, size);
    ready = ready.subarray(size);
    return taken;
  };
}
