import { AUDIENCE, event } from './world';
import type { handler } from '../../../src/runtime/api/dpop-authorizer.lambda';

const GOOD = {
  ISSUERS: JSON.stringify([{ issuer: 'https://login.example.com', audiences: [AUDIENCE] }]), ORIGINS: '["https://api.example.com"]', TABLE_NAME: 'proofs',
};

/** Starts the function anew, as a new execution environment does. */
function start(environment: Readonly<Record<string, string>>): typeof handler {
  Object.assign(process.env, { ...GOOD, ...environment });
  let started: typeof handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: typeof handler }>('../../../src/runtime/api/dpop-authorizer.lambda').handler; });
  return started!;
}

afterEach(() => { for (const name of Object.keys(GOOD)) delete process.env[name]; });

test.each<[string, Readonly<Record<string, string>>]>([
  ['ISSUERS', { ISSUERS: '[]' }], ['ORIGINS', { ORIGINS: '["http://api.example.com"]' }], ['TABLE_NAME', { TABLE_NAME: '' }],
])('does not start with wrong %s', (name, environment) => {
  expect(() => start(environment)).toThrow(name);
});

test('answers, and logs one object, which Lambda writes as JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const authorize = start({});
  await expect(authorize(event('DPoP x.y.z'))).rejects.toThrow(/^Unauthorized$/);
  await expect(authorize(event('Bearer x.y.z'))).rejects.toThrow(/^Unauthorized$/);
  expect(log.mock.calls).toEqual(['malformed-token', 'no-dpop-token'].map((reason) => [{ outcome: 'denied', reason, route: 'GET /orders/{id}' }]));
});
