import { ALICE, BOB, DAY, DigestWorld, HOUR, MINUTE, QUESTIONS, START } from './digest-world';
import { bytesOf, reportOf } from '../../../src/runtime/audit/report';

const MIDNIGHT = START - 40 * MINUTE;

test('writes a report of the day before, opens an item for it, and says so', async () => {
  const world = new DigestWorld();
  world.happens('tampering', MIDNIGHT - HOUR);
  expect(await world.at(START)).toBeUndefined();
  const [key] = world.bodies('reports', '.json')[0];
  expect(key).toBe('access-reviews/Daily/reports/20261123T000000Z.json');
  expect(world.bodies('reports', '.md')).toHaveLength(1);
  expect(world.cloud.center.items).toMatchObject([{
    Title: 'Access review Daily: 2026-11-23, 1 findings',
    Severity: '2',
    Description: 'Read the report s3://evidence/access-reviews/Daily/reports/20261123T000000Z.md, see to what it found, and resolve this item by '
      + '2026-11-27T00:30:00.000Z. It counts if somebody resolves it who is in no finding of it.',
  }]);
  expect(world.outcomes).toEqual(['digested', 'reviewed']);
});

test('an item without findings is not urgent', async () => {
  const world = new DigestWorld();
  await world.at(START);
  expect(world.cloud.center.items).toMatchObject([{ Severity: '4' }]);
});

test('waits until the events of a day can be found', async () => {
  const world = new DigestWorld();
  await world.at(MIDNIGHT + 29 * MINUTE);
  expect([world.reports, world.outcomes]).toEqual([[], ['reviewed']]);
});

test('keeps who acknowledged a report, once', async () => {
  const world = new DigestWorld();
  await world.at(START);
  world.cloud.now += HOUR;
  world.cloud.center.resolve('oi-000000000001', BOB);
  await world.review();
  await world.review();
  expect(world.bodies('acknowledgements', '.json').map(([, body]) => JSON.parse(body) as unknown)).toEqual([{
    version: 1,
    review: 'Daily',
    report: { key: 'access-reviews/Daily/reports/20261123T000000Z.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    opsItemId: 'oi-000000000001',
    acknowledgedBy: BOB,
    acknowledgedAt: '2026-11-24T01:40:00.000Z',
  }]);
  expect(world.outcomes.filter((outcome) => outcome === 'acknowledged')).toHaveLength(1);
});

test.each([
  ['by whom the report is about', ALICE, 'Resolved by whom the report is about, or by its author.'],
  ['by the root user', 'arn:aws:iam::111122223333:root', 'Resolved by nobody in particular.'],
])('opens an item again that is resolved %s', async (_, by, reason) => {
  const world = new DigestWorld();
  world.happens('tampering', MIDNIGHT - HOUR);
  await world.at(START);
  world.cloud.center.resolve('oi-000000000001', by);
  await world.review();
  expect(world.cloud.center.items).toMatchObject([{ Status: 'Open', OperationalData: { 'review-reopened': { Value: reason } } }]);
  expect(world.log).toContainEqual(expect.objectContaining({ outcome: 'not-counted', by }));
});

test('opens an item anew that somebody deleted', async () => {
  const world = new DigestWorld();
  await world.at(START);
  world.cloud.center.items.splice(0);
  await world.review();
  expect(world.cloud.center.items).toMatchObject([{ Status: 'Open' }]);
});

test('does not take what was resolved of another review by the same name for its own', async () => {
  const world = new DigestWorld();
  await world.at(START);
  world.cloud.center.resolve('oi-000000000001', BOB);
  const { center } = world.cloud;
  // Another stack, or the same one made anew: its evidence is not that of the first, and its report of the same day says something else.
  const other = new DigestWorld();
  other.happens('tampering', MIDNIGHT - HOUR);
  center.items.forEach((item) => other.cloud.center.items.push(item));
  await other.at(START);
  expect(other.bodies('acknowledgements', '.json')).toEqual([]);
  expect(other.cloud.center.items).toMatchObject([{ Status: 'Resolved' }, { Status: 'Open' }]);
});

test('says each hour what is overdue', async () => {
  const world = new DigestWorld();
  await world.at(START);
  await world.at(MIDNIGHT + 3 * DAY + 29 * MINUTE);
  expect(world.outcomes).not.toContain('overdue');
  await world.at(MIDNIGHT + 3 * DAY + 31 * MINUTE);
  await world.at(MIDNIGHT + 3 * DAY + 91 * MINUTE);
  const overdue = { outcome: 'overdue', window: '20261123T000000Z', opsItemId: 'oi-000000000001' };
  expect(world.log.filter(({ outcome }) => outcome === 'overdue')).toEqual([overdue, overdue]);
});

test('leaves a day whose questions are not answered in time to the next run', async () => {
  const world = new DigestWorld();
  world.cloud.statuses = Array(100_000).fill('Running') as string[];
  const failed = await world.at(START);
  expect(failed?.message).toBe('digest failed: QueryUnfinished');
  expect(world.outcomes).toEqual(['fault']);
  world.cloud.statuses = [];
  await world.review();
  expect(world.outcomes.slice(1)).toEqual(['digested', 'reviewed']);
});

test('reports the day before its log group was made, which has nothing, and no more findings than that', async () => {
  const world = new DigestWorld();
  world.cloud.madeAt = START + 9 * HOUR;
  expect(await world.at(START + 9 * HOUR)).toBeUndefined();
  expect(world.reports).toMatchObject([{ from: '2026-11-23T00:00:00.000Z', findings: 0 }]);
});

test('goes on without an answer to a question that always takes too long, which is a finding', async () => {
  const world = new DigestWorld();
  world.happens('tampering', MIDNIGHT - HOUR);
  world.cloud.slow = ['readers', 'new'];
  for (let hour = 0; hour < 6; hour++) expect((await world.at(START - 10 * MINUTE + hour * HOUR))?.message).toBe('digest failed: QueryUnfinished');
  expect([world.reports, new Set(world.outcomes)]).toEqual([[], new Set(['fault'])]);
  expect(await world.at(START + 6 * HOUR)).toBeUndefined();
  expect(world.reports).toMatchObject([{ answers: [{ rows: [{ events: '1' }] }, { unanswered: 'QueryUnfinished' }, { unanswered: 'QueryUnfinished' }] }]);
});

test('asks no more once a question has to be asked again', async () => {
  const questions = [...'abcdefghij'].map((id) => ({ ...QUESTIONS[0], id }));
  const world = new DigestWorld({ questions });
  world.cloud.statuses = Array(100).fill('Failed') as string[];
  expect((await world.at(START))?.message).toBe('digest failed: QueryFailed');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(world.cloud.asked).toHaveLength(4);
});

test('says what is missing whose next is due', async () => {
  const world = new DigestWorld();
  await world.at(START);
  world.cloud.now = START + 3 * DAY;
  await world.review('review', 4 * MINUTE);
  expect(world.log).toContainEqual({ outcome: 'digest-missing', window: '20261124T000000Z' });
  world.log.splice(0);
  world.cloud.statuses = ['Failed'];
  await world.review();
  expect(world.outcomes).toEqual(expect.arrayContaining(['digest-missing', 'fault']));
  await world.review();
  world.log.splice(0);
  await world.review();
  expect(world.outcomes).not.toContain('digest-missing');
});

test('one report that cannot be looked after does not keep the others', async () => {
  const world = new DigestWorld();
  await world.at(START);
  await world.at(START + DAY);
  world.cloud.objects.set('access-reviews/Daily/reports/20261123T000000Z.json', { body: Buffer.from('CANARY'), type: '' });
  world.cloud.center.resolve('oi-000000000002', BOB);
  const failed = await world.review();
  expect(failed?.message).toBe('digest failed: BrokenChain');
  expect(world.outcomes).toEqual(expect.arrayContaining(['broken-chain', 'acknowledged']));
  expect(JSON.stringify(world.log)).not.toContain('CANARY');
});

describe('a chain', () => {
  async function threeDays(): Promise<DigestWorld> {
    const world = new DigestWorld();
    await world.at(START);
    await world.at(START + 2 * DAY);
    world.log.splice(0);
    return world;
  }

  test('is followed as a whole', async () => {
    const world = await threeDays();
    expect(await world.review('verify')).toBeUndefined();
    expect(world.log).toEqual([{ outcome: 'verified', reports: 3 }]);
  });

  test.each([
    ['was changed', (body: string) => body.replace('Who read?', 'Who wrote?')],
    ['is about another time', (body: string) => body.replace('"to": "2026-11-25', '"to": "2026-11-24T12:00:00Z", "was": "2026-11-25')],
    ['is the first again', (body: string) => body.replace('"previous"', '"before"')],
    ['is gone', () => undefined],
  ])('breaks where a report %s', async (_, change) => {
    const world = await threeDays();
    const [[, body]] = world.bodies('reports', '.json').slice(1);
    const key = 'access-reviews/Daily/reports/20261124T000000Z.json';
    const changed = change(body);
    if (changed === undefined) world.cloud.objects.delete(key);
    else world.cloud.objects.set(key, { body: Buffer.from(changed), type: '' });
    expect((await world.review('verify'))?.message).toBe('verify failed: BrokenChain');
    expect(world.outcomes).toEqual(['broken-chain']);
  });

  test('does not go on from a report that somebody else put there', async () => {
    const world = new DigestWorld();
    await world.at(START);
    const to = MIDNIGHT + 100 * DAY;
    const foreign = reportOf('Daily', { from: MIDNIGHT, to }, [], { key: 'x', sha256: 'y' });
    world.cloud.objects.set('access-reviews/Daily/reports/20261124T000000Z.json', { body: bytesOf(foreign), type: '' });
    expect((await world.at(START + DAY))?.message).toBe('digest failed: BrokenChain');
  });

  test('does not take the place of a report that follows on another', async () => {
    const world = new DigestWorld();
    await world.at(START);
    world.cloud.beforeEach('PutObject', (key) => {
      const foreign = reportOf('Daily', { from: MIDNIGHT, to: MIDNIGHT + DAY }, [], { key: 'x', sha256: 'y' });
      if (key.endsWith('20261124T000000Z.json')) world.cloud.objects.set(key, { body: bytesOf(foreign), type: '' });
    });
    expect((await world.at(START + DAY))?.message).toBe('digest failed: BrokenChain');
  });

  test('takes a stamp that is none for no report', async () => {
    const world = await threeDays();
    world.cloud.objects.set('access-reviews/Daily/reports/notes.json', { body: Buffer.from(''), type: '' });
    world.cloud.objects.set('access-reviews/Daily/other/20261124T000000Z.json', { body: Buffer.from(''), type: '' });
    expect(await world.review()).toBeUndefined();
  });
});

test('does nothing that it is not asked for', async () => {
  const world = new DigestWorld();
  expect((await world.review('delete'))?.message).toBe('the event is no task of a review');
  expect(world.cloud.calls).toBe(0);
});
