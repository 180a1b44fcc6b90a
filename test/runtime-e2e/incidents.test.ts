import { join } from 'node:path';
import { incidentsOverHttp } from './incident-cloud';
import { WarmBundle, WarmBundles } from './warm-bundles';
import { action, HOUR, IncidentWorld, MANAGERS, MINUTE, ON_CALL, REPORT, request, START } from '../runtime/audit/incident-world';

jest.setTimeout(120_000);

const BUNDLES = new WarmBundles();

afterEach(() => BUNDLES.giveBack());
afterAll(() => BUNDLES.stop());

type Name = 'intake' | 'incident-desk' | 'incident-clock';

const ENVIRONMENTS: Readonly<Record<Name, Readonly<Record<string, string>>>> = {
  'intake': { TABLE_NAME: 'incidents', REGIMES: '["gdpr"]' },
  'incident-desk': { TABLE_NAME: 'incidents' },
  'incident-clock': {
    TABLE_NAME: 'incidents',
    EVIDENCE_BUCKET: 'evidence',
    EVIDENCE_PREFIX: 'incidents/',
    LEVELS: JSON.stringify([{ topicArn: ON_CALL, afterSeconds: 0 }, { topicArn: MANAGERS, afterSeconds: 900 }]),
    REPEAT_SECONDS: '3600',
    WARN_SECONDS: '[86400,14400]',
  },
};

/** The three shipped bundles over one cloud; a call at which a process is to die kills it, after its effect, so that it is not told. */
class Shipped {
  public readonly world = new IncidentWorld();
  public readonly lines: string[] = [];
  /** Number of the call at which the process dies. */
  public dieAt?: number;
  private dying?: WarmBundle;

  constructor() {
    const { cloud } = this.world;
    cloud.disturb = () => {
      if (cloud.calls.length - 1 === this.dieAt) this.dying!.kill();
    };
  }

  public async invoke(name: Name, event: unknown): Promise<unknown> {
    const bundle = await BUNDLES.take(join(__dirname, `../../assets/audit/${name}/index.js`), ENVIRONMENTS[name], ['clock.cjs']);
    bundle.setTime(this.world.now);
    bundle.answer = incidentsOverHttp(this.world.cloud, () => this.world.now);
    this.dying = bundle;
    try {
      return await bundle.invoke(event);
    } finally {
      this.lines.push(...bundle.lines);
      await BUNDLES.giveBack();
    }
  }

  public look(): Promise<unknown> {
    return this.invoke('incident-clock', { task: 'look' });
  }
}

test('a report goes its way from the reporter to its closing, over the shipped functions', async () => {
  const shipped = new Shipped();
  const { world } = shipped;
  const { statusCode, body } = await shipped.invoke('intake', request(REPORT)) as { statusCode: number; body: string };
  const { incidentId: id } = JSON.parse(body) as { incidentId: string };
  expect([statusCode, await shipped.invoke('intake', request(REPORT))]).toMatchObject([201, { statusCode: 200 }]);
  for (const minutes of [0, 1, 15, 16]) {
    world.now = START + minutes * MINUTE;
    await shipped.look();
  }
  expect(world.pages()).toEqual(['level-0@0 on-call', 'level-1@15 managers']);
  expect(await shipped.invoke('incident-desk', action(id, { action: 'acknowledge' }))).toMatchObject({ statusCode: 200 });
  world.now = START + 73 * HOUR;
  await shipped.look();
  const notified = { action: 'notified', regime: 'gdpr', step: 'authority', notifiedAt: '2026-11-28T12:30:00Z' };
  expect(await shipped.invoke('incident-desk', action(id, notified))).toMatchObject({ statusCode: 200 });
  expect(await shipped.invoke('incident-desk', action(id, { action: 'close', reason: 'the account was reset' }))).toMatchObject({ statusCode: 200 });
  await shipped.look();
  expect(world.history(id).map(({ what }) => what)).toEqual(['reported', 'paged', 'paged', 'acknowledged', 'paged', 'notified', 'closed']);
  expect(world.cloud.objects.size).toBe(7);
  expect(await shipped.invoke('incident-desk', request('', 'https://idp|bob', { httpMethod: 'GET', pathParameters: { incidentId: id } })))
    .toMatchObject({ statusCode: 200, body: expect.stringContaining('"state":"closed"') });
  expect(shipped.lines.join()).not.toMatch(/CONFIDENTIAL|alice/);
});

test('messages of tools are recorded, each once, and those that fail come again', async () => {
  const shipped = new Shipped();
  const Records = ['one', 'two', 'one'].map((token, index) => ({ messageId: `m-${index}`, body: JSON.stringify({ token, summary: token }) }));
  expect(await shipped.invoke('intake', { Records })).toEqual({ batchItemFailures: [] });
  expect([...shipped.world.cloud.items.keys()].filter((key) => key.endsWith('record'))).toHaveLength(2);
});

test('whichever call the process of the clock dies at, the next one pages, and the evidence has all', async () => {
  const undisturbed = new Shipped();
  await undisturbed.invoke('intake', request(REPORT));
  await undisturbed.look();
  const { length } = undisturbed.world.cloud.calls;
  expect(undisturbed.world.cloud.calls.map(({ operation }) => operation)).toEqual([
    'TransactWriteItems', 'Query', 'GetItem', 'Publish', 'GetItem', 'TransactWriteItems', 'Query', 'Query', 'PutObject', 'PutObject', 'UpdateItem',
  ]);
  for (let at = 1; at < length; at++) {
    const shipped = new Shipped();
    await shipped.invoke('intake', request(REPORT));
    shipped.dieAt = at;
    await expect(shipped.look()).rejects.toThrow('the process has ended');
    await shipped.look();
    const [[key]] = [...shipped.world.cloud.items];
    const id = key.split(' ')[0];
    expect(shipped.world.history(id).map(({ what }) => what)).toEqual(['reported', 'paged']);
    expect(new Set(shipped.world.pages())).toEqual(new Set(['level-0@0 on-call']));
    expect(shipped.world.cloud.objects.size).toBe(2);
  }
});

test('a process of the intake that dies after the report was recorded leaves one incident', async () => {
  const shipped = new Shipped();
  shipped.dieAt = 0;
  await expect(shipped.invoke('intake', request(REPORT))).rejects.toThrow('the process has ended');
  expect(await shipped.invoke('intake', request(REPORT))).toMatchObject({ statusCode: 200 });
  expect(shipped.world.cloud.items.size).toBe(2);
});

test.each<readonly [Name, string]>([['intake', 'REGIMES'], ['incident-desk', 'TABLE_NAME'], ['incident-clock', 'LEVELS']])('%s does not start without %s', async (name, setting) => {
  const { [setting]: _, ...environment } = ENVIRONMENTS[name];
  const bundle = await BUNDLES.take(join(__dirname, `../../assets/audit/${name}/index.js`), environment, ['clock.cjs']);
  await expect(bundle.invoke({})).rejects.toThrow('the process has ended');
  expect(bundle.lines.join('\n')).toContain(`${setting} must be`);
});
