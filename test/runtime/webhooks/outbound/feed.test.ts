import type { SQSClient } from '@aws-sdk/client-sqs';
import * as fc from 'fast-check';
import { Cloud, CloudError, QUEUE_URL } from './cloud';
import { newMessage, Scene } from './scene';
import { AttemptQueue } from '../../../../src/runtime/webhooks/outbound/attempt-queue';
import { ChangeRecord, feeder } from '../../../../src/runtime/webhooks/outbound/feed';
import { parseFeedSettings } from '../../../../src/runtime/webhooks/outbound/feed-settings';

type Row = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const queued = (message: string, others: Row = {}): Row => ({
  endpoint: { S: 'ep_1' }, message: { S: message }, attempt: { N: '2' }, tenant: { S: 'acme' }, phase: { S: 'queued' }, ...others,
});

/** Records of a stream, numbered from 1. */
function changes(...rows: readonly Row[]): ChangeRecord[] {
  return rows.map((NewImage, index) => ({ eventName: 'MODIFY', dynamodb: { SequenceNumber: String(index + 1), NewImage } }));
}

let cloud: Cloud;
let log: Array<Readonly<Record<string, unknown>>>;
beforeEach(() => { cloud = new Cloud(); log = []; });
afterEach(() => expect(JSON.stringify(log)).not.toContain('CANARY'));

function feed(Records: readonly ChangeRecord[], client: Pick<SQSClient, 'send'> = cloud.client) {
  return feeder({ queue: new AttemptQueue(client, QUEUE_URL), log: (entry) => void log.push(entry) })({ Records });
}

const messages = () => cloud.queue.map((body) => (JSON.parse(body) as { message: string }).message);

describe('a delivery that was put back', () => {
  test('becomes a message of the queue, in the group of its tenant, without what is to be sent', async () => {
    expect(await feed(changes(queued('msg_1', { body: { S: 'CANARY' } })))).toEqual({ batchItemFailures: [] });
    expect([cloud.queue, cloud.groups, log]).toEqual([['{"endpoint":"ep_1","message":"msg_1","attempt":"2"}'], ['acme'], []]);
  });

  test('is one of those alone that changed and are queued', async () => {
    const [change] = changes(queued('msg_1'));
    expect(await feed([
      { ...change, eventName: 'INSERT' }, { eventName: 'REMOVE', dynamodb: { SequenceNumber: '2' } }, {}, ...changes(queued('msg_2', { phase: { S: 'waiting' } }), queued('msg_3', { phase: {} })),
    ])).toEqual({ batchItemFailures: [] });
    expect([cloud.calls, log]).toEqual([[], []]);
  });

  test('goes with nine others at most, in order', async () => {
    const names = Array.from({ length: 25 }, (_, index) => `msg_${index}`);
    await feed(changes(...names.map((name) => queued(name))));
    expect([messages(), cloud.calls.length]).toEqual([names, 3]);
  });

  test.each([['acme corp'], ['a'.repeat(129)], ['bücher']])('of a tenant %p, which no group may be called, has a group all the same', async (tenant) => {
    await feed(changes(queued('msg_1', { tenant: { S: tenant } }), queued('msg_2', { tenant: { S: tenant } }), queued('msg_3')));
    expect(cloud.groups).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), cloud.groups[0], 'acme']);
  });
});

describe('what does not get into the queue', () => {
  test.each([
    ['no endpoint', queued('msg_1', { endpoint: {} })], ['an endpoint that is none', queued('msg_1', { endpoint: { S: 'a.b' } })], ['no message', queued('msg_1', { message: {} })],
    ['an attempt that is none', queued('msg_1', { attempt: { N: '0' } })], ['no attempt', queued('msg_1', { attempt: {} })], ['no tenant', queued('msg_1', { tenant: {} })],
  ])('because it has %s, is told and left behind', async (_what, row) => {
    expect(await feed(changes(row, queued('msg_2')))).toEqual({ batchItemFailures: [] });
    expect([messages(), log]).toEqual([['msg_2'], [{ outcome: 'fault', reason: 'malformed-record' }]]);
  });

  test('because the stream has no new images, is told', async () => {
    await feed([{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '1' } }, { eventName: 'MODIFY' }]);
    expect(log).toEqual([{ outcome: 'fault', reason: 'malformed-record' }, { outcome: 'fault', reason: 'malformed-record' }]);
  });

  test('while the queue cannot be written to, comes again with all after it, and not what was taken', async () => {
    let calls = 0;
    cloud.disturb = (operation, when) => { if (operation === 'SendMessageBatch' && when === 'before' && ++calls === 2) throw new CloudError('KmsThrottled'); };
    const records = changes(...Array.from({ length: 25 }, (_, index) => queued(`msg_${index}`)));
    expect(await feed(records)).toEqual({ batchItemFailures: [{ itemIdentifier: '11' }] });
    expect([messages().length, log]).toEqual([10, [{ outcome: 'fault', reason: 'KmsThrottled' }]]);
    expect(await feed(records.slice(10))).toEqual({ batchItemFailures: [] });
    expect(new Set(messages()).size).toBe(25);
  });

  test('alone of its batch comes again from the first that may get in later, and what never will is left behind', async () => {
    const Failed = [
      { Id: '3', Code: 'InternalError', SenderFault: false }, { Id: '0', Code: 'InvalidParameterValue', SenderFault: true }, { Id: '2' },
    ];
    const records = changes(queued('msg_0'), queued('msg_1'), queued('msg_2'), queued('msg_3'));
    expect(await feed(records, { send: async () => ({ Failed }) as never })).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
    expect(log).toEqual([['InternalError', 'msg_3'], ['InvalidParameterValue', 'msg_0'], ['unknown', 'msg_2']]
      .map(([reason, message]) => ({ outcome: 'fault', reason, endpoint: 'ep_1', message, attempt: 2 })));
    expect(await feed(records, { send: async () => ({ Failed: Failed.slice(1, 2) }) as never })).toEqual({ batchItemFailures: [] });
    expect(await feed(records, { send: async () => ({}) as never })).toEqual({ batchItemFailures: [] });
  });

  test('because nobody fed it, the sweeper asks for again', async () => {
    const scene = new Scene();
    scene.outcome = { type: 'answered', status: 500 };
    await scene.send(newMessage('msg_1'));
    scene.outcome = { type: 'answered', status: 200 };
    scene.cloud.disturb = (operation) => { if (operation === 'SendMessageBatch') throw new CloudError('ServiceUnavailable'); };
    await scene.pass(60_000);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'queued' } });
    scene.cloud.stream.splice(0); // given up by Lambda
    scene.cloud.disturb = () => undefined;
    await scene.pass(60 * 60_000);
    expect(scene.posted).toHaveLength(2);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'delivered' } });
  });
});

test('wherever the queue fails or the function dies, records that come again from where it stopped end in the queue, each of them', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.array(fc.constantFrom('before', 'after', 'works'), { maxLength: 8 }), async (count, answers) => {
    const world = new Cloud();
    const plan = [...answers];
    let answer = '';
    world.disturb = (_operation, when) => {
      if (when === 'before') answer = plan.shift() ?? 'works';
      if (answer === when) throw new CloudError('InternalError');
    };
    let left = changes(...Array.from({ length: count }, (_, index) => queued(`msg_${index}`)));
    for (let run = 0; run <= answers.length && left.length > 0; run++) {
      const { batchItemFailures: [first] } = await feed(left, world.client);
      left = first ? left.slice(left.findIndex(({ dynamodb }) => dynamodb!.SequenceNumber === first.itemIdentifier)) : [];
    }
    expect(left).toEqual([]);
    expect(new Set(world.queue).size).toBe(count);
  }), { numRuns: 200 });
});

test('the URL of a standard queue suffices', () => {
  expect(parseFeedSettings({ QUEUE_URL })).toEqual({ queueUrl: QUEUE_URL });
});

test.each([undefined, '', 'webhooks', `${QUEUE_URL}.fifo`, 'http://sqs.eu-west-1.amazonaws.com/111111111111/webhooks', `${QUEUE_URL}/a`])('does not start with a queue of %p', (url) => {
  expect(() => parseFeedSettings({ QUEUE_URL: url })).toThrow('QUEUE_URL');
});
