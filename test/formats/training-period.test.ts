import * as fc from 'fast-check';
import { periodAt, periodText, PeriodUnit, startOfPeriod, tryPeriod, tryPeriods } from '../../src/formats/training-period';

const UNITS: readonly PeriodUnit[] = ['year', 'quarter', 'month'];

test.each([
  ['2026', 'year', '2026-01-01'],
  ['2026-Q1', 'quarter', '2026-01-01'],
  ['2026-Q4', 'quarter', '2026-10-01'],
  ['2026-12', 'month', '2026-12-01'],
])('%s begins with its %s', (text, unit, day) => {
  const period = tryPeriod(text)!;
  expect([period.unit, startOfPeriod(period)]).toEqual([unit, Date.parse(day)]);
});

test.each(['', '26', '2026-Q5', '2026-Q0', '2026-13', '2026-00', '2026-1', ' 2026', '2026-q4', '2026-Q4 '])('%j names no period', (text) => {
  expect(tryPeriod(text)).toBeUndefined();
});

test('each moment is in one period, whose text names it', () => {
  fc.assert(fc.property(fc.constantFrom(...UNITS), fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 11) }), (unit, moment) => {
    const period = periodAt(unit, moment);
    expect(startOfPeriod(period)).toBeLessThanOrEqual(moment);
    expect(startOfPeriod({ unit, index: period.index + 1 })).toBeGreaterThan(moment);
    expect(tryPeriod(periodText(period))).toEqual(period);
  }), { numRuns: 200 });
});

test('a list is of one unit, with each period once, and is put in order', () => {
  expect(tryPeriods(['2026-Q4', '2026-Q3'])!.map(periodText)).toEqual(['2026-Q3', '2026-Q4']);
  for (const list of [[], ['2026', '2026-Q1'], ['2026', '2026'], ['2026-Q4', 'x']]) expect(tryPeriods(list)).toBeUndefined();
});
