import * as fc from 'fast-check';
import { equals, generated, placeholder, UNTOLD } from '../../../src/rules/delivery/match';
import { TextIndex } from '../../../src/rules/delivery/text-index';

/** Few enough that two are often the same. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', '*', '?', 'a*', UNTOLD, `a${UNTOLD}`, 'b\u0007', 'a'.repeat(5000)),
  fc.constantFrom('x', 'y').map(placeholder),
  fc.constantFrom('x', 'y').map(generated),
);

const index = new TextIndex([['a'], ['b'], ['a', 'b'], [UNTOLD], []], (texts) => texts);

test('finds what has a text, and what may have it, in the order of the things', () => {
  expect(index.find('b')).toEqual([['b'], ['a', 'b'], [UNTOLD]]);
});

test('finds a thing once that has several of the texts', () => {
  expect(index.find('a', 'b')).toEqual([['a'], ['b'], ['a', 'b'], [UNTOLD]]);
});

test('finds everything for a text that is not told', () => {
  expect(index.find('a', UNTOLD)).toHaveLength(5);
});

test('leaves out nothing that can equal a text', () => {
  fc.assert(fc.property(fc.array(text), text, (things, wanted) => {
    const found = new TextIndex(things.map((thing) => ({ thing })), ({ thing }) => [thing]).find(wanted).map(({ thing }) => thing);
    const equal = things.filter((thing) => equals(wanted, thing) !== 'no' || equals(thing, wanted) !== 'no');
    expect(found).toEqual(expect.arrayContaining(equal));
  }));
});

test('finds nothing for a told text but what equals it or may', () => {
  fc.assert(fc.property(fc.array(text), fc.constantFrom('a', 'b', 'ab'), (things, wanted) => {
    const found = new TextIndex(things, (thing) => [thing]).find(wanted);
    const told = ['', 'a', 'b', 'ab', '*', '?', 'a*'];
    expect(found.filter((thing) => told.includes(thing)).every((thing) => thing === wanted)).toBe(true);
  }));
});
