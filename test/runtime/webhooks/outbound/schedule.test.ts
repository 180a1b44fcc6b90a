import * as fc from 'fast-check';
import { outcomes } from './outcomes';
import { Outcome } from '../../../../src/runtime/webhooks/outbound/guarded-connector';
import { tryRetryAfter } from '../../../../src/runtime/webhooks/outbound/retry-after';
import { DELAYS_SECONDS, nextOf, tryPauseSeconds } from '../../../../src/runtime/webhooks/outbound/schedule';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const answered = (status: number, retryAfter?: string): Outcome => ({ type: 'answered', status, ...retryAfter === undefined ? {} : { retryAfter } });

describe('Retry-After', () => {
  test.each([
    ['0', 0], ['120', 120], ['999999999', 999_999_999], ['Wed, 25 Nov 2026 12:01:00 GMT', 60], ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
  ])('%p asks for %d seconds', (text, seconds) => expect(tryRetryAfter(text, NOW)).toBe(seconds));

  test.each([
    '', ' 1', '-1', '+1', '1.5', '1e3', '0x10', '9999999999', 'soon', 'Infinity', 'Tue, 25 Nov 2026 12:01:00 GMT', '2026-11-25T12:01:00Z', 'Wed, 25 Nov 2026 12:01:00',
    'Wednesday, 25-Nov-26 12:01:00 GMT', 'Wed Nov 25 12:01:00 2026', 'Wed, 31 Nov 2026 12:01:00 GMT',
  ])('%p asks for nothing', (text) => expect(tryRetryAfter(text, NOW)).toBeUndefined());

  test('whatever it is, it is undefined or a whole number of seconds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map((date) => date.toUTCString())), (text) => {
      const seconds = tryRetryAfter(text, NOW);
      if (seconds !== undefined) expect(Number.isInteger(seconds) && seconds >= 0).toBe(true);
    }), { numRuns: 20_000 });
  });
});

describe('the schedule', () => {
  test('is that of Standard Webhooks: ten attempts in three days', () => {
    expect(DELAYS_SECONDS.reduce((sum, delay) => sum + delay)).toBe(75 * 3600 + 35 * 60 + 5);
    expect(DELAYS_SECONDS).toHaveLength(10);
  });

  test.each(DELAYS_SECONDS.slice(1).map((delay, index) => [index + 1, delay]))('attempt %d is followed after %d seconds, give or take a fifth', (attempt, delay) => {
    const after = (random: number) => nextOf(answered(500), attempt, NOW, random);
    expect([0, 0.5].map(after)).toEqual([{ type: 'retry', afterSeconds: delay * 0.8 }, { type: 'retry', afterSeconds: delay }]);
  });

  test('ends in a dead letter', () => {
    expect(nextOf(answered(500), 10, NOW, 0)).toEqual({ type: 'dead', because: 'attempts-exhausted' });
  });

  test.each([200, 201, 202, 204, 299])('%d is success', (status) => expect(nextOf(answered(status), 1, NOW, 0)).toEqual({ type: 'delivered' }));

  test.each([199, 300, 301, 302, 304, 307, 400, 401, 404, 409, 500, 501, 503])('%d is tried again', (status) => {
    expect(nextOf(answered(status), 1, NOW, 0.5)).toEqual({ type: 'retry', afterSeconds: 5 });
  });

  test.each(['address-refused', 'name-not-found', 'tls', 'connection'] as const)('a failure by %s is tried again, since it may pass', (reason) => {
    expect(nextOf({ type: 'failed', reason }, 1, NOW, 0.5)).toEqual({ type: 'retry', afterSeconds: 5 });
  });

  test('410 is the end', () => expect(nextOf(answered(410), 1, NOW, 0)).toEqual({ type: 'dead', because: 'gone' }));

  test.each([429, 502, 504])('after %d a minute passes at least', (status) => {
    expect(nextOf(answered(status), 1, NOW, 0)).toEqual({ type: 'retry', afterSeconds: 60 });
    expect(nextOf(answered(status, '1'), 1, NOW, 0)).toEqual({ type: 'retry', afterSeconds: 60 });
    expect(nextOf(answered(status), 2, NOW, 0.5)).toEqual({ type: 'retry', afterSeconds: 300 });
  });

  test('after a timeout, too', () => expect(nextOf({ type: 'failed', reason: 'timeout' }, 1, NOW, 0)).toEqual({ type: 'retry', afterSeconds: 60 }));

  test.each([['120', 120], ['Wed, 25 Nov 2026 13:00:00 GMT', 3600], ['1', 5], ['999999999', 86_400], ['Fri, 25 Dec 2099 00:00:00 GMT', 86_400], ['soon', 5]])(
    'Retry-After of %p means %d seconds', (text, seconds) => expect(nextOf(answered(503, text), 1, NOW, 0.5)).toEqual({ type: 'retry', afterSeconds: seconds }),
  );

  test('nothing is waited for longer than a day and a fifth, and never less than the schedule says', () => {
    fc.assert(fc.property(outcomes, fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (outcome, attempt, random) => {
      const next = nextOf(outcome, attempt, NOW, random);
      if (next.type !== 'retry') return;
      expect(attempt).toBeLessThan(DELAYS_SECONDS.length);
      expect(next.afterSeconds).toBeGreaterThanOrEqual(DELAYS_SECONDS[attempt] * 0.8);
      expect(next.afterSeconds).toBeLessThanOrEqual(86_400 * 1.2);
      expect(next.afterSeconds).toBeGreaterThanOrEqual(tryPauseSeconds(outcome, NOW) ?? 0);
    }), { numRuns: 5000 });
  });
});
