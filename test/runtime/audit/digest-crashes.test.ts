import { createHash } from 'node:crypto';
import { FAULTS, Fault } from './digest-cloud';
import { ALICE, BOB, DAY, DigestWorld, HOUR, MINUTE, Modules, MODULES, START } from './digest-world';
import { loadMutant, Mutation } from '../mutant';

jest.setTimeout(60_000);

/**
 * Six days: an event that comes hours late, a run that is repeated, two days on which nothing runs, an author who resolves the item of what they did,
 * somebody else who does. Then runs until all is calm.
 */
async function play(faults?: ReadonlyMap<number, Fault>, modules?: Modules): Promise<DigestWorld> {
  const world = new DigestWorld({}, faults, modules);
  const midnight = START - 40 * MINUTE;
  world.happens('readers', midnight - 10 * HOUR, 5 * MINUTE, BOB);
  world.happens('tampering', midnight - 9 * HOUR);
  world.happens('readers', midnight - HOUR, 7 * HOUR); // arrives in the day after
  world.happens('readers', midnight - MINUTE, MINUTE); // in its last millisecond there is the next day
  world.happens('readers', midnight - 3 * MINUTE, MINUTE); // a search finds it ten minutes later
  world.happens('new', midnight + 30 * HOUR);
  world.happens('new', midnight + 60 * HOUR); // no longer new
  await world.at(midnight + 5 * MINUTE);
  await world.at(START);
  await world.review();
  resolveAll(world, ALICE);
  await world.at(START + 3 * HOUR);
  await world.at(START + 3 * DAY);
  resolveAll(world, BOB);
  for (let hour = 1; hour <= 4; hour++) {
    await world.at(START + 3 * DAY + hour * HOUR);
    resolveAll(world, BOB);
  }
  // Then nothing fails any more, and two runs with an acknowledgement between them are enough.
  world.calls = world.cloud.calls;
  world.cloud.recover();
  await world.at(START + 3 * DAY + 5 * HOUR);
  resolveAll(world, BOB);
  await world.at(START + 3 * DAY + 6 * HOUR);
  world.log.splice(0);
  await world.at(START + 3 * DAY + 7 * HOUR);
  return world;
}

function resolveAll({ cloud: { center } }: DigestWorld, by: string): void {
  for (const { OpsItemId, Status } of center.items) if (Status === 'Open') center.resolve(OpsItemId, by);
}

/** Neither a gap nor a double, whatever failed. */
function judge(world: DigestWorld): void {
  const { reports, cloud } = world;
  expect(reports.map(({ from }) => from)).toEqual(['23', '24', '25', '26'].map((day) => `2026-11-${day}T00:00:00.000Z`));
  for (const [index, { from, previous }] of reports.entries()) {
    if (index === 0) continue;
    const [key, body] = world.bodies('reports', '.json')[index - 1];
    expect(from).toBe(reports[index - 1].to);
    expect(previous).toEqual({ key, sha256: createHash('sha256').update(body).digest('hex') });
  }
  expect(['tampering', 'readers', 'new'].map((question) => world.counted(question))).toEqual([1, 4, 1]);
  expect(cloud.center.items.map(({ OperationalData }) => OperationalData['review-id'].Value)).toHaveLength(new Set(reports.map(({ from }) => from)).size);
  for (const folder of ['reports', 'acknowledgements']) {
    expect(world.bodies(folder, folder === 'reports' ? '.md' : '.json').map(([key]) => /\/(\w+)\.\w+$/.exec(key)![1]))
      .toEqual(['20261123T000000Z', '20261124T000000Z', '20261125T000000Z', '20261126T000000Z']);
  }
  for (const [, body] of world.bodies('acknowledgements', '.json')) expect(JSON.parse(body)).toMatchObject({ acknowledgedBy: BOB });
  expect(world.outcomes).toEqual(['reviewed']);
}

/** Fails each call in each way. */
async function search(modules?: Modules): Promise<number> {
  const { calls } = await play(undefined, modules);
  let plays = 0;
  for (let call = 0; call < calls; call++) {
    for (const fault of FAULTS) {
      judge(await play(new Map([[call, fault]]), modules));
      plays++;
    }
  }
  return plays;
}

test('leaves neither a gap nor a double, whichever call fails, in whichever way', async () => {
  judge(await play());
  expect(await search()).toBeGreaterThan(500);
});

test('leaves neither under two faults', async () => {
  const { calls } = await play();
  for (let one = 0; one < calls; one += 5) {
    for (let other = one + 1; other < Math.min(calls, one + 25); other += 2) {
      judge(await play(new Map([[one, FAULTS[one % 4]], [other, FAULTS[other % 4]]])));
    }
  }
});

describe('the search is one that finds', () => {
  test.each<readonly [string, Mutation]>([
    ['a report that is written over another', { file: 'evidence', from: "      IfNoneMatch: '*',\n", to: '' }],
    ['a window by the time of events', { file: 'trail-queries', from: 'const reach = Math.max(this.settings.lateMilliseconds, ', to: 'const reach = Math.max(0, ' }],
    ['a window that begins anew after a day was missed', {
      file: 'digest',
      from: 'last ? windowAfter(last.to, settings.everyDays) : firstWindow',
      to: 'last && now() < 0 ? windowAfter(last.to, settings.everyDays) : firstWindow',
    }],
    ['a digest as soon as its window ends', { file: 'digest', from: 'return to + settings.settleMilliseconds', to: 'return to' }],
    ['an author who acknowledges', { file: 'digest', from: 'items.inspect(opsItemId, stored.report.subjects)', to: 'items.inspect(opsItemId, [])' }],
    ['an item that stays resolved', { file: 'digest', from: 'await items.reopen(opsItemId,', to: 'void (opsItemId,' }],
    ['a Markdown that is forgotten', { file: 'digest', from: '    await reviews.render(stored);\n', to: '' }],
    ['an acknowledgement that is not kept', { file: 'digest', from: 'await reviews.acknowledge(', to: 'void (' }],
    ['a report without the hash of the one before', { file: 'report', from: '...previous && { previous: { key: previous.key, sha256: previous.sha256 } },', to: '' }],
  ])('%s', async (_, mutation) => {
    const mutant = loadMutant<Modules>('audit', ['digest', 'evidence', 'review-log', 'trail-queries'], mutation);
    await expect((async () => {
      judge(await play(undefined, mutant));
      await search(mutant);
    })()).rejects.toThrow();
  });
});

test('the world is that of the shipped modules', () => {
  expect(Object.keys(MODULES)).toEqual(expect.arrayContaining(['digest', 'ReviewLog', 'Evidence', 'TrailQueries']));
});
