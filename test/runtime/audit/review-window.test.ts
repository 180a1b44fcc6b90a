import * as fc from 'fast-check';
import { firstWindow, stampOf, tryStamp, windowAfter } from '../../../src/runtime/audit/review-window';

const at = (text: string) => Date.parse(text);

test.each([
  ['a day', '2026-11-24T00:00:00Z', 1, '2026-11-25T00:00:00Z'],
  ['a week, to the end of a Sunday', '2026-11-23T00:00:00Z', 7, '2026-11-30T00:00:00Z'],
  ['what is left of a week where it was a day before', '2026-11-25T00:00:00Z', 7, '2026-11-30T00:00:00Z'],
])('a window is %s', (_, from, days, to) => {
  expect(windowAfter(at(from), days)).toEqual({ from: at(from), to: at(to) });
});

test('the first is the last that has ended', () => {
  expect(firstWindow(at('2026-11-25T00:40:00Z'), 1)).toEqual({ from: at('2026-11-24T00:00:00Z'), to: at('2026-11-25T00:00:00Z') });
  expect(firstWindow(at('2026-11-25T00:00:00Z'), 7)).toEqual({ from: at('2026-11-16T00:00:00Z'), to: at('2026-11-23T00:00:00Z') });
});

test('whatever the days between them, windows follow on each other', () => {
  fc.assert(fc.property(fc.integer({ min: 1.7e12, max: 1.9e12 }), fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 2 }), (now, days) => {
    let { to } = firstWindow(now, days[0]);
    expect(to).toBeLessThanOrEqual(now);
    for (const each of days) {
      const next = windowAfter(to, each);
      expect(next.from).toBe(to);
      expect(next.to - next.from).toBeGreaterThan(0);
      expect(next.to - next.from).toBeLessThanOrEqual(each * 86_400_000);
      to = next.to;
    }
  }), { numRuns: 100 });
});

test('stamps are read as they are written, and sort as times do', () => {
  expect(stampOf(at('2026-11-24T00:00:00Z'))).toBe('20261124T000000Z');
  expect(tryStamp('20261124T000000Z')).toBe(at('2026-11-24T00:00:00Z'));
  expect(['20260230T000000Z', '2026-11-24T00:00:00Z', '20261124', '', '20261124T000000Z.json'].map(tryStamp)).toEqual(Array(5).fill(undefined));
});
