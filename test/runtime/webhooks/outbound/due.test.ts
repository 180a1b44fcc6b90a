import { CloudError } from './cloud';
import { newMessage, Scene } from './scene';
import { sweeper } from '../../../../src/runtime/webhooks/outbound/due';
import { DueTable } from '../../../../src/runtime/webhooks/outbound/due-table';

const MINUTE = 60_000;

let scene: Scene;
beforeEach(() => { scene = new Scene(); });

/** Messages whose first attempt failed and whose second is due. */
async function failed(...messages: readonly string[]): Promise<void> {
  scene.outcome = { type: 'answered', status: 500 };
  await scene.send(...messages.map((message) => newMessage(message)));
  scene.now += MINUTE;
}

describe('the sweeper', () => {
  test('puts what is due into the queue, and says how much and how late', async () => {
    await failed('msg_1', 'msg_2');
    await scene.sweep();
    expect(scene.cloud.queue.map((body) => JSON.parse(body) as object)).toEqual(expect.arrayContaining([
      { endpoint: 'ep_1', message: 'msg_1', attempt: '2' }, { endpoint: 'ep_1', message: 'msg_2', attempt: '2' },
    ]));
    expect(scene.log.at(-1)).toEqual({ outcome: 'swept', released: 2, dead: 0, failed: 0, overdueSeconds: 55 });
  });

  test('with nothing due does nothing', async () => {
    await scene.sweep();
    expect([scene.cloud.queue, scene.log]).toEqual([[], [{ outcome: 'swept', released: 0, dead: 0, failed: 0, overdueSeconds: 0 }]]);
  });

  test('that runs twice at once puts each into the queue once', async () => {
    await failed('msg_1', 'msg_2', 'msg_3');
    await Promise.all([scene.sweep(), scene.sweep()]);
    expect(scene.cloud.queue).toHaveLength(3);
  });

  test('is not held up by one that fails, and says that there was one', async () => {
    await failed(...Array.from({ length: 60 }, (_, index) => `msg_${index}`));
    // Their circuit opened, so that those beyond the tenth wait a little longer.
    scene.now += 2 * MINUTE;
    scene.cloud.disturb = (operation, when, { Key }) => { if (operation === 'UpdateItem' && when === 'before' && Key!.message.S === 'msg_7') throw new CloudError('InternalServerError'); };
    await expect(scene.sweep()).rejects.toThrow('not every delivery that is due could be put back');
    expect(scene.log.at(-1)).toMatchObject({ released: 59, failed: 1 });
  });

  test('leaves alone what changed since it looked, begun and ended attempts alike', async () => {
    scene.outcome = () => { throw new Error('dies'); };
    await scene.send(newMessage('msg_1'));
    const table = new DueTable(scene.cloud.client, 'deliveries');
    scene.now += 10 * MINUTE;
    const seen = { endpoint: 'ep_1', message: 'msg_1', phase: 'sending' as const, attempt: 10, seriesStart: 0, releases: 0, dueAt: 1 };
    const sweep = sweeper({
      deliveries: { due: async (shard) => shard === '0' ? [seen] : [], release: table.release.bind(table), bury: table.bury.bind(table) },
      retentionMilliseconds: 1,
      now: () => scene.now,
      log: (entry) => void scene.log.push(entry),
    });
    await sweep();
    expect(scene.log.at(-1)).toMatchObject({ released: 0, dead: 0, failed: 0 });
    expect(await table.release({ ...seen, attempt: 1 }, { attempt: 2, releases: 0, dueAt: 2, seriesStart: 0 })).toBe(false);
  });

  test('fails when the index cannot be read', async () => {
    scene.cloud.disturb = () => { throw new CloudError('InternalServerError'); };
    await expect(scene.sweep()).rejects.toMatchObject({ name: 'InternalServerError' });
    const table = new DueTable(scene.cloud.client, 'deliveries');
    await expect(table.bury({ endpoint: 'a', message: 'b', attempt: 1, phase: 'sending', dueAt: 1, releases: 0, seriesStart: 0 }, 1)).rejects.toMatchObject({ name: 'InternalServerError' });
  });

  test('of an empty answer makes nothing', async () => {
    const table = new DueTable({ send: async () => ({}) as never }, 'deliveries');
    expect([await table.due('0', 1, 1), await table.dead('ep_1', undefined, 1)]).toEqual([[], { found: [] }]);
  });
});

describe('sending anew', () => {
  /** Messages that are dead since their endpoint is gone. */
  async function dead(count: number): Promise<void> {
    scene.outcome = { type: 'answered', status: 410 };
    for (let index = 0; index < count; index++) await scene.send(newMessage(`msg_${String(index).padStart(3, '0')}`));
    scene.outcome = { type: 'answered', status: 200 };
    scene.posted.length = 0;
  }

  test('enables the endpoint and sends all that is dead, page by page, with attempts that are numbered on', async () => {
    await dead(150);
    const first = await scene.replay({ endpoint: 'ep_1', enable: true });
    expect(first).toEqual({ replayed: 100, next: 'msg_099' });
    expect(await scene.replay({ endpoint: 'ep_1', after: first.next })).toEqual({ replayed: 50 });
    await scene.drain();
    expect(scene.posted).toHaveLength(150);
    expect(scene.cloud.delivery('msg_000')).toMatchObject({ phase: { S: 'delivered' }, attempt: { N: '2' }, seriesStart: { N: '1' } });
    expect(scene.log).toContainEqual({ outcome: 'replayed', endpoint: 'ep_1', replayed: 100, enabled: true });
  });

  test('twice sends once', async () => {
    await dead(1);
    const both = await Promise.all([scene.replay({ endpoint: 'ep_1', enable: true }), scene.replay({ endpoint: 'ep_1', enable: true }).catch(() => 'refused')]);
    expect(both).toEqual([{ replayed: 1 }, 'refused']);
    expect(await scene.replay({ endpoint: 'ep_1' })).toEqual({ replayed: 0 });
    expect(scene.cloud.queue).toHaveLength(1);
  });

  test('has all attempts of the schedule again', async () => {
    await dead(1);
    await scene.replay({ endpoint: 'ep_1', enable: true });
    scene.outcome = { type: 'answered', status: 500 };
    await scene.drain();
    for (let hour = 0; hour < 24 * 4; hour++) await scene.pass(60 * MINUTE);
    expect(scene.posted).toHaveLength(10);
    expect(scene.cloud.delivery('msg_000')).toMatchObject({ phase: { S: 'dead' }, attempt: { N: '11' } });
  });

  test('to an endpoint that is disabled, or to none, is refused', async () => {
    await dead(1);
    await expect(scene.replay({ endpoint: 'ep_1' })).rejects.toThrow('the endpoint is disabled');
    await expect(scene.replay({ endpoint: 'ep_9' })).rejects.toThrow('there is no endpoint');
  });

  test.each([undefined, {}, { endpoint: '' }, { endpoint: 1 }, { endpoint: 'ep_1', enable: 'yes' }, { endpoint: 'ep_1', after: 'a.b' }, { endpoint: 'ep_1', after: 1 }, { endpoint: 'ep_1', all: true }])(
    'of %j is no request', async (request) => expect(scene.replay(request as never)).rejects.toThrow('a request must be'),
  );
});
