import { AUDIENCE, event } from './world';
import type { handler } from '../../../src/runtime/api/oidc-authorizer.lambda';

/** Starts the function anew, as a new execution environment does. */
function start(issuers: string | undefined): typeof handler {
  if (issuers === undefined) delete process.env.ISSUERS;
  else process.env.ISSUERS = issuers;
  let started: typeof handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: typeof handler }>('../../../src/runtime/api/oidc-authorizer.lambda').handler; });
  return started!;
}

afterEach(() => {
  delete process.env.ISSUERS;
  delete process.env.SENDER_CONSTRAINT;
});

test.each([undefined, '[]', '[{"issuer":"http://login.example.com","audiences":["api"]}]'])('does not start when configured with %p', (issuers) => {
  expect(() => start(issuers)).toThrow('ISSUERS');
});

test('answers, and logs one object, which Lambda writes as JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const authorize = start(JSON.stringify([{ issuer: 'https://login.example.com', audiences: [AUDIENCE] }]));
  await expect(authorize(event('Bearer x.y.z'))).rejects.toThrow(/^Unauthorized$/);
  expect(log.mock.calls).toEqual([[{ outcome: 'denied', reason: 'malformed-token', route: 'GET /orders/{id}' }]]);
});

test('does not start with a constraint that it does not know', () => {
  process.env.SENDER_CONSTRAINT = 'dpop';
  expect(() => start(JSON.stringify([{ issuer: 'https://login.example.com', audiences: [AUDIENCE] }]))).toThrow("SENDER_CONSTRAINT must be 'mutual-tls', or not be set");
});

test('starts with mutual TLS, and refuses what is not bound', async () => {
  process.env.SENDER_CONSTRAINT = 'mutual-tls';
  const log = jest.spyOn(console, 'log').mockImplementation();
  const authorize = start(JSON.stringify([{ issuer: 'https://login.example.com', audiences: [AUDIENCE] }]));
  await expect(authorize(event('DPoP x.y.z'))).rejects.toThrow(/^Unauthorized$/);
  expect(log.mock.calls).toEqual([[{ outcome: 'denied', reason: 'no-bearer-token', route: 'GET /orders/{id}' }]]);
});
