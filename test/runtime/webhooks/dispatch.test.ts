import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { BUCKET, callAws, newWorld, TABLE, World } from './inbox/fake-aws';
import { Claims } from '../../../src/runtime/webhooks/claims';
import { dispatch, pauseAfter } from '../../../src/runtime/webhooks/dispatch';
import { InboxEvent, eventOf } from '../../../src/runtime/webhooks/inbox-event';
import { collisionIdOf, dedupeIdOf, idOf, InboxRecord, itemOf, PENDING_QUEUES, recordOf } from '../../../src/runtime/webhooks/inbox-record';
import { onStream } from '../../../src/runtime/webhooks/stream';
import { Queue } from '../../../src/runtime/webhooks/sweep';
import { sweeper } from '../../../src/runtime/webhooks/sweeper';
import { eventBridgeTarget } from '../../../src/runtime/webhooks/targets/event-bridge';
import { lambdaTarget } from '../../../src/runtime/webhooks/targets/lambda';
import { queueUrlOf, sqsTarget } from '../../../src/runtime/webhooks/targets/sqs';
import { stepFunctionsTarget } from '../../../src/runtime/webhooks/targets/step-functions';
import { Call, clientOf, ServiceError } from '../secrets/harness/service';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const SETTINGS = { bucket: BUCKET, leaseMilliseconds: MINUTE, maxAttempts: 3, budgetMilliseconds: 25_000 };
const ID = idOf('orders', 'id:evt_1');

let world: World;
let now: number;
let failing: string[];
let published: InboxEvent[];
let log: object[];

beforeEach(() => {
  world = newWorld(NOW);
  now = NOW;
  failing = [];
  published = [];
  log = [];
  add(ID);
});

function add(id: string, members: Partial<InboxRecord> = {}, isTombstone = false): void {
  const record: InboxRecord = {
    id, endpoint: 'orders', receivedAt: NOW, integrity: 'body', bodySha256: 'ab', payload: { body: Buffer.from('CANARY') }, headers: { 'x-topic': 'a' }, ...members,
  };
  world.items[id] = JSON.parse(JSON.stringify(itemOf(record, 'RECEIVED', NOW / 1000 + 600, isTombstone), (_name, value: unknown) =>
    Object(value).type === 'Buffer' ? Buffer.from((value as { data: number[] }).data).toString('base64') : value)) as World['items'][string];
}

async function answer(call: Call): Promise<unknown> {
  if (failing.includes(call.operation)) throw new ServiceError('InternalServerError', 'CANARY');
  const answered = callAws(world, call);
  if ('error' in answered) throw new ServiceError(answered.error);
  return JSON.parse(JSON.stringify(answered.output), (name, value: unknown) => name === 'B' ? Buffer.from(String(value), 'base64') : value) as unknown;
}

function ports() {
  const client = clientOf<DynamoDBClient>(answer);
  return {
    claims: new Claims(client, TABLE),
    queue: new Queue(client, TABLE),
    target: {
      publish: async (event: InboxEvent) => {
        if (failing.includes('Publish')) throw new ServiceError('ThrottlingException', 'CANARY');
        published.push(event);
      },
    },
    now: () => now,
    log: (entry: object) => log.push(entry),
  };
}

const sweepOnce = () => sweeper(SETTINGS, ports())({ task: 'sweep' });
const stateOf = (id = ID) => world.items[id].state.S;

afterEach(() => expect(JSON.stringify(log)).not.toMatch(/CANARY|evt_/));

describe('the stream', () => {
  test('dispatches a new record once, and forgets nothing but the queue', async () => {
    const event = { Records: [{ eventName: 'INSERT', dynamodb: { Keys: { id: { S: ID } } } }, { eventName: 'MODIFY', dynamodb: { Keys: { id: { S: ID } } } }, {}] };
    await onStream(SETTINGS, ports())(event);
    await onStream(SETTINGS, ports())(event);
    expect(published).toEqual([{
      dedupeId: dedupeIdOf(ID),
      endpoint: 'orders',
      receivedAt: '2026-01-01T00:00:00.000Z',
      integrity: 'body',
      headers: { 'x-topic': 'a' },
      bodySha256: 'ab',
      bodyBase64: Buffer.from('CANARY').toString('base64'),
    }]);
    expect(world.items[ID]).toMatchObject({ state: { S: 'DISPATCHED' }, expires: { N: String(NOW / 1000 + 600) }, body: expect.anything() as object });
    expect(Object.keys(world.items[ID])).not.toEqual(expect.arrayContaining(['queue']));
    expect(log).toEqual([{ outcome: 'dispatched', dedupeId: dedupeIdOf(ID), ageSeconds: 0 }]);
  });

  test('does not fail for a record, nor hold up another one', async () => {
    failing = ['UpdateItem'];
    await onStream(SETTINGS, ports())({ Records: [{ eventName: 'INSERT', dynamodb: { Keys: { id: { S: ID } } } }] });
    expect(log).toEqual([{ outcome: 'fault', reason: 'InternalServerError', dedupeId: dedupeIdOf(ID) }]);
  });

  test('leaves a tombstone of a delivery whose sender signs no time', async () => {
    add(ID, { signedAtSeconds: 1, payload: { bodyAt: 'orders/ab' } }, true);
    await dispatch(ID, SETTINGS, ports());
    expect(published[0]).toMatchObject({ signedAtSeconds: 1, bodyAt: { bucket: BUCKET, key: 'orders/ab' } });
    expect(Object.keys(world.items[ID])).not.toEqual(expect.arrayContaining(['bodyAt']));
    expect(world.items[ID].headers).toBeUndefined();
  });
});

describe('the sweeper', () => {
  test('leaves the stream two minutes, then takes every record, page by page (items 65 and 68)', async () => {
    for (let index = 2; index < 8; index++) add(idOf('orders', `id:evt_${index}`));
    await sweepOnce();
    expect(published).toEqual([]);
    now += 2 * MINUTE + 1;
    await sweepOnce();
    await sweepOnce();
    expect(published).toHaveLength(7);
  });

  test('publishes again under the same dedupeId if the mark failed (item 66)', async () => {
    const { claims, ...others } = ports();
    const marks = Object.assign(Object.create(claims) as Claims, { markDispatched: () => Promise.reject(new ServiceError('TimeoutError')) });
    await dispatch(ID, SETTINGS, { claims: marks, ...others });
    await sweepOnce();
    expect(published).toHaveLength(1);
    now += 2 * MINUTE + 1;
    await sweepOnce();
    expect(published.map(({ dedupeId }) => dedupeId)).toEqual([dedupeIdOf(ID), dedupeIdOf(ID)]);
    expect(stateOf()).toBe('DISPATCHED');
  });

  test('postpones what the target does not take, longer each time, then gives it up, others unaffected', async () => {
    expect([1, 2, 3, 7, 12].map((attempts) => pauseAfter(attempts) / MINUTE)).toEqual([1, 2, 4, 60, 60]);
    failing = ['Publish'];
    for (let minutes = 0; minutes < 12; minutes++, now += MINUTE + 1) await sweepOnce();
    expect(log.map((entry) => (entry as { outcome: string }).outcome)).toEqual(['postponed', 'postponed', 'dead']);
    expect(world.items[ID]).toMatchObject({ state: { S: 'DEAD' }, queue: { S: 'dead' } });
    failing = [];
    await sweepOnce();
    expect(published).toEqual([]);
  });

  test('gives up a record that functions died of', async () => {
    world.items[ID] = { ...world.items[ID], attempts: { N: '3' } };
    await dispatch(ID, SETTINGS, ports());
    expect(log).toMatchObject([{ outcome: 'dead', reason: 'too-many-attempts' }]);
    expect(published).toEqual([]);
  });

  test('begins no record once its time is used up', async () => {
    now += 3 * MINUTE;
    const { target, ...others } = ports();
    add(idOf('orders', 'id:evt_5'));
    world.items[idOf('orders', 'id:evt_5')] = { ...world.items[idOf('orders', 'id:evt_5')], queue: world.items[ID].queue };
    await sweeper(SETTINGS, { ...others, target: { publish: async (event) => { now += MINUTE; await target.publish(event); } } })({ task: 'sweep' });
    expect(published).toHaveLength(1);
  });

  test('fails, after the other partitions, if one cannot be read', async () => {
    failing = ['Query'];
    await expect(sweepOnce()).rejects.toThrow('a partition could not be swept');
  });

  test('of an empty inbox has nothing to do', async () => {
    const empty = new Queue(clientOf<DynamoDBClient>(async () => ({})), TABLE);
    await sweeper(SETTINGS, { ...ports(), queue: empty })({ task: 'sweep' });
    expect(published).toEqual([]);
  });
});

describe('a redrive', () => {
  test.each(['DEAD', 'QUARANTINED'] as const)('has records that are %s dispatched after all', async (state) => {
    world.items[ID] = { ...world.items[ID], state: { S: state }, queue: { S: state.toLowerCase() }, expires: { N: '1' } };
    expect(await sweeper(SETTINGS, ports())({ task: 'redrive', state })).toEqual({ redriven: 1 });
    expect(world.items[ID].expires).toBeUndefined();
    now += 1;
    await sweepOnce();
    expect(stateOf()).toBe('DISPATCHED');
  });

  test('of ids leaves alone what is neither', async () => {
    expect(await sweeper(SETTINGS, ports())({ task: 'redrive', ids: [ID, 'unknown'] })).toEqual({ redriven: 0 });
    expect(stateOf()).toBe('RECEIVED');
  });

  test.each([
    undefined, {}, { task: 'other' }, { task: 'redrive' }, { task: 'redrive', state: 'RECEIVED' }, { task: 'redrive', ids: [] }, { task: 'redrive', ids: [1] },
    { task: 'redrive', state: 'DEAD', ids: ['a'] }, { task: 'redrive', state: 'toString' },
  ])('is not read into %j', async (event) => {
    await expect(sweeper(SETTINGS, ports())(event as never)).rejects.toThrow("the event must be the task 'sweep'");
  });
});

test('records of an inbox are told from other items, and have ids that no delivery of another kind has', () => {
  expect(() => recordOf({})).toThrow('the item is no record of an inbox');
  expect(collisionIdOf('orders', 'id:a', 'ff')).toBe('orders#collision#ff#id:a');
  expect(new Set(Array.from({ length: 100 }, (_, index) => itemOf({
    ...recordOf(
      { ...itemOf({ id: ID, endpoint: 'o', receivedAt: 0, integrity: 'body', bodySha256: '', payload: { bodyAt: 'a' }, headers: {} }, 'RECEIVED', 0, false) },
    ),
    id: String(index),
  }, 'RECEIVED', 0, false).queue.S))).toEqual(new Set(PENDING_QUEUES));
});

describe('targets', () => {
  const event = eventOf({
    id: ID, endpoint: 'orders', receivedAt: NOW, integrity: 'body', bodySha256: 'ab', payload: { body: Buffer.from('a\u0000b') }, headers: {},
  }, BUCKET);

  function client<C extends { send: unknown }>(calls: Call[], output: object): Pick<C, 'send'> {
    return clientOf<C>(async (call) => { calls.push(call); return output; });
  }

  test('an event bus gets the event as detail', async () => {
    const calls: Call[] = [];
    await eventBridgeTarget(client<EventBridgeClient>(calls, { FailedEntryCount: 0 }), 'bus').publish(event);
    const [entry] = calls[0].input.Entries as Array<Record<string, string>>;
    expect(entry).toMatchObject({ EventBusName: 'bus', Source: 'cdk-secure-integrations.webhooks', DetailType: 'Webhook Received' });
    expect(JSON.parse(entry.Detail)).toEqual(event);
  });

  test('a function gets the event and is not waited for', async () => {
    const calls: Call[] = [];
    await lambdaTarget(client<LambdaClient>(calls, { StatusCode: 202 }), 'function').publish(event);
    expect(calls[0].input).toMatchObject({ FunctionName: 'function', InvocationType: 'Event' });
    expect(JSON.parse(Buffer.from(String(calls[0].input.Payload), 'base64').toString())).toEqual(event);
  });

  test.each(['aws', 'aws-cn'])('a queue of %s gets the event without control characters (item 43), and its dedupeId', async (partition) => {
    const calls: Call[] = [];
    const url = queueUrlOf(`arn:${partition}:sqs:eu-west-1:111122223333:orders`);
    expect(url).toBe(`https://sqs.eu-west-1.amazonaws.com${partition === 'aws' ? '' : '.cn'}/111122223333/orders`);
    await sqsTarget(client<SQSClient>(calls, {}), url).publish(event);
    const { MessageBody, ...others } = calls[0].input;
    expect(JSON.parse(String(MessageBody))).toEqual(event);
    expect(MessageBody).toMatch(/^[\x20-\x7e]*$/);
    expect(others).toEqual({ QueueUrl: url, MessageAttributes: { dedupeId: { DataType: 'String', StringValue: event.dedupeId } } });
  });

  test('a FIFO queue drops the same event, and keeps no event waiting for another', async () => {
    const calls: Call[] = [];
    await sqsTarget(client<SQSClient>(calls, {}), queueUrlOf('arn:aws:sqs:eu-west-1:111122223333:orders.fifo')).publish(event);
    expect(calls[0].input).toMatchObject({ MessageDeduplicationId: event.dedupeId, MessageGroupId: event.dedupeId });
  });

  test('a state machine has one execution for each event', async () => {
    const calls: Call[] = [];
    await stepFunctionsTarget(client<SFNClient>(calls, {}), 'machine').publish(event);
    expect(calls[0].input).toEqual({ stateMachineArn: 'machine', name: event.dedupeId, input: JSON.stringify(event) });
    const refusing = (name: string) => stepFunctionsTarget(clientOf<SFNClient>(() => Promise.reject(new ServiceError(name))), 'machine').publish(event);
    await refusing('ExecutionAlreadyExists');
    await expect(refusing('ExecutionLimitExceeded')).rejects.toThrow();
  });

  test('a service that does not take the event says so', async () => {
    await expect(eventBridgeTarget(client<EventBridgeClient>([], { FailedEntryCount: 1 }), 'bus').publish(event)).rejects.toThrow('EventBridge did not');
    await expect(lambdaTarget(client<LambdaClient>([], { StatusCode: 500 }), 'function').publish(event)).rejects.toThrow('AWS Lambda did not');
  });
});
