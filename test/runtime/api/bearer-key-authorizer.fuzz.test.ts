import * as fc from 'fast-check';
import { CONSUMER, KEY, keyEvent, KeyWorld } from './key-world';
import { BearerKey, writeBearerKey } from '../../../src/runtime/api/bearer-key';
import { scopeVariable } from '../../../src/runtime/api/scope-variable';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** Keys of the right form that were never stored. */
const foreign: fc.Arbitrary<BearerKey> = fc.record({
  prefix: fc.constantFrom('acme', 'other'),
  holder: fc.oneof(fc.constant(KEY.holder), hex(10)),
  credential: fc.oneof(fc.constant(KEY.credential), hex(10)),
  secret: hex(64),
});

const CONSUMER_FAULT = 'the key could not be judged: UnusableConsumer';
const SCOPES = scopeVariable('GET', '/orders/{id}');

test('nothing but a key that was stored is allowed, and nothing of it is logged or thrown', async () => {
  const notAKey = fc.oneof(foreign.map(writeBearerKey), fc.string().map((text) => `CANARY${text}`));
  await fc.assert(fc.asyncProperty(notAKey, async (text) => {
    const world = new KeyWorld();
    expect(await world.outcome(keyEvent(`Bearer ${text}`))).toBe('Unauthorized');
    expect(JSON.stringify(world.logged)).not.toContain('CANARY');
    expect(JSON.stringify(world.logged)).not.toContain(text.slice(-72));
  }), { numRuns: 1000 });
});

test('stage variables of any shape let a key through only as its one consumer', async () => {
  const variables = fc.dictionary(
    fc.constantFrom('consumer_1', 'consumer_2', 'consumer_', SCOPES),
    fc.oneof(fc.constantFrom(CONSUMER, `${CONSUMER}&suspended=true`, 'orders:read'), fc.string(), fc.jsonValue()),
  );
  await fc.assert(fc.asyncProperty(fc.oneof(variables, fc.jsonValue()), async (stageVariables: any) => {
    const world = new KeyWorld();
    const outcome = await world.outcome({ ...keyEvent(`Bearer ${writeBearerKey(KEY)}`), stageVariables });
    const consumers = Object.entries(stageVariables ?? {}).filter(([name]) => name.startsWith('consumer_')).map(([, text]) => text);
    if (outcome === 'allow') expect([...consumers, stageVariables[SCOPES]]).toEqual([CONSUMER, expect.stringMatching(/orders:(read|write)/)]);
    expect(['allow', 'deny', 'Unauthorized', CONSUMER_FAULT]).toContain(outcome);
  }), { numRuns: 2000 });
});

test('an event of any shape is never allowed without a key', async () => {
  const shape = fc.record({
    methodArn: fc.oneof(fc.constant('arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/live/GET/orders/1'), fc.jsonValue()),
    headers: fc.oneof(fc.dictionary(fc.constantFrom('Authorization', 'x'), fc.oneof(fc.string(), fc.jsonValue())), fc.jsonValue()),
    multiValueHeaders: fc.jsonValue(),
    stageVariables: fc.oneof(fc.constant({ consumer_1: CONSUMER }), fc.jsonValue()),
    requestContext: fc.oneof(fc.constant({ httpMethod: 'GET', resourcePath: '/orders/{id}' }), fc.jsonValue()),
  }, { requiredKeys: [] });
  await fc.assert(fc.asyncProperty(fc.oneof(shape, fc.jsonValue()), async (request) => {
    const outcome = await new KeyWorld().outcome(request as never);
    expect(['Unauthorized', 'the event is not one of a REQUEST authorizer of a REST API', CONSUMER_FAULT]).toContain(outcome);
  }), { numRuns: 2000 });
});
