import * as fc from 'fast-check';
import { membersIn, tryJson } from '../../../src/runtime/shared/json-text';

test.each([[undefined, undefined], ['', undefined], ['{', undefined], ['null', null], ['[1]', [1]], ['{"a":1}', { a: 1 }]])('the value of %j is %j', (text, value) => {
  expect(tryJson(text)).toEqual(value);
});

test.each(['', '{', 'null', '1', '"a"', '[]'])('%j has no members by name', (text) => {
  expect(membersIn(text).secret).toBeUndefined();
});

test('any object has its members, and no text throws', () => {
  fc.assert(fc.property(fc.dictionary(fc.string().filter((name) => name !== '__proto__'), fc.jsonValue()), (members) => {
    expect(membersIn(JSON.stringify(members))).toEqual(JSON.parse(JSON.stringify(members)));
  }));
  fc.assert(fc.property(fc.string(), (text) => void membersIn(text)));
});
