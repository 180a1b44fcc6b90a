import * as fc from 'fast-check';
import { DAY, HOUR, START } from './incident-world';
import { Period, Regime, REGIMES } from '../../../src/formats/incident-regimes';
import { endOf } from '../../../src/runtime/audit/deadline';
import { clocksFrom, deadlinesOf } from '../../../src/runtime/audit/incident-record';

test.each<readonly [string, Period, string]>([
  ['2026-11-25T12:00:00.000Z', { hours: 72 }, '2026-11-28T12:00:00.000Z'],
  ['2026-11-25T12:00:00.000Z', { days: 60 }, '2027-01-24T12:00:00.000Z'],
  ['2026-03-28T12:00:00.000Z', { hours: 24 }, '2026-03-29T12:00:00.000Z'], // Europe loses an hour that night
  ['2026-01-15T12:00:00.000Z', { months: 1 }, '2026-02-15T12:00:00.000Z'],
  ['2026-01-31T12:00:00.000Z', { months: 1 }, '2026-02-28T12:00:00.000Z'],
  ['2028-01-31T12:00:00.000Z', { months: 1 }, '2028-02-29T12:00:00.000Z'],
  ['2026-12-31T12:00:00.000Z', { months: 2 }, '2027-02-28T12:00:00.000Z'],
  // On the other side of the date line it is the 28th of February still, whose month is the shorter one.
  ['2026-03-01T00:30:00.000Z', { months: 1 }, '2026-03-29T00:30:00.000Z'],
])('a period that begins at %s, of %j, ends at %s', (start, period, end) => {
  expect(new Date(endOf(Date.parse(start), period)).toISOString()).toBe(end);
});

/** When a period in months ends at the latest: with the last hour of the same date, or of the last day, in a place that far from UTC. */
function endByLaw(start: number, months: number, offset: number): number {
  const local = new Date(start + offset * HOUR);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, Math.min(local.getUTCDate(), last) + 1) - offset * HOUR;
}

test('a period in months never ends later than the law has it, wherever that is, and at most four days earlier', () => {
  fc.assert(fc.property(
    fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }), fc.integer({ min: 1, max: 24 }), fc.integer({ min: -12, max: 14 }),
    (start, months, offset) => {
      const early = endByLaw(start, months, offset) - endOf(start, { months });
      expect(early).toBeGreaterThanOrEqual(0);
      expect(early).toBeLessThan(5 * DAY);
    },
  ), { numRuns: 200 });
});

const times = (record: Parameters<typeof deadlinesOf>[0]) =>
  Object.fromEntries(deadlinesOf(record).map(({ regime, step, dueAt }) => [`${regime}/${step}`, new Date(dueAt).toISOString().slice(0, 16)]));

test('every regime in scope has its deadlines from detection on', () => {
  expect(times({ clocks: clocksFrom(Object.values(REGIMES) as readonly Regime[], START) })).toEqual({
    'gdpr/authority': '2026-11-28T12:00',
    'nis2/early-warning': '2026-11-26T12:00',
    'nis2/notification': '2026-11-28T12:00',
    'nis2/final-report': '2026-12-28T12:00',
    'dora/initial': '2026-11-26T12:00',
    'dora/intermediate': '2026-11-29T12:00',
    'dora/final': '2026-12-29T12:00',
    'hipaa/individuals': '2027-01-24T12:00',
    'hipaa/secretary': '2027-01-24T12:00',
    'hipaa/media': '2027-01-24T12:00',
    'hipaa-business-associate/covered-entity': '2027-01-24T12:00',
  });
});

test('a period that runs from another step runs from when that was done; what is done or dismissed is no deadline', () => {
  const [{ steps: [first, second, third], ...clock }] = clocksFrom([REGIMES.nis2], START);
  const notifiedAt = START + 30 * HOUR;
  expect(times({ clocks: [{ ...clock, steps: [{ ...first, dismissed: 'no significant impact' }, { ...second, notifiedAt }, third] }] }))
    .toEqual({ 'nis2/final-report': '2026-12-26T18:00' });
  expect(times({ clocks: [{ ...clock, steps: [{ ...first, dueAt: START + HOUR }] }] })).toEqual({ 'nis2/early-warning': '2026-11-25T13:00' });
});
