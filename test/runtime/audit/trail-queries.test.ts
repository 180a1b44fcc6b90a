import { DAY, DigestCloud, Fault } from './digest-cloud';
import { ALICE, HOUR, LOG_GROUP_ARN, QUESTIONS } from './digest-world';
import { insightsQuery, MAX_ROWS } from '../../../src/formats/review-question';
import { TrailQueries } from '../../../src/runtime/audit/trail-queries';

const FROM = Date.parse('2026-11-24T00:00:00Z');
const WINDOW = { from: FROM, to: FROM + DAY };
const [TAMPERING, , NEW] = QUESTIONS;

let cloud: DigestCloud;

function queries(faults?: ReadonlyMap<number, Fault>): TrailQueries {
  cloud = new DigestCloud(FROM + 2 * DAY, QUESTIONS, faults);
  return new TrailQueries({ logGroupArn: LOG_GROUP_ARN, lateMilliseconds: 6 * HOUR }, {
    client: cloud.client, now: () => cloud.now, pause: async (milliseconds) => { cloud.now += milliseconds; },
  });
}

const deadline = () => cloud.now + HOUR;

test('searches as far as an event may be late, and for what is new as far as that says', async () => {
  const log = queries();
  await log.ask(TAMPERING, WINDOW, deadline());
  await log.ask(NEW, WINDOW, deadline());
  expect(cloud.asked).toEqual([[TAMPERING, 6 * HOUR], [NEW, 30 * DAY]].map(([question, reach]) => ({
    logGroupIdentifiers: [LOG_GROUP_ARN],
    queryString: insightsQuery(question as typeof NEW, WINDOW.from, WINDOW.to),
    startTime: (WINDOW.from - (reach as number)) / 1000,
    endTime: cloud.now / 1000, // the end of the window is a day ago
    limit: MAX_ROWS + 1,
  })));
});

test('searches ahead of the end of a window that has just ended', async () => {
  const log = queries();
  cloud.now = WINDOW.to + HOUR;
  await log.ask(TAMPERING, WINDOW, deadline());
  expect(cloud.asked).toMatchObject([{ endTime: (WINDOW.to + 2 * HOUR) / 1000 }]);
});

test('asks nothing that there is no time for', async () => {
  const log = queries();
  await expect(log.ask(TAMPERING, WINDOW, cloud.now)).rejects.toThrow('there was no time left to ask');
  expect(cloud.asked).toEqual([]);
});

test('waits until a query ends', async () => {
  const log = queries();
  cloud.happened.push({ question: 'tampering', at: FROM, arrived: FROM, who: ALICE });
  cloud.statuses.push('Scheduled', 'Running', 'Running');
  expect(await log.ask(TAMPERING, WINDOW, deadline())).toEqual({ rows: [expect.objectContaining({ 'userIdentity.arn': ALICE, 'events': '1' })], more: false });
});

test('says that there is more than a report has', async () => {
  const log = queries();
  for (let who = 0; who <= MAX_ROWS; who++) cloud.happened.push({ question: 'tampering', at: FROM, arrived: FROM, who: `who-${who}` });
  const answer = await log.ask(TAMPERING, WINDOW, deadline());
  expect(answer).toMatchObject({ more: true });
  expect('rows' in answer && answer.rows).toHaveLength(MAX_ROWS);
});

test.each(['Failed', 'Cancelled', 'Unknown'])('leaves a query that ended as %s to the next run', async (status) => {
  const log = queries();
  cloud.statuses.push(status);
  await expect(log.ask(TAMPERING, WINDOW, deadline())).rejects.toThrow(`a query ended as ${status}`);
});

test('ends a query that is not done in time, and leaves it to the next run', async () => {
  const log = queries();
  cloud.statuses = Array(100_000).fill('Running') as string[];
  await expect(log.ask(TAMPERING, WINDOW, cloud.now + 10_000)).rejects.toThrow('a query did not end in time');
  const failing = queries(new Map([[6, 'refused']])); // ending it fails, as for one that has just ended
  cloud.statuses = Array(100_000).fill('Running') as string[];
  await expect(failing.ask(TAMPERING, WINDOW, cloud.now + 10_000)).rejects.toThrow('a query did not end in time');
});

test('says what no run can answer', async () => {
  const log = queries();
  cloud.statuses.push('Timeout');
  expect(await log.ask(TAMPERING, WINDOW, deadline())).toEqual({ unanswered: 'Timeout' });
  expect(await log.ask({ ...TAMPERING, id: 'x', by: ['awsRegion'] }, WINDOW, deadline())).toEqual({ unanswered: 'MalformedQueryException' });
});

test('takes fields without a name or a value for none', async () => {
  const answers = [{ queryId: 'q' }, { status: 'Complete', results: [[{ value: 'x' }, { field: 'events' }]] }, { queryId: 'q' }, { status: 'Complete' }];
  const log = new TrailQueries({ logGroupArn: LOG_GROUP_ARN, lateMilliseconds: 0 }, {
    client: { send: async () => answers.shift() as never }, now: () => 0, pause: async () => undefined,
  });
  expect(await log.ask(TAMPERING, WINDOW, 1)).toEqual({ rows: [{ events: '' }], more: false });
  expect(await log.ask(TAMPERING, WINDOW, 1)).toEqual({ rows: [], more: false });
});
