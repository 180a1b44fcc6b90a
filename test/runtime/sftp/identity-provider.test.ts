import { LOGIN_CASES } from './cases/cases';
import { MACHINE, startOf } from './function-world';

test.each(LOGIN_CASES.map(({ number, title, run }) => [`[case ${number}] ${title}`, run] as const))('%s', async (_title, run) => {
  await run(startOf(MACHINE));
}, 30_000);

test('each case from 1 to 45 is there', () => {
  const numbers = [...new Set(LOGIN_CASES.map(({ number }) => number))].sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
});
