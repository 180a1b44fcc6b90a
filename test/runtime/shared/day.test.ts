import { startOfDay } from '../../../src/runtime/shared/day';

test('a day begins at midnight, UTC', () => {
  expect(startOfDay('2028-02-29')).toBe(Date.UTC(2028, 1, 29));
});

test.each(['', '2027-2-1', '2027-02-30', '2027-13-01', '2027-02-01T00:00', '+2027-02-01', 'today'])('%j is no day', (text) => {
  expect(startOfDay(text)).toBeNaN();
});
