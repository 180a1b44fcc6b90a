import { requireAgreement } from '../../benchmarks/frame/agreement';
import { run, Sample } from '../../benchmarks/frame/campaign';
import { Reading } from '../../benchmarks/frame/measure';

function counted(contender: string, types: Record<string, number>): Sample {
  const readings = Object.entries(types).map(([name, value]): Reading => ({ name, unit: 'count', value, mustAgree: true }));
  return { measure: 'template', contender, apis: 10, round: 0, readings };
}

test('lets contenders take turns, the last of one round first in the next', () => {
  const order: string[] = [];
  run({ measures: [{ name: 'm', rounds: 3 }], contenders: ['a', 'b', 'c'], sizes: [1, 10] }, (_measure, contender, apis) => {
    order.push(`${contender}${apis}`);
    return [];
  });
  expect(order).toEqual(['a1', 'b1', 'c1', 'a10', 'b10', 'c10', 'c1', 'b1', 'a1', 'c10', 'b10', 'a10', 'a1', 'b1', 'c1', 'a10', 'b10', 'c10']);
});

test('takes a measure as often as it wants', () => {
  const samples = run({ measures: [{ name: 'once', rounds: 1 }, { name: 'twice', rounds: 2 }], contenders: ['a'], sizes: [1] }, () => []);
  expect(samples.map(({ measure, round }) => [measure, round])).toEqual([['once', 0], ['twice', 0], ['twice', 1]]);
});

test('accepts contenders with the same resources', () => {
  expect(() => requireAgreement([counted('ours', { Q: 2, T: 1 }), counted('theirs', { T: 1, Q: 2 })], 'ours', 'theirs')).not.toThrow();
});

test.each([
  ['another number of a type', { Q: 3 }, 'Q of 10 APIs: 3 and 2'],
  ['a type less', {}, 'Q of 10 APIs: 0 and 2'],
  ['a type more', { Q: 2, T: 1 }, 'T of 10 APIs: 1 and 0'],
])('refuses a contender with %s', (_what, types, message) => {
  expect(() => requireAgreement([counted('ours', types), counted('theirs', { Q: 2 })], 'ours', 'theirs')).toThrow(message);
});

test('refuses to agree with nothing', () => {
  expect(() => requireAgreement([counted('ours', {})], 'ours', 'theirs')).toThrow('there must be readings of theirs to agree with, got none');
});
