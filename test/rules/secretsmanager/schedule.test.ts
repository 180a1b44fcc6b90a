import * as fc from 'fast-check';
import { longestGapDays } from '../../../src/rules/secretsmanager/schedule';

const cron = (days: string, months = '*', weekDays = '?') => longestGapDays(`cron(0 8 ${days} ${months} ${weekDays} *)`);

describe('the longest gap', () => {
  test.each<[string, number]>([
    ['rate(1 day)', 1],
    ['rate(90 days)', 90],
    ['rate(1000 days)', 1000],
    ['rate(4 hours)', 4 / 24],
    ['rate(12 hours)', 0.5],
    ['cron(0 8 * * ? *)', 1],
    ['cron(0 8/8 * * ? *)', 1],
    ['cron(0 8 1 * ? *)', 31],
    ['cron(0 8 L * ? *)', 31],
    ['cron(0 8 31 * ? *)', 61],
    ['cron(0 8 1/7 * ? *)', 7],
    ['cron(0 8 1,15 * ? *)', 17],
    ['cron(0 8 ? * MON *)', 7],
    ['cron(0 8 ? * mon-fri *)', 3],
    ['cron(0 8 ? * SUN#1 *)', 35],
    ['cron(0 8 ? * 1L *)', 35],
    ['cron(0 8 ? * L *)', 7],
    ['cron(0 8 1 JAN,APR,JUL,OCT ? *)', 92],
    ['cron(0 8 1 1/3 ? *)', 92],
    ['cron(0 8 1 */2 ? *)', 62],
    ['cron(0 8 1 6 ? *)', 366],
    // The day exists in one year of four.
    ['cron(0 8 29 2 ? *)', 4 * 365 + 1],
    ['cron(0 8 30 2 ? *)', Infinity],
  ])('of %s is %d days', (expression, days) => {
    expect(longestGapDays(expression)).toBe(days);
  });
});

test.each([
  '', 'rate', 'rate()', 'rate(0 days)', 'rate(1001 days)', 'rate(3 hours)', 'rate(24001 hours)', 'rate(30 weeks)', 'rate(030 days)', 'rate(30  days)',
  'rate(-1 days)', 'rate(1.5 days)', 'Rate(30 days)', ' rate(30 days)', 'rate(30 days))', 'cron()', 'cron(* 8 1 * ? *)', 'cron(5 8 1 * ? *)',
  'cron(0 24 1 * ? *)', 'cron(0 8 0 * ? *)', 'cron(0 8 32 * ? *)', 'cron(0 8 1 13 ? *)', 'cron(0 8 1 * ? 2027)', 'cron(0 8 1 * MON *)',
  'cron(0 8 ? * ? *)', 'cron(0 8 * * * *)', 'cron(0 8 1 * ?)', 'cron(0 8 1 * ? * *)', 'cron(0 8 ? * FRI-MON *)', 'cron(0 8 ? * SUN#6 *)',
  'cron(0 8 ? * XXX *)', 'cron(0 8 ? * XXX#1 *)', 'cron(0 8 1-5/2 * ? *)', 'cron(0 8 */0 * ? *)', 'cron(0 8 *-5 * ? *)', 'cron(0 8 1, * ? *)', 'cron(0 8 1W * ? *)',
])('%j is not read', (expression) => {
  expect(longestGapDays(expression)).toBeUndefined();
});

describe('for any schedule', () => {
  const monthDays = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 8 });

  test('a rate is what it says', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (days) => longestGapDays(`rate(${days} days)`) === days));
  });

  test('a list of days of the month has the longest of its gaps, over the longest month', () => {
    fc.assert(fc.property(monthDays, (days) => {
      const sorted = [...days].sort((a, b) => a - b);
      const gaps = sorted.map((day, index) => (sorted[index + 1] ?? sorted[0] + 31) - day);
      return cron(days.join(',')) === Math.max(...gaps);
    }));
  });

  test('a further day never makes the gap longer', () => {
    fc.assert(fc.property(monthDays, fc.integer({ min: 1, max: 31 }), (days, more) => cron([...days, more].join(','))! <= cron(days.join(','))!));
  });

  test('names and numbers of months say the same', () => {
    const names = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (months) =>
      cron('1', months.join(',')) === cron('1', months.map((month) => names[month - 1]).join(','))));
  });

  test('a text of any kind is read or not, and never throws', () => {
    const field = fc.stringMatching(/^[\w*?,#/L-]{0,6}$/);
    const text = fc.oneof(fc.string(), fc.tuple(field, field, field, field, field, field).map((fields) => `cron(${fields.join(' ')})`));
    fc.assert(fc.property(text, (expression) => {
      const days = longestGapDays(expression);
      return days === undefined || days > 0;
    }));
  });
});
