import * as fc from 'fast-check';
import { DAY, HOUR, IncidentWorld, MANAGERS, MINUTE, ON_CALL, PLAN, START } from './incident-world';
import { REGIMES } from '../../../src/formats/incident-regimes';
import { clocksFrom, IncidentRecord } from '../../../src/runtime/audit/incident-record';
import { duePages, nextPageAt } from '../../../src/runtime/audit/page-plan';

const record = (changes: Partial<IncidentRecord> = {}): IncidentRecord => ({
  id: 'inc-1',
  version: 1,
  entrySha256: '',
  detectedAt: START,
  reportedAt: START,
  reporter: 'alice',
  channel: 'api',
  category: 'other',
  summary: '',
  reportSha256: '',
  state: 'open',
  clocks: clocksFrom([REGIMES.gdpr], START),
  told: {},
  ...changes,
});

/** The first page, which everything else comes after. */
const HEARD = { 'level-0': START };

const due = (changes: Partial<IncidentRecord>, after: number) => duePages(record(changes), PLAN, START + after).map(({ series, at, kind }) => `${series}@${(at - START) / MINUTE} ${kind}`);

test.each<readonly [string, Partial<IncidentRecord>, number, readonly string[]]>([
  ['at once', {}, 0, ['level-0@0 reported']],
  ['on silence, the next level', {}, 15 * MINUTE, ['level-0@0 reported', 'level-1@15 unacknowledged']],
  ['each hour after that, the last level again', { told: { 'level-0': START, 'level-1': START + 15 * MINUTE } }, 3 * HOUR, ['repeat@135 unacknowledged']],
  ['that there is one, even if somebody acknowledged it before', { state: 'acknowledged' }, DAY, ['level-0@0 reported']],
  ['that there was one, even if somebody closed it before', { state: 'closed' }, DAY, ['level-0@0 reported']],
  ['nobody of silence, once acknowledged', { state: 'acknowledged', told: HEARD }, DAY, []],
  ['a day before the deadline', { state: 'acknowledged', told: HEARD }, 48 * HOUR, ['gdpr/authority@2880 deadline-near']],
  ['four hours before the deadline', { state: 'acknowledged', told: { ...HEARD, 'gdpr/authority': START + 48 * HOUR } }, 70 * HOUR, ['gdpr/authority@4080 deadline-near']],
  ['at the deadline', { state: 'acknowledged', told: HEARD }, 72 * HOUR, ['gdpr/authority@4320 deadline', 'gdpr/authority/1@4320 deadline']],
  ['each day after it', { state: 'acknowledged', told: HEARD }, 72 * HOUR + 3.5 * DAY, ['gdpr/authority@8640 overdue', 'gdpr/authority/1@8640 overdue']],
  ['nobody twice', { state: 'acknowledged', told: { ...HEARD, 'gdpr/authority': START + 72 * HOUR } }, 73 * HOUR, ['gdpr/authority/1@4320 deadline']],
  ['nobody of what is closed', { state: 'closed', told: HEARD }, 100 * DAY, []],
])('tells %s', (_, changes, after, expected) => {
  expect(due(changes, after)).toEqual(expected);
});

test('warns the first level, and tells every level of a deadline', () => {
  const told = (hours: number) => duePages(record({ state: 'acknowledged', told: HEARD }), PLAN, START + hours * HOUR).map(({ topicArn }) => topicArn);
  expect([told(48), told(72)]).toEqual([[ON_CALL], [ON_CALL, MANAGERS]]);
});

test('has nothing to look at when all is done', () => {
  expect(nextPageAt(record({ state: 'acknowledged', clocks: [], told: HEARD }), PLAN)).toBeUndefined();
});

test('says when to look again: a clock that looks then alone tells all that one tells which looks each minute', async () => {
  const each = new IncidentWorld(['gdpr', 'nis2']);
  await each.report();
  await each.look();
  await each.pass(4 * DAY, 5 * MINUTE);
  const seldom = new IncidentWorld(['gdpr', 'nis2']);
  const id = await seldom.report();
  await seldom.look();
  for (let runs = 0; runs < 500 && seldom.now <= START + 4 * DAY; runs++) {
    const next = Number(seldom.cloud.items.get(`${id} record`)!.nextAt.N);
    seldom.now = Math.max(next, seldom.now);
    if (seldom.now <= START + 4 * DAY) await seldom.look();
  }
  expect(seldom.pages()).toEqual(each.pages());
  expect(new Set(each.pages()).size).toBe(each.pages().length);
});

test('whichever runs are missed, each series is told, in order, and no page twice', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 30 }), async (hours) => {
    const world = new IncidentWorld(['gdpr', 'nis2']);
    await world.report();
    for (const pause of hours) {
      world.now += pause * HOUR;
      await world.look();
    }
    const pages = world.cloud.published.map(({ page, topicArn }) => ({ key: `${page} ${topicArn}`, series: page.split('@')[0], at: Number(page.split('@')[1]) }));
    expect(new Set(pages.map(({ key }) => key)).size).toBe(pages.length);
    for (const { series } of pages) {
      const ats = pages.filter((page) => page.series === series).map(({ at }) => at);
      expect(ats).toEqual([...ats].sort((one, other) => one - other));
    }
    const overdue = world.now >= START + 72 * HOUR;
    const due72 = pages.filter(({ series, at }) => series === 'gdpr/authority' && at >= START + 72 * HOUR);
    expect(due72.length > 0).toBe(overdue);
  }), { numRuns: 50 });
});
