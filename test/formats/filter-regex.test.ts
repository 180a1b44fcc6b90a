import * as fc from 'fast-check';
import { readFilterRegex, regexFinds } from '../../src/formats/filter-regex';

function finds(expression: string, text: string): boolean {
  const read = readFilterRegex(expression);
  if ('problem' in read) throw new Error(read.problem);
  return regexFinds(read, text);
}

/** Amazon CloudWatch Logs User Guide, "Supported regular expressions (regex) syntax". */
test.each([
  ['^[hc]at', ['hat', 'cats'], ['a hat', 'bat']],
  ['[hc]at$', ['hat', 'a cat'], ['cats']],
  ['colou?r', ['color', 'colour'], ['colouur']],
  ['[abcx-z]', ['a', 'y'], ['d', 'X']],
  ['a{3,5}', ['aaa', 'aaaaa'], ['aa']],
  ['^a{3,5}$', ['aaa', 'aaaa', 'aaaaa'], ['aa', 'aaaaaa']],
  ['^a{3, 5}$', ['aaaa'], ['aa']],
  ['^a{2}$', ['aa'], ['a', 'aaa']],
  ['^a{2,}$', ['aa', 'aaaaaa'], ['a']],
  ['^a{,2}$', ['', 'aa'], ['aaa']],
  ['gra|ey', ['gray', 'grey'], ['gr']],
  ['^starting|^initializing|^shutting down', ['starting up', 'shutting down now'], ['skipping initializing']],
  ['abcc|ab[^c]$', ['abcc 1', 'aba'], ['aac', 'abc']],
  ['\\[.\\]', ['[a]', '[]]', '[ ]'], ['[]', 'a']],
  ['10\\.10\\.0\\.1', ['10.10.0.1'], ['10010,051']],
  ['ab*c', ['ac', 'abc', 'abbbc'], ['adc']],
  ['ab[0-9]*', ['ab', 'ab129'], ['a0']],
  ['ab+c', ['abc', 'abbc'], ['ac']],
  ['^.at$', ['hat', '#at', ' at', '\nat'], ['at', 'what']],
  ['^\\d\\D\\s\\S\\w\\W$', ['1a b_-'], ['aa b_-', '1a_b_-']],
  ['\\x3A\\x28', [':('], ['x3A']],
  ['^[\\d.]+$', ['1.2'], ['a']],
  ['[\\]\\^]', [']', '^'], ['[']],
  ['a\\|b|c', ['a|b', 'c'], ['a', 'b']],
  ['a\\$', ['a$b'], ['a']],
  ['^a\\\\$', ['a\\'], ['a\\\\b']],
])('%s finds what the guide says', (expression, found, missed) => {
  for (const text of found) expect([text, finds(expression, text)]).toEqual([text, true]);
  for (const text of missed) expect([text, finds(expression, text)]).toEqual([text, false]);
});

test.each([
  '', 'a|', '|a', '(a)', 'a**', 'a+?', '*a', 'a!', 'é', 'a^b', 'a$b', '[]', '[^]', '[a', 'a]', '[z-a]', '[\\d-z]', '[a!]', 'a{', 'a{}', 'a{,}', 'a{3,1}', 'a{200}', '\\b', '\\1', 'a\\', '"',
])('%s is refused', (expression) => {
  expect(readFilterRegex(expression)).toEqual({ problem: `cannot be read: '${expression}'` });
});

test('an expression finds what the regular expression of JavaScript finds', () => {
  const atoms = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\W', '\\x61', '\\.', '1', ' ');
  const quantifiers = fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '{2,}');
  const branches = fc.tuple(fc.constantFrom('', '^'), fc.array(fc.tuple(atoms, quantifiers).map((parts) => parts.join('')), { minLength: 1, maxLength: 5 }), fc.constantFrom('', '$'))
    .map(([start, parts, end]) => start + parts.join('') + end);
  const expressions = fc.array(branches, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|'));
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', '1', '.', ' ', '-'), { maxLength: 12 }).map((characters) => characters.join(''));
  fc.assert(fc.property(expressions, texts, (expression, text) => {
    expect(finds(expression, text)).toBe(new RegExp(expression, 's').test(text));
  }), { numRuns: 1000 });
});

test('no expression takes long', () => {
  const started = process.hrtime.bigint();
  expect(finds(`${'.*'.repeat(100)}b$`, 'a'.repeat(2000))).toBe(false);
  expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(10);
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (expression, text) => {
    const read = readFilterRegex(expression);
    expect('problem' in read || typeof regexFinds(read, text) === 'boolean').toBe(true);
  }), { numRuns: 500 });
});
