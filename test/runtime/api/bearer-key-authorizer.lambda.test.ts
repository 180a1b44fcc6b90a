import { ENDLESS, KEY, keyEvent, MAC_KEY_ARN } from './key-world';
import { event } from './world';
import { writeBearerKey } from '../../../src/runtime/api/bearer-key';
import type { handler } from '../../../src/runtime/api/bearer-key-authorizer.lambda';
import { keyCloud } from '../../runtime-e2e/bearer-keys';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';

const CREDENTIALS = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };
const GOOD = { TABLE_NAME: 'keys', MAC_KEY_ARN, KEY_PREFIX: 'acme', ...CREDENTIALS };
const { env } = process;

/** Starts the function anew, as a new execution environment does. */
function start(environment: Record<string, string>): typeof handler {
  process.env = { ...env, ...environment };
  let started: typeof handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: typeof handler }>('../../../src/runtime/api/bearer-key-authorizer.lambda').handler; });
  return started!;
}

afterEach(() => { process.env = env; });

test.each([
  ['TABLE_NAME', ''], ['TABLE_NAME', 'a/b'],
  ['MAC_KEY_ARN', ''], ['MAC_KEY_ARN', 'arn:aws:kms:eu-west-1:111122223333:alias/mac'],
  ['KEY_PREFIX', ''], ['KEY_PREFIX', 'Acme'],
])('does not start with the %s %j', (name, value) => {
  expect(() => start({ ...GOOD, [name]: value })).toThrow(`${name} must be`);
});

test.each(['TABLE_NAME', 'MAC_KEY_ARN', 'KEY_PREFIX'] as const)('does not start without %s', (name) => {
  const { [name]: _left, ...rest } = GOOD;
  expect(() => start(rest)).toThrow(`${name} must be`);
});

test('answers, and logs one object, which Lambda writes as JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  await expect(start(GOOD)(event('Bearer x.y.z'))).rejects.toThrow(/^Unauthorized$/);
  expect(log.mock.calls).toEqual([[{ outcome: 'denied', reason: 'malformed-key', route: 'GET /orders/{id}' }]]);
});

test('judges by the clock of the system, with AWS on loopback', async () => {
  const aws = await LoopbackAws.start(keyCloud('acme'));
  try {
    const authorize = start({ ...GOOD, AWS_ENDPOINT_URL: aws.endpoint });
    const { policyDocument } = await authorize(keyEvent(`Bearer ${writeBearerKey(KEY)}`, { consumer: ENDLESS }));
    expect(policyDocument.Statement).toEqual([expect.objectContaining({ Effect: 'Allow' })]);
  } finally {
    await aws.stop();
  }
});
