import * as fc from 'fast-check';
import { outcomes } from './outcomes';
import {
  admission, afterOutcome, DISABLE_AFTER_MILLISECONDS, EndpointState, FAILURES_TO_OPEN, HEALTHY, MAX_OPEN_MILLISECONDS, PROBE_MILLISECONDS,
} from '../../../../src/runtime/webhooks/outbound/endpoint-state';
import { Outcome } from '../../../../src/runtime/webhooks/outbound/guarded-connector';

const NOW = 1_800_000_000_000;
const OK: Outcome = { type: 'answered', status: 200 };
const BROKEN: Outcome = { type: 'answered', status: 500 };

const after = (count: number, outcome: Outcome, from: EndpointState = HEALTHY, now = NOW) =>
  Array.from({ length: count }).reduce<EndpointState>((state) => afterOutcome(state, outcome, now), from);

test('a healthy endpoint is sent to, and success changes nothing', () => {
  expect(admission(HEALTHY, NOW)).toEqual({ type: 'send' });
  expect(afterOutcome(HEALTHY, OK, NOW)).toBe(HEALTHY);
});

test('few failures are counted, and a success forgets them', () => {
  const failing = after(FAILURES_TO_OPEN - 1, BROKEN);
  expect(failing).toEqual({ failures: 9, failingSince: NOW });
  expect([admission(failing, NOW), afterOutcome(failing, OK, NOW)]).toEqual([{ type: 'send' }, HEALTHY]);
});

test('the circuit opens after ten, longer after each more, for an hour at most', () => {
  const seconds = [10, 11, 12, 15, 16, 17, 60].map((count) => (after(count, BROKEN).openUntil! - NOW) / 1000);
  expect(seconds).toEqual([60, 120, 240, 1920, 3600, 3600, 3600]);
});

test('while it is open all wait; afterwards one probes, and the others wait for it', () => {
  const open = after(10, BROKEN);
  expect(admission(open, NOW + 59_999)).toEqual({ type: 'wait', until: NOW + 60_000 });
  const later = NOW + 60_000;
  const probe = admission(open, later);
  expect(probe).toEqual({ type: 'probe', state: { ...open, openUntil: later + PROBE_MILLISECONDS } });
  const probing = (probe as { state: EndpointState }).state;
  expect(admission(probing, later)).toEqual({ type: 'wait', until: later + PROBE_MILLISECONDS });
  expect(afterOutcome(probing, OK, later)).toEqual(HEALTHY);
  expect(afterOutcome(probing, BROKEN, later)).toEqual({ failures: 11, failingSince: NOW, openUntil: later + 120_000 });
});

test.each<[Outcome, number]>([
  [{ type: 'answered', status: 429 }, 60], [{ type: 'answered', status: 429, retryAfter: '600' }, 600], [{ type: 'answered', status: 503, retryAfter: '99999' }, 3600],
  [{ type: 'failed', reason: 'timeout' }, 60],
])('an endpoint that answers %j is left alone for %d seconds at once', (outcome, seconds) => {
  expect(afterOutcome(HEALTHY, outcome, NOW)).toEqual({ failures: 1, failingSince: NOW, openUntil: NOW + seconds * 1000 });
});

test('a failure does not shorten what another was told', () => {
  const paused = afterOutcome(HEALTHY, { type: 'answered', status: 429, retryAfter: '600' }, NOW);
  expect(afterOutcome(paused, BROKEN, NOW + 1).openUntil).toBe(NOW + 600_000);
  expect(afterOutcome(paused, BROKEN, NOW + 600_000)).toEqual({ failures: 2, failingSince: NOW });
});

test('410 disables at once', () => {
  const gone = afterOutcome(HEALTHY, { type: 'answered', status: 410 }, NOW);
  expect([gone.disabledBecause, admission(gone, NOW).type]).toEqual(['gone', 'disabled']);
});

test('five days of failing disable; two failures that far apart do not', () => {
  const late = NOW + DISABLE_AFTER_MILLISECONDS;
  expect(afterOutcome(after(9, BROKEN), BROKEN, late)).toEqual({ disabledBecause: 'failing', failures: 10, failingSince: NOW });
  expect(afterOutcome(after(9, BROKEN), BROKEN, late - 1).disabledBecause).toBeUndefined();
  expect(afterOutcome(after(1, BROKEN), BROKEN, late).disabledBecause).toBeUndefined();
});

test('what was in flight when it was disabled enables nothing', () => {
  const gone = afterOutcome(HEALTHY, { type: 'answered', status: 410 }, NOW);
  expect(afterOutcome(gone, OK, NOW)).toBe(gone);
});

/** Time that passes, and an attempt if one is let through. */
const step = fc.record({ passes: fc.integer({ min: 0, max: 6 * 3_600_000 }), outcome: outcomes, inFlight: fc.boolean() });
const histories = fc.array(step, { maxLength: 200 });

test('whatever happens: nothing is sent while open, one probes at a time, and no circuit is open longer than an hour', () => {
  fc.assert(fc.property(histories, (history) => {
    let state = HEALTHY;
    let now = NOW;
    let probedUntil = 0;
    for (const { passes, outcome, inFlight } of history) {
      now += passes;
      const admitted = admission(state, now);
      if (state.openUntil !== undefined && now < state.openUntil) expect(['wait', 'disabled']).toContain(admitted.type);
      if (state.disabledBecause) expect(admitted.type).toBe('disabled');
      if (admitted.type === 'probe') {
        expect(now).toBeGreaterThanOrEqual(probedUntil);
        state = admitted.state;
        probedUntil = inFlight ? state.openUntil! : 0;
        expect(admission(state, now).type).toBe('wait');
      }
      if (admitted.type === 'wait') expect(admitted.until - now).toBeLessThanOrEqual(MAX_OPEN_MILLISECONDS);
      if (inFlight || admitted.type === 'wait' || admitted.type === 'disabled') continue;
      const next = afterOutcome(state, outcome, now);
      if (next !== HEALTHY && next !== state) expect(next.failures).toBe(state.failures + 1);
      if (next === HEALTHY) probedUntil = 0;
      state = next;
    }
  }), { numRuns: 2000 });
});

test('whatever happened: an endpoint that is well again and enabled is sent to within an hour, and healthy after one success', () => {
  fc.assert(fc.property(histories, (history) => {
    let state = HEALTHY;
    let now = NOW;
    for (const { passes, outcome } of history) state = afterOutcome(state, outcome, now += passes);
    if (state.disabledBecause) state = HEALTHY; // somebody enables it
    const later = now + MAX_OPEN_MILLISECONDS;
    expect(['send', 'probe']).toContain(admission(state, later).type);
    expect(afterOutcome(state, OK, later)).toBe(state.failures === 0 ? state : HEALTHY);
  }), { numRuns: 2000 });
});
