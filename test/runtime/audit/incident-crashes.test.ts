import { Fault, FAULTS } from './incident-cloud';
import { action, HOUR, IncidentWorld, MINUTE, MODULES, REPORT, request, START } from './incident-world';
import { loadMutant, Mutation } from '../mutant';

// Hundreds of plays, on a machine that may be busy.
jest.setTimeout(120_000);

interface Answered { readonly statusCode: number; readonly body: string }

/** Tries until it is taken, as a caller does who heard no answer. */
async function insist(attempt: () => Promise<Answered>): Promise<Answered> {
  for (let left = 5; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** Delivers a message until the batch has no failure, as SQS does. */
async function deliver(world: IncidentWorld, message: object): Promise<void> {
  for (let left = 5; left > 0; left--) {
    const failures = await world.intake<{ readonly batchItemFailures: readonly unknown[] }>({ Records: [message] })
      .then(({ batchItemFailures }) => batchItemFailures.length, () => 1);
    if (failures === 0) return;
  }
  throw new Error('the message went to the dead-letter queue');
}

interface Play { readonly world: IncidentWorld; readonly ids: readonly string[] }

/** Two incidents, of which one is acknowledged, notified and closed; every run of the clock that fails is one that was missed. */
async function play(faults: ReadonlyMap<number, Fault> = new Map(), modules = MODULES): Promise<Play> {
  const world = new IncidentWorld(['gdpr'], modules);
  world.cloud.faults = faults;
  const run = () => world.look().catch(() => undefined);
  const { body } = await insist(() => world.intake(request(REPORT)));
  const id = (JSON.parse(body) as { incidentId: string }).incidentId;
  // The client hears nothing, and sends again.
  await insist(() => world.intake(request(REPORT)));
  await deliver(world, { messageId: 'm-1', body: '{"token":"scan-1","category":"malware","summary":"found"}' });
  for (const minute of [1, 2, 16, 17, 18]) {
    world.now = START + minute * MINUTE;
    await run();
  }
  await insist(() => world.desk(action(id, { action: 'acknowledge' })));
  for (const minute of [68 * 60, 68 * 60 + 1, 72 * 60 + 1, 72 * 60 + 2, 72 * 60 + 3]) {
    world.now = START + minute * MINUTE;
    await run();
  }
  await insist(() => world.desk(action(id, { action: 'notified', regime: 'gdpr', step: 'authority', notifiedAt: '2026-11-28T11:59:00Z' })));
  await insist(() => world.desk(action(id, { action: 'close', reason: 'the account was reset, nothing was read' })));
  for (const minute of [4, 5, 6, 7]) {
    world.now = START + 72 * HOUR + minute * MINUTE;
    await run();
  }
  const records = [...world.cloud.items.keys()].filter((key) => key.endsWith(' record')).map((key) => key.split(' ')[0]);
  return { world, ids: [id, ...records.filter((each) => each !== id)] };
}

/** Pages of an incident as its history has them. */
function noted(world: IncidentWorld, id: string): readonly string[] {
  return world.history(id).flatMap((entry) => (entry.pages as Array<{ series: string; at: string }> | undefined ?? []).map(({ series, at }) => `${series} ${at}`));
}

/** Pages of an incident as topics took them; a set, since a run that dies before it notes them sends them again. */
function sent({ cloud }: IncidentWorld, id: string): ReadonlySet<string> {
  const pages = cloud.published.filter(({ incident }) => incident === id).map(({ page }) => page.split('@'));
  return new Set(pages.map(([series, at]) => `${series} ${new Date(Number(at)).toISOString()}`));
}

const seriesIn = (pages: ReadonlySet<string>) => new Set([...pages].map((page) => page.split(' ')[0]));

/** What holds of every play, whatever failed. */
function judge({ world, ids }: Play, undisturbed: Play, mostExtra: number): void {
  expect(ids).toHaveLength(2);
  for (const id of ids) {
    const history = world.history(id);
    const others = history.filter(({ what }) => what !== 'paged').map(({ what }) => what);
    expect(others).toEqual(id === ids[0] ? ['reported', 'acknowledged', 'notified', 'closed'] : ['reported']);
    const pages = noted(world, id);
    expect(new Set(pages).size).toBe(pages.length);
    expect([...sent(world, id)]).toEqual(expect.arrayContaining([...pages]));
    expect(seriesIn(sent(world, id))).toEqual(seriesIn(sent(undisturbed.world, id)));
    // Evidence: as many as the history has, each of which `history` has compared.
    expect([...world.cloud.objects.keys()].filter((key) => key.startsWith(`incidents/${id}/`))).toHaveLength(history.length);
  }
  expect(world.cloud.published.length).toBeLessThanOrEqual(undisturbed.world.cloud.published.length + mostExtra);
  expect(JSON.stringify(world.log)).not.toMatch(/CANARY|CONFIDENTIAL|alice/);
}

/** Plays with each fault at each call; after each run that fails there is one that does not, so that nothing is missing at all. */
async function search(modules = MODULES): Promise<number> {
  const undisturbed = await play(undefined, modules);
  judge(undisturbed, undisturbed, 0);
  const calls = undisturbed.world.cloud.calls.length;
  let plays = 0;
  for (let at = 0; at < calls; at++) {
    for (const fault of FAULTS) {
      const disturbed = await play(new Map([[at, fault]]), modules);
      judge(disturbed, undisturbed, 4);
      for (const id of disturbed.ids) {
        expect(sent(disturbed.world, id)).toEqual(sent(undisturbed.world, id));
        expect(new Set(noted(disturbed.world, id))).toEqual(sent(undisturbed.world, id));
      }
      plays++;
    }
  }
  return plays;
}

test('whichever call fails or dies, before its effect or after, each report is one incident, each page is sent, and the history has all once', async () => {
  expect(await search()).toBeGreaterThan(200);
});

test('two faults in a row leave no gap either', async () => {
  const undisturbed = await play();
  const { length } = undisturbed.world.cloud.calls;
  for (let at = 0; at < length; at += 3) {
    for (const fault of FAULTS) judge(await play(new Map([[at, fault], [at + 2, 'dies untold']])), undisturbed, 8);
  }
});

describe('the search is one that finds', () => {
  const ROOTS = ['incident-clock', 'incident-desk', 'incident-evidence', 'incident-table', 'intake', 'pager'];

  test.each<readonly [string, Mutation]>([
    ['pages that are noted before they are sent', {
      file: 'incident-clock',
      from: 'await ports.pager.page(record',
      to: 'await note(record.id, [page]); await ports.pager.page(record',
    }],
    ['an incident that is recorded over another', { file: 'incident-table', from: "'attribute_not_exists(version)'", to: "'attribute_not_exists(nothing)'" }],
    ['an incident that is settled before its evidence is kept', {
      file: 'incident-clock',
      from: 'for (const { number, text } of await',
      to: 'await ports.incidents.settle(record, nextPageAt(record, plan)); for (const { number, text } of await',
    }],
    ['a page that is noted whatever became of it', { file: 'incident-clock', from: 'unsent ??= error;', to: 'unsent ??= error; sent.push(page);' }],
    ['a message whose failure is kept from SQS', { file: 'intake', from: 'failed.push(message.messageId);', to: '' }],
    ['an incident that is new with each message', { file: 'incident-report', from: 'JSON.stringify([channel, reporter, token])', to: 'JSON.stringify([channel, reporter, token, Math.random()])' }],
  ])('%s', async (_, mutation) => {
    const mutant = loadMutant<typeof MODULES>('audit', ROOTS, mutation);
    await expect(search(mutant)).rejects.toThrow();
  });
});

describe('where a responder acts while the clock looks', () => {
  /** Has somebody set the clock of the regime anew, and acknowledge, before a call of a run at 72 hours and a minute. */
  async function meddle(at: number, modules = MODULES): Promise<IncidentWorld> {
    const world = new IncidentWorld(['gdpr'], modules);
    const id = await world.report();
    await world.look();
    await world.look();
    world.now = START + 72 * HOUR + MINUTE;
    const before = world.cloud.calls.length;
    let pending: Promise<unknown> | undefined;
    const client = world.cloud.client.send;
    (world.cloud.client as { send: typeof client }).send = async (command) => {
      if (pending === undefined && world.cloud.calls.length === before + at) {
        (pending = Promise.resolve());
        await world.desk(action(id, { action: 'set-clock', regime: 'gdpr', awareAt: '2026-11-25T10:00:00Z', reason: 'the mail came two hours earlier' }));
        await world.desk(action(id, { action: 'acknowledge' }));
      }
      return client(command);
    };
    await world.look();
    expect(pending).toBeDefined();
    await world.look();
    await world.look();
    const history = world.history(id);
    expect(history.filter(({ what }) => what !== 'paged').map(({ what }) => what)).toEqual(['reported', 'clock-set', 'acknowledged']);
    expect(world.record(id)).toMatchObject({ state: 'acknowledged', version: history.length, clocks: [{ awareAt: START - 2 * HOUR }] });
    expect(world.pages()).toContain(`gdpr/authority@${70 * 60} on-call`);
    return world;
  }

  const CALLS = 11;

  test('nothing that either did is lost, and the deadline is told by the clock that counts', async () => {
    for (let at = 0; at < CALLS; at++) await meddle(at);
  });

  test('which it would be if a change were made over another', async () => {
    const mutant = loadMutant<typeof MODULES>('audit', ['incident-clock', 'incident-desk', 'incident-evidence', 'incident-table', 'intake', 'pager'],
      { file: 'incident-table', from: "'version = :seen'", to: "'attribute_exists(version) OR version = :seen'" },
      { file: 'incident-table', from: "'attribute_not_exists(entry)'", to: "'attribute_not_exists(nothing)'" });
    await expect(Promise.all(Array.from({ length: CALLS }, (_, at) => meddle(at, mutant)))).rejects.toThrow();
  });
});
