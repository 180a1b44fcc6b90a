import { event } from './world';
import type { handler } from '../../../src/runtime/api/introspection-authorizer.lambda';

const GOOD = { ISSUER: 'https://login.example.com', AUDIENCES: '["orders"]', ENDPOINT: 'https://login.example.com/introspect', SECRET_ARN: 'arn:secret' };

/** Starts the function anew, as a new execution environment does. */
function start(environment: Readonly<Record<string, string>>): typeof handler {
  Object.assign(process.env, { ...GOOD, ...environment });
  let started: typeof handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: typeof handler }>('../../../src/runtime/api/introspection-authorizer.lambda').handler; });
  return started!;
}

afterEach(() => { for (const name of [...Object.keys(GOOD), 'SENDER_CONSTRAINT', 'AWS_ENDPOINT_URL']) delete process.env[name]; });

test.each(['ISSUER', 'AUDIENCES', 'ENDPOINT', 'SECRET_ARN'])('does not start with wrong %s', (name) => {
  expect(() => start({ [name]: '' })).toThrow(name);
});

test('does not start with a constraint that it does not know', () => {
  expect(() => start({ SENDER_CONSTRAINT: 'dpop' })).toThrow('SENDER_CONSTRAINT');
});

test('lets nobody in without credentials, and logs objects, which Lambda writes as JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const authorize = start({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  await expect(authorize(event('Basic x'))).rejects.toThrow(/^Unauthorized$/);
  await expect(authorize(event('Bearer CANARY'))).rejects.toThrow('the credentials for the issuer are not available');
  expect(log.mock.calls.map(([entry]) => (entry as { reason: string }).reason)).toEqual(['no-bearer-token', 'client-secret-not-read', 'client-secret-unavailable']);
  expect(JSON.stringify(log.mock.calls)).not.toContain('CANARY');
});
