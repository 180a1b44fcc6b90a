import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { idempotent, LambdaContext } from '../../../src/runtime/webhooks/idempotent';
import { holds, Item, updated } from '../dynamodb-expressions';
import { Call, clientOf, ServiceError } from '../secrets/harness/service';

const EVENT = { dedupeId: 'a'.repeat(64) };
const CONTEXT: LambdaContext = { getRemainingTimeInMillis: () => 30_000 };

let items: Record<string, Item>;
let now: number;
let acted: number;
let failing: string[];
let owners: number;

beforeEach(() => {
  items = {};
  now = Date.UTC(2026, 0, 1);
  acted = 0;
  failing = [];
  owners = 0;
});

/** One table, as DynamoDB has it. */
async function answer({ operation, input }: Call): Promise<unknown> {
  if (failing.includes(operation)) throw new ServiceError('InternalServerError');
  const { id } = (input.Key ?? input.Item) as { readonly id: { readonly S: string } };
  if (!holds(String(input.ConditionExpression), input, items[id.S])) {
    throw Object.assign(new ServiceError('ConditionalCheckFailedException'), { Item: items[id.S] });
  }
  if (operation === 'DeleteItem') delete items[id.S];
  else items[id.S] = operation === 'PutItem' ? input.Item as Item : updated(String(input.UpdateExpression), input, items[id.S]);
  return {};
}

function wrapped(act: (event: typeof EVENT) => Promise<string> = async () => `result ${++acted}`) {
  return idempotent({ client: clientOf<DynamoDBClient>(answer), tableName: 'done', now: () => now, unique: () => `owner-${++owners}` }, act);
}

test('acts on an event once, and remembers for 30 days that it did', async () => {
  expect(await wrapped()(EVENT, CONTEXT)).toBe('result 1');
  expect(await wrapped()(EVENT, CONTEXT)).toBeUndefined();
  expect(items[EVENT.dedupeId]).toMatchObject({ progress: { S: 'DONE' }, expires: { N: String(now / 1000 + 30 * 86_400) } });
});

test('keeps others away for as long as the invocation may live, and then lets one in', async () => {
  void wrapped(() => new Promise(() => undefined))(EVENT, CONTEXT); // it dies
  await new Promise(setImmediate);
  now += 30_000;
  await expect(wrapped()(EVENT, CONTEXT)).rejects.toThrow('another invocation is acting on the event');
  now += 5001;
  expect(await wrapped()(EVENT, CONTEXT)).toBe('result 1');
});

test('acts on an event again at once if the action threw, and throws what it threw', async () => {
  const failed = wrapped(async () => { throw new Error('out of stock'); });
  await expect(failed(EVENT, CONTEXT)).rejects.toThrow('out of stock');
  expect(await wrapped()(EVENT, CONTEXT)).toBe('result 1');
});

test('throws what the action threw also if the event cannot be given free', async () => {
  failing = ['DeleteItem'];
  await expect(wrapped(async () => { throw new Error('out of stock'); })(EVENT, CONTEXT)).rejects.toThrow('out of stock');
});

test('does not act while it cannot tell whether it did', async () => {
  failing = ['PutItem'];
  await expect(wrapped()(EVENT, CONTEXT)).rejects.toThrow();
  expect(acted).toBe(0);
});

test('fails if it cannot keep that it acted, and acts again only once its lease is over', async () => {
  failing = ['UpdateItem'];
  await expect(wrapped()(EVENT, CONTEXT)).rejects.toThrow();
  failing = [];
  await expect(wrapped()(EVENT, CONTEXT)).rejects.toThrow('another invocation');
  now += 35_001;
  expect(await wrapped()(EVENT, CONTEXT)).toBe('result 2');
});

test('does not take its own lease for another one when the client sends it again', async () => {
  let sent = 0;
  const twice = clientOf<DynamoDBClient>(async (call) => {
    if (call.operation === 'PutItem' && sent++ === 0) await answer(call);
    return answer(call);
  });
  const act = idempotent({ client: twice, tableName: 'done', now: () => now, unique: () => 'owner' }, async () => 'result');
  expect(await act(EVENT, CONTEXT)).toBe('result');
});

test.each([undefined, {}, { dedupeId: '' }, { dedupeId: 1 }, { dedupeId: 'x'.repeat(129) }])('refuses an event without an id: %j', async (event) => {
  await expect(wrapped()(event as never, CONTEXT)).rejects.toThrow('the event must have a dedupeId');
});

test.each([3600, 0.5, NaN])('refuses to forget sooner than senders try: %d seconds', (keepSeconds) => {
  const options = { client: clientOf<DynamoDBClient>(answer), tableName: 'done', keepSeconds, now: () => now, unique: () => '' };
  expect(() => idempotent(options, async () => '')).toThrow('keepSeconds must be a whole number from 604800');
});
