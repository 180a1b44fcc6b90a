import { PLAN_KEY } from './key-service';
import { Changes, CONSUMER, KEY, keyEvent, keyLike, KeyWorld, MAC_KEY_ARN, SECRET, TABLE_NAME } from './key-world';
import { event, NOW } from './world';
import { writeBearerKey } from '../../../src/runtime/api/bearer-key';

const ROUTE = 'GET /orders/{id}';
const END = Date.parse('2027-06-30T00:00:00Z');
const WHO = { consumer: 'acme', keyId: KEY.credential };
const OTHER_SECRET = 'd6'.repeat(32);

let world: KeyWorld;

beforeEach(() => { world = new KeyWorld(); });

afterEach(() => {
  for (const secret of [SECRET, OTHER_SECRET, PLAN_KEY, 'CANARY']) expect(JSON.stringify(world.logged)).not.toContain(secret);
});

/** Expects 401, the one line of the log that says why, and calls of AWS. */
async function expectRefused(outcome: Promise<string>, entry: Record<string, string>, ...operations: readonly string[]) {
  expect(await outcome).toBe('Unauthorized');
  expect(world.logged).toEqual([{ outcome: 'denied', route: ROUTE, ...entry }]);
  expect(world.service.calls.map(({ operation }) => operation)).toEqual(operations);
}

describe('a key that works', () => {
  test('lets its consumer through to the one route, and says whose request to count', async () => {
    expect(await world.handler(keyEvent(`Bearer ${writeBearerKey(KEY)}`))).toEqual({
      principalId: 'acme',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/*' }],
      },
      context: { ...WHO, scope: 'orders:read orders:write' },
      usageIdentifierKey: PLAN_KEY,
    });
    expect(world.logged).toEqual([]);
  });

  test('is looked up as of now, and checked by KMS', async () => {
    await world.bearing(KEY);
    expect(world.service.calls).toEqual([
      {
        operation: 'GetItem',
        input: expect.objectContaining({
          TableName: TABLE_NAME, Key: { holder: { S: KEY.holder }, credential: { S: KEY.credential } }, ConsistentRead: true,
        }),
      },
      {
        operation: 'VerifyMac',
        input: expect.objectContaining({
          KeyId: MAC_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(`acme_${KEY.holder}${KEY.credential}_${SECRET}`).toString('base64'),
        }),
      },
    ]);
  });

  test('works beside another of the same consumer, each until it is disabled', async () => {
    const next = keyLike({ credential: 'bbbbbbbbbb', secret: OTHER_SECRET });
    world.service.store(next);
    expect([await world.bearing(KEY), await world.bearing(next)]).toEqual(['allow', 'allow']);
    world.service.store(KEY, { disabledAt: { N: '1795500000000' } });
    expect([await world.bearing(KEY), await world.bearing(next)]).toEqual(['Unauthorized', 'allow']);
  });
});

describe('what is no key that works is refused, and AWS asked no more than needed', () => {
  test.each<[string, string | undefined, string]>([
    ['no header', undefined, 'no-bearer-token'],
    ['another scheme', `Basic ${writeBearerKey(KEY)}`, 'no-bearer-token'],
    ['a key without its scheme', writeBearerKey(KEY), 'no-bearer-token'],
    ['a token of another kind', 'Bearer a.b.c', 'malformed-key'],
    ['a key with a wrong checksum', `Bearer ${writeBearerKey(KEY).slice(0, -1)}x`, 'malformed-key'],
    ['a key of another service', `Bearer ${writeBearerKey(keyLike({ prefix: 'other' }))}`, 'malformed-key'],
    ['a key of no consumer of the stage', `Bearer ${writeBearerKey(keyLike({ holder: 'ffffffffff' }))}`, 'unknown-consumer'],
  ])('%s', async (_name, authorization, reason) => {
    await expectRefused(world.outcome(keyEvent(authorization)), { reason });
  });

  test('a key sent twice', async () => {
    const request = { ...keyEvent(undefined), multiValueHeaders: { Authorization: [`Bearer ${writeBearerKey(KEY)}`, 'Bearer x'] } };
    await expectRefused(world.outcome(request), { reason: 'several-tokens' });
  });

  test('a key of a stage without consumers', async () => {
    await expectRefused(world.outcome(event(`Bearer ${writeBearerKey(KEY)}`)), { reason: 'unknown-consumer' });
  });

  test('a key that was deleted, or never was', async () => {
    await expectRefused(world.bearing(keyLike({ credential: 'bbbbbbbbbb' })), { reason: 'unknown-key', ...WHO, keyId: 'bbbbbbbbbb' }, 'GetItem');
  });

  test.each([{ N: '1795500000000' }, { N: '99999999999999' }, { NULL: true }])('a key that was disabled, whatever the row says of when: %j', async (disabledAt) => {
    world.service.store(KEY, { disabledAt });
    await expectRefused(world.bearing(KEY), { reason: 'disabled-key', ...WHO }, 'GetItem');
  });

  test('a key with another secret', async () => {
    await expectRefused(world.bearing(keyLike({ secret: OTHER_SECRET })), { reason: 'wrong-secret', ...WHO }, 'GetItem', 'VerifyMac');
  });

  test('a key in the row of another, since a MAC is of its id too', async () => {
    const other = keyLike({ credential: 'bbbbbbbbbb' });
    world.service.store(other);
    const { Item: { verifier } } = (world.service.answer('GetItem', {
      Key: { holder: { S: KEY.holder }, credential: { S: KEY.credential } }, ProjectionExpression: 'verifier',
    }) as { output: { Item: { verifier: { S: string } } } }).output;
    world.service.store(other, { verifier });
    world.service.calls.length = 0;
    await expectRefused(world.bearing(other), { reason: 'wrong-secret', ...WHO, keyId: 'bbbbbbbbbb' }, 'GetItem', 'VerifyMac');
  });
});

describe('a consumer that has proved who it is, and may not call', () => {
  test.each<[string, string, Changes, number]>([
    ['is suspended', 'consumer-suspended', { consumer: `${CONSUMER}&suspended=true` }, NOW],
    ['calls from another address', 'consumer-address', { sourceIp: '192.0.3.7' }, NOW],
    ['calls on its last day', 'consumer-expired', {}, END],
    ['has no scope of the route', 'missing-scope', { scopes: 'orders:admin,orders' }, NOW],
    ['has a scope by which none of the route begins', 'missing-scope', { scopes: 'orders:reader' }, NOW],
  ])('%s: it is denied by name, and its request is counted', async (_name, reason, changes, at) => {
    world.milliseconds = at;
    const answer = await world.handler(keyEvent(`Bearer ${writeBearerKey(KEY)}`, changes));
    expect(answer).toMatchObject({ principalId: 'acme', context: WHO, usageIdentifierKey: PLAN_KEY });
    expect(answer.policyDocument.Statement).toEqual([expect.objectContaining({ Effect: 'Deny' })]);
    expect(world.logged).toEqual([{ outcome: 'denied', reason, route: ROUTE, ...WHO }]);
  });

  test('calls a route that has no scopes: that is our mistake, and it is denied', async () => {
    expect(await world.bearing(KEY, { scopes: '' })).toBe('deny');
    expect(world.logged).toEqual([{ outcome: 'misconfigured', reason: 'no-scopes-configured', route: ROUTE }]);
  });

  test('tells nobody who cannot prove it', async () => {
    expect(await world.bearing(keyLike({ secret: OTHER_SECRET }), { consumer: `${CONSUMER}&suspended=true` })).toBe('Unauthorized');
  });

  test('calls in the last millisecond before its day, and is let through', async () => {
    world.milliseconds = END - 1;
    expect(await world.bearing(KEY)).toBe('allow');
  });
});

describe('our own fault is never allowed, and tells what happened without what was sent', () => {
  const quoting = (error: string) => ({ error, message: `CANARY ${SECRET} ${PLAN_KEY}` });

  test.each(['GetItem', 'VerifyMac'])('%s fails', async (operation) => {
    world.service.failures.set(operation, quoting('ThrottlingException'));
    const fault = await world.handler(keyEvent(`Bearer ${writeBearerKey(KEY)}`)).catch((error: unknown) => error as Error);
    expect(fault).toMatchObject({ message: 'the key could not be judged: ThrottlingException' });
    expect((fault as Error).cause).toBeUndefined();
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'ThrottlingException', route: ROUTE }]);
  });

  test.each([{}, { MacValid: false }])('KMS answers %j', async (output) => {
    world.service.failures.set('VerifyMac', { output });
    expect(await world.bearing(KEY)).toBe('Unauthorized');
  });

  test.each<[string, Record<string, any>]>([
    ['has no verifier', { verifier: undefined }],
    ['has a verifier that is no text', { verifier: { B: 'AAAA' } }],
    ['has a verifier that is too short', { verifier: { S: 'AAAA' } }],
    ['has no plan key', { planKey: undefined }],
    ['has a plan key that is too short', { planKey: { S: 'CANARY' } }],
  ])('the row %s', async (_name, changes) => {
    world.service.store(KEY, changes);
    expect(await world.bearing(KEY)).toBe('the key could not be judged: UnusableRow');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'UnusableRow', route: ROUTE }]);
    expect(world.service.calls).toHaveLength(1);
  });

  test('a consumer cannot be read', async () => {
    expect(await world.bearing(KEY, { consumer: 'name=acme' })).toBe('the key could not be judged: UnusableConsumer');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'UnusableConsumer', route: ROUTE, variable: 'consumer_0123456789abcdef' }]);
    expect(world.service.calls).toEqual([]);
  });

  test.each([undefined, null, {}, { type: 'REQUEST' }])('the event is %j', async (request) => {
    expect(await world.outcome(request as never)).toBe('the event is not one of a REQUEST authorizer of a REST API');
    expect(world.logged).toEqual([{ outcome: 'fault', reason: 'unusable-event' }]);
  });
});
