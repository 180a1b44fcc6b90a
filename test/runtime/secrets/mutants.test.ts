import { mutantOf } from './harness/mutant';
import { MUTANT_SEARCHES, problemOf, QUICK_MUTANTS, violationOf } from './harness/mutants';

test.each(QUICK_MUTANTS)('the search finds a machine that %s', async (_name, mutant) => {
  expect(await violationOf(mutant)).toMatch(mutant.found);
}, 120_000);

test.each(MUTANT_SEARCHES.slice(0, 1))('the search finds nothing wrong with the machine itself: %j', async (search) => {
  expect(await problemOf(search)).toBeUndefined();
}, 120_000);

test('a mutation of a source that does not have it is an error', () => {
  expect(() => mutantOf({ file: 'rotation', from: 'no such text', to: '' })).toThrow("rotation.ts has 'no such text' 0 times");
});
