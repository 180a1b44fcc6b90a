import { token } from './tokens';
import { claims, event, ISSUER, NOW, OTHER_ISSUER, RSA, World } from './world';
import { scopeVariable } from '../../../src/runtime/api/scope-variable';

const CONSUMER = `name=acme&issuer=${ISSUER}&client=partner-app`;
const ROUTE = 'GET /orders/{id}';

let world: World;

beforeEach(() => { world = new World(); });

/** A request with a good token of Acme's client, of a stage that has this consumer, from an address. */
function request(consumer: unknown, changes: Readonly<Record<string, unknown>> = {}, sourceIp = '192.0.2.7') {
  return event(`Bearer ${token(RSA, claims(changes))}`, {
    stageVariables: { [scopeVariable('GET', '/orders/{id}')]: 'orders:read,orders:admin', consumer_0123456789abcdef: consumer },
    requestContext: { httpMethod: 'GET', resourcePath: '/orders/{id}', identity: { sourceIp } },
  });
}

test('a token of a consumer passes, and the integration learns the consumer\'s name', async () => {
  expect(await world.handler(request(CONSUMER))).toMatchObject({
    policyDocument: { Statement: [{ Effect: 'Allow' }] },
    context: { issuer: ISSUER, subject: 'user-7', clientId: 'partner-app', scope: 'orders:read orders:write', consumer: 'acme' },
  });
});

test('a consumer that has no scopes set keeps those of the token, and one that has gets no more than both name', async () => {
  const scopesOf = async (consumer: string, scope = 'orders:read orders:write') => (await world.handler(request(consumer, { scope }))).context.scope;
  expect(await scopesOf(CONSUMER)).toBe('orders:read orders:write');
  expect(await scopesOf(`${CONSUMER}&scopes=orders:read,orders:delete`)).toBe('orders:read');
  expect(await world.outcome(request(`${CONSUMER}&scopes=orders:write`))).toBe('deny');
  expect(world.logged).toEqual([{ outcome: 'denied', reason: 'missing-scope', route: ROUTE, issuer: ISSUER, consumer: 'acme' }]);
});

test('a ceiling gives no scope that a token does not have', async () => {
  expect(await world.outcome(request(`${CONSUMER}&scopes=orders:admin`))).toBe('deny');
});

test.each<[string, string, string, string, number]>([
  ['is suspended', 'consumer-suspended', `${CONSUMER}&suspended=true`, '192.0.2.7', NOW],
  ['calls on its last day', 'consumer-expired', `${CONSUMER}&until=2026-11-24`, '192.0.2.7', NOW],
  ['calls from another address', 'consumer-address', `${CONSUMER}&from=192.0.2.0/24`, '198.51.100.1', NOW],
])('a token of a consumer that %s is denied by name, though it is good', async (_name, reason, consumer, sourceIp, at) => {
  world.milliseconds = at;
  expect(await world.handler(request(consumer, {}, sourceIp))).toMatchObject({
    policyDocument: { Statement: [{ Effect: 'Deny' }] }, context: { consumer: 'acme', clientId: 'partner-app' },
  });
  expect(world.logged).toEqual([{ outcome: 'denied', reason, route: ROUTE, issuer: ISSUER, consumer: 'acme' }]);
});

test('a limit that is kept is none', async () => {
  expect(await world.outcome(request(`${CONSUMER}&from=192.0.2.0/24&until=2026-11-25`))).toBe('allow');
});

test.each([
  ['another client', { client_id: 'other-app' }],
  ['no client', { client_id: undefined }],
  ['the client of another issuer that goes by the same name', { iss: OTHER_ISSUER }],
])('a token of %s passes as if there were no consumer', async (_name, changes) => {
  world.documents.set('https://keys.example.org/set?tenant=1', { keys: [RSA.jwk] });
  const { policyDocument, context } = await world.handler(request(`${CONSUMER}&suspended=true`, changes));
  expect(policyDocument.Statement).toEqual([expect.objectContaining({ Effect: 'Allow' })]);
  expect(context).not.toHaveProperty('consumer');
});

test('a token that is not good is refused before any consumer is looked at', async () => {
  expect(await world.outcome(request('name=broken', { exp: NOW / 1000 - 31 }))).toBe('Unauthorized');
});

test.each(['name=broken', 7])('while the stage describes a consumer by %j no token is let in, of whichever client', async (consumer) => {
  const outcome = await world.outcome(request(consumer, { client_id: 'other-app' }));
  expect(outcome).toContain('the stage variable consumer_0123456789abcdef must describe a consumer');
  expect(world.logged).toEqual([{ outcome: 'fault', reason: 'UnusableConsumer', route: ROUTE, variable: 'consumer_0123456789abcdef' }]);
});
