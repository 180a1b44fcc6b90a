import { array, assert, constantFrom, integer, letrec, oneof, property, record, string, tuple } from 'fast-check';
import { at, readingOnce, tryJson } from '../../../src/runtime/webhooks/json';

/** Names that are equal once they are read, that look like syntax, and that objects have of their own. */
const NAMES = ['a', 'b', '\\u0061', ':', '\\"', '\\\\', '\\\\\\"', '"', '{', '__proto__', 'constructor', '', ' ', '\\u003a'].map((name) => name === '"' ? '\\"' : name);

const BLANKS = ['', ' ', '\t', '\r\n'];

/** JSON whose objects may name a member twice; whether one does. */
interface Written { readonly text: string; readonly isTwice: boolean }

const { value } = letrec<{ value: Written; object: Written; list: Written; scalar: Written }>((tie) => ({
  scalar: constantFrom('1', 'null', 'true', '":"', '"\\":\\""', '"\\\\"', '"{\\"a\\":1}"', '-0.5e3').map((text) => ({ text, isTwice: false })),
  list: array(tie('value'), { maxLength: 3 }).map((all) => ({ text: `[${all.map(({ text }) => text).join(',')}]`, isTwice: all.some(({ isTwice }) => isTwice) })),
  object: array(tuple(constantFrom(...NAMES), constantFrom(...BLANKS), tie('value')), { maxLength: 4 }).map((members) => ({
    text: `{${members.map(([name, blank, { text }]) => `${blank}"${name}"${blank}:${blank}${text}${blank}`).join(',')}}`,
    isTwice: new Set(members.map(([name]) => JSON.parse(`"${name}"`) as string)).size < members.length || members.some(([, , { isTwice }]) => isTwice),
  })),
  value: oneof({ depthSize: 'small' }, tie('scalar'), tie('list'), tie('object')),
}));

const read = (text: string) => tryJson(Buffer.from(text));

test('a document is read as JSON reads it, unless an object names a member twice', () => {
  assert(property(value, ({ text, isTwice }) => {
    expect(read(text)).toEqual(isTwice ? undefined : JSON.parse(text));
  }), { numRuns: 3000 });
});

test('any text is read as JSON reads it, or not at all', () => {
  assert(property(string({ unit: constantFrom(...'{}[]":,\\a1 '), maxLength: 12 }), (text) => {
    const document = read(text);
    if (document !== undefined) expect(JSON.stringify(document)).toBe(JSON.stringify(JSON.parse(text)));
  }), { numRuns: 5000 });
});

test('64 levels are read, and one more is not, of objects, lists and both', () => {
  assert(property(record({ levels: integer({ min: 60, max: 70 }), opening: constantFrom(['[', ']'], ['{"a":', '}'], ['[{"a":', '}]']) }), ({ levels, opening: [open, close] }) => {
    const each = open === '[{"a":' ? 2 : 1;
    const text = open.repeat(levels / each) + '1' + close.repeat(levels / each);
    const deep = Math.floor(levels / each) * each;
    expect(read(text) !== undefined).toBe(deep <= 64);
  }));
});

test('a body is read once for a piece of work, and anew after it', () => {
  const bytes = Buffer.from('{"a":1}');
  const [one, other] = readingOnce(() => [tryJson(bytes), tryJson(bytes)]);
  expect(one).toBe(other);
  bytes.write('2', 5);
  expect(tryJson(bytes)).toEqual({ a: 2 });
  expect(() => readingOnce(() => { throw new Error('of the work'); })).toThrow('of the work');
  expect(tryJson(bytes)).not.toBe(tryJson(bytes));
});

test('what is no JSON stays so when it is read again', () => {
  const bytes = Buffer.from('{');
  expect(readingOnce(() => [tryJson(bytes), tryJson(bytes), tryJson(Buffer.from('[]'))])).toEqual([undefined, undefined, []]);
});

test.each<[string, unknown]>([
  ['', { a: { '': 1, '/~': [2] } }],
  ['/a/', 1],
  ['/a/~1~0/0', 2],
  ['/a/~1~0/length', 1],
  ['/a/~1~0/1', undefined],
  ['/a//b', undefined],
  ['/constructor', undefined],
  ['/b/c', undefined],
])('the pointer %j is followed among own members', (pointer, expected) => {
  expect(at({ a: { '': 1, '/~': [2] } }, pointer)).toEqual(expected);
});
