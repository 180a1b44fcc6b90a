import * as fc from 'fast-check';
import { patternMatchesEvent } from '../../src/formats/filter-match';
import { readFilterPattern } from '../../src/formats/filter-pattern';

/** The events of the Amazon CloudWatch Logs User Guide, "Using filter patterns to match terms in JSON log events". */
const EVENT = {
  'eventType': 'UpdateTrail',
  'sourceIPAddress': '111.111.111.111',
  'arrayKey': ['value', 'another value'],
  'objectList': [{ name: 'a', id: 1 }, { name: 'b', id: 2 }],
  'SomeObject': null,
  'cluster.name': 'c',
  'ThisFlag': true,
  'number': [1000],
  'errorCode': 400,
  'latency': 49.5,
};

const COMPOUND = {
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [{ id: 2, email: 'John.Doe@example.com' }, { id: 3, email: 'Jane.Doe@example.com' }],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [[0, 1, 2], [4, 5, 6], [7, 8, 9]],
};

describe('the event of the guide', () => {
  test.each([
    '{ $.eventType = "UpdateTrail" }', '{$.eventType=UpdateTrail}', '{ $.sourceIPAddress != 123.123.* }', '{ $.arrayKey[0] = "value" }',
    '{ $.eventType = %Trail% }', '{ $.arrayKey[*] = %val.{2}% }', '{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }', "{ $.['cluster.name'] = \"c\" }",
    "{ $['cluster.name'] = c }", '{ $.["cluster.name"] = c }', '{ $.SomeObject IS NULL }', '{ $.SomeOtherObject NOT EXISTS }', '{ $.ThisFlag IS TRUE }',
    '{ $.objectList[1].id = 2 }', '{ $.objectList[*].id = 2 }', '{ $.errorCode = 400 }', '{ $.errorCode != 500 }', '{ $.errorCode = 4e2 }',
    '{ $.number[0] = 1e+3 }', '{ $.number[0] != 1e-3 }', '{ $.errorCode = 4* }', '{ $.errorCode = "4*" }', '{ $.latency < 50 }', '{ $.latency >= 49.5 }',
    '{ $.latency <= 49.5 }', '{ $.errorCode > -1 }', '{ $.eventType = "*" }', '{ $.eventType = *Trail }', '{ $.eventType = "*dateT*" }',
    '{ $.eventType != "Update" }', '{ $.arrayKey[5] NOT EXISTS }', '{ $.objectList[*].id != 9 }', '', ' ', '" "',
  ])('is matched by %s', (pattern) => {
    expect(patternMatchesEvent(pattern, EVENT)).toBe('yes');
  });

  test.each([
    '{ $.eventType = "updateTrail" }', '{ $.eventType = "Update" }', '{ $.eventType = "Up*Trail" }', '{ $.eventType != "Update*" }',
    '{ $.sourceIPAddress != 111.111.* }', '{ $.arrayKey[1] = "value" }', '{ $.arrayKey = "value" }', '{ $.arrayKey != "value" }', '{ $.objectList != 1 }',
    '{ $.eventType = %^Trail% }', '{ $.eventType != %Trail% }', '{ $.eventType IS NULL }', '{ $.SomeObject NOT EXISTS }', '{ $.ThisFlag IS FALSE }',
    '{ $.errorCode = 500 }', '{ $.errorCode > 400 }', '{ $.eventType > 3 }', '{ $.missing = 1 }', '{ $.missing > 1 }', '{ $.missing IS TRUE }',
    '{ $.eventType.more = "x" }', '{ $.eventType[0] = "U" }', '{ $.toString = "*" }', '{ $.SomeObject = "x" }', '{ $.arrayKey.* = "value" }',
    '{ $.objectList[*].id = 9 }', '{ $.sourceIPAddress[*] = "1" }', '{ $.errorCode = "401" }', '{ $.objectList[0].constructor = "*" }',
  ])('is not matched by %s', (pattern) => {
    expect(patternMatchesEvent(pattern, EVENT)).toBe('no');
  });

  test.each([
    ['a member that is not there differs from a value', '{ $.missing != "x" }'],
    ['null differs from a value', '{ $.SomeObject != "x" }'],
    ['a wild card stands for null', '{ $.SomeObject = "*" }'],
    ['a truth is the word', '{ $.ThisFlag = true }'],
    ['a truth differs from the other word', '{ $.ThisFlag != false }'],
    ['a number in quotes is the number', '{ $.errorCode = "400" }'],
    ['a regular expression looks at numbers', '{ $.errorCode = %40% }'],
    ['all elements have to differ', '{ $.objectList[*].id != 2 }'],
  ])('may be matched where it is not documented whether %s', (_what, pattern) => {
    expect(patternMatchesEvent(pattern, EVENT)).toBe('maybe');
  });

  test.each([
    ['{ $.a = 400.0 }', 'maybe'], ['{ $.a = 400 }', 'yes'], ['{ $.a != 400 }', 'no'], ['{ $.a >= 400 }', 'maybe'], ['{ $.a = 401 }', 'no'], ['{ $.b > 0 }', 'no'],
    ['{ $.c IS TRUE }', 'maybe'], ['{ $.c IS FALSE }', 'no'], ['{ $.b = 0 }', 'no'],
  ])('is text that reads as a number or a truth: %s is %s', (pattern, answer) => {
    expect(patternMatchesEvent(pattern, { a: '400', b: '', c: 'True' })).toBe(answer);
  });

  test.each(['text', 7, null, undefined, [], true])('is no object, but %p', (event) => {
    expect(patternMatchesEvent('{ $.eventType = "*" }', event)).toBe('no');
  });
});

describe('the order of operations', () => {
  test.each([
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', 'yes'],
    ['{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }', 'yes'],
    ['{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }', 'no'],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', 'no'],
    ['{ $.coordinates[1][2] = 6 }', 'yes'],
    ['{ $.missing != 1 || $.user.id = 1 }', 'yes'],
    ['{ $.missing != 1 && $.user.id = 2 }', 'no'],
    ['{ $.missing != 1 && $.user.id = 1 }', 'maybe'],
  ])('%s: %s', (pattern, answer) => {
    expect(patternMatchesEvent(pattern, COMPOUND)).toBe(answer);
  });
});

describe('a pattern is refused', () => {
  test.each([
    ['ERROR', 'is no pattern for events in JSON, which stands in braces'],
    ['[ip, status = 4*]', 'is no pattern for events in JSON, which stands in braces'],
    ['{ $.a = 1', 'is no pattern for events in JSON, which stands in braces'],
    ['{ }', 'ends too early'],
    ['{ $.a }', 'ends too early'],
    ['{ $.a = }', 'ends too early'],
    ['{ $.a = 1 && }', 'ends too early'],
    ['{ a = 1 }', "has 'a' where a selector such as '$.eventName' should be"],
    ['{ $.a == 1 }', "has '=' where a value should be"],
    ['{ $.a && 1 }', "has '&&' where an operator should be"],
    ['{ $.a "x" }', "has 'x' where an operator should be"],
    ['{ ($.a = 1 }', "lacks a ')'"],
    ['{ $.a = 1) }', "goes on with ')' where it should end"],
    ['{ $.a = 1 $.b = 2 }', "goes on with '$.b' where it should end"],
    ['{ $.a EXISTS }', 'ends too early'],
    ['{ $.a IS NOT NULL }', "has 'IS NOT' where 'NOT EXISTS' or 'IS NULL', 'IS TRUE' or 'IS FALSE' should be"],
    ['{ $.a not exists }', "has 'not exists' where 'NOT EXISTS' or 'IS NULL', 'IS TRUE' or 'IS FALSE' should be"],
    ['{ $.a IS "NULL" }', "has 'IS NULL' where 'NOT EXISTS' or 'IS NULL', 'IS TRUE' or 'IS FALSE' should be"],
    ['{ $.a > "1" }', "compares '$.a' by '>' with what is no number"],
    ['{ $.a > 1* }', "compares '$.a' by '>' with what is no number"],
    ['{ $.a[x] = 1 }', "cannot be read from '[x] = 1'"],
    ['{ $.a = "open }', "cannot be read from '\"open'"],
    ['{ $.a = "\\n" }', "cannot be read from '\"\\n\"'"],
    ['{ $.a = a:b }', "cannot be read from ':b'"],
    ['{ ! $.a = 1 }', "cannot be read from '! $.a = 1'"],
    ['{ $.*[*] = 1 }', "has more than one wild card in '$.*[*]'"],
    ['{ $.* = 1 || $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 }', 'has wild cards in 4 selectors, of 3'],
    ['{ $.a = %a% || $.a = %b% || $.a = %c% }', 'has more than 2 regular expressions'],
    ['{ $.a = %(a)% }', "has a regular expression that cannot be read: '(a)'"],
    [`{ ${'('.repeat(40)}$.a = 1${')'.repeat(40)} }`, 'has parentheses deeper than 32'],
    [`{ $.a = "${'a'.repeat(1024)}" }`, 'has 1036 characters, of 1024'],
  ])('%s', (pattern, problem) => {
    expect(readFilterPattern(pattern)).toEqual({ refusal: { path: '', problem, remedy: expect.stringContaining('User Guide') } });
    expect(patternMatchesEvent(pattern, { a: 1 })).toBe('maybe');
  });
});

type Tree = { readonly code: number } | { readonly operator: '&&' | '||'; readonly left: Tree; readonly right: Tree };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.record({ code: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ operator: fc.constantFrom('&&' as const, '||' as const), left: tie('tree'), right: tie('tree') }),
  ),
})).tree;

/** With parentheses only where `&&` has `||` below it. */
const written = (tree: Tree): string => {
  if ('code' in tree) return `$.code = ${tree.code}`;
  const side = (below: Tree) => (tree.operator === '&&' && 'operator' in below && below.operator === '||' ? `(${written(below)})` : written(below));
  return `${side(tree.left)} ${tree.operator} ${side(tree.right)}`;
};

function meant(tree: Tree, code: number): boolean {
  if ('code' in tree) return tree.code === code;
  return tree.operator === '&&' ? meant(tree.left, code) && meant(tree.right, code) : meant(tree.left, code) || meant(tree.right, code);
}

test('a pattern matches as its parentheses and the order of operations say', () => {
  fc.assert(fc.property(trees, fc.integer({ min: 0, max: 3 }), (tree, code) => {
    const pattern = `{ ${written(tree)} }`;
    fc.pre(pattern.length <= 1024);
    expect(patternMatchesEvent(pattern, { code })).toBe(meant(tree, code) ? 'yes' : 'no');
  }), { numRuns: 200 });
});

test('any text in quotes matches itself, and with wild cards what holds it', () => {
  const plain = fc.string({ maxLength: 40 }).filter((text) => !text.startsWith('*') && !text.endsWith('*'));
  fc.assert(fc.property(plain, fc.string(), (text, more) => {
    const quoted = text.replace(/["\\]/g, '\\$&');
    expect(patternMatchesEvent(`{ $.a = "${quoted}" }`, { a: text })).toBe('yes');
    expect(patternMatchesEvent(`{ $.a = "*${quoted}*" }`, { a: more + text + more })).toBe('yes');
    expect(patternMatchesEvent(`{ $.a = "${quoted}*" }`, { a: text + more })).toBe('yes');
    expect(patternMatchesEvent(`{ $.a != "*${quoted}" }`, { a: more + text })).toBe('no');
  }), { numRuns: 200 });
});

test('no text and no event makes the reader or the evaluator throw', () => {
  const pieces = fc.constantFrom('$.a', '$.a[0]', '$.*', "$.['x']", '=', '!=', '>', '&&', '||', '(', ')', '"t"', '%a+%', '1e3', 'IS', 'NULL', 'NOT', 'EXISTS', '*', '\\');
  const patterns = fc.oneof(fc.string(), fc.array(pieces, { maxLength: 12 }).map((parts) => `{ ${parts.join(' ')} }`), fc.string().map((text) => `{ $.a = 1 ${text}}`));
  fc.assert(fc.property(patterns, fc.jsonValue(), (pattern, event) => {
    expect(['yes', 'no', 'maybe']).toContain(patternMatchesEvent(pattern, event));
  }), { numRuns: 500 });
});
