import { stepEvent } from './harness/events';
import { announce, Secret } from './harness/fake-secrets-manager';
import { FIRST, NOW, settledWorld, STRATEGIES, Strategy, works, World } from './harness/world';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';
import { ROTATION_ENVIRONMENT, rotationCloud } from '../../runtime-e2e/rotation-cloud';

const GOOD = { ...ROTATION_ENVIRONMENT, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };
const { env } = process;

type Handler = (event: unknown) => Promise<void>;

/** Starts the function anew, as a new execution environment does. */
function start(name: string, environment: Record<string, string>): Handler {
  process.env = { ...env, ...environment };
  let handler: Handler;
  jest.isolateModules(() => { ({ handler } = jest.requireActual<{ handler: Handler }>(`../../../src/runtime/secrets/${name}.lambda`)); });
  return handler!;
}

afterEach(() => { process.env = env; });

test.each([
  ['webhook-secret', 'SECRET_ARN'], ['webhook-secret', 'OVERLAP_SECONDS'], ['webhook-secret', 'MAX_AGE_SECONDS'],
  ['webhook-signing-key', 'SECRET_ARN'], ['webhook-signing-key', 'OVERLAP_SECONDS'], ['webhook-signing-key', 'MAX_AGE_SECONDS'],
  ['api-key', 'SECRET_ARN'], ['api-key', 'OVERLAP_SECONDS'], ['api-key', 'MAX_AGE_SECONDS'], ['api-key', 'USAGE_PLAN_IDS'],
  ['cognito-client-secret', 'SECRET_ARN'], ['cognito-client-secret', 'USER_POOL_ID'], ['cognito-client-secret', 'CLIENT_ID'],
  ['cognito-client-secret', 'TOKEN_ENDPOINT'],
  ['sftp-connector-key-pair', 'SECRET_ARN'], ['sftp-connector-key-pair', 'SFTP_USER_NAME'], ['sftp-connector-key-pair', 'CONNECTOR_ID'],
  ['sftp-connector-key-pair', 'PROBE_CONNECTOR_ID'], ['sftp-connector-key-pair', 'EVENT_BUS_NAME'], ['sftp-connector-key-pair', 'KEY_TYPE'],
  ['sftp-connector-key-pair', 'OFFER_SECONDS'], ['third-party', 'SECRET_ARN'], ['third-party', 'ADAPTER_ARN'],
  ...['SECRET_ARN', 'TABLE_NAME', 'HOLDER', 'KEY_PREFIX', 'MAC_KEY_ARN', 'PLAN_KEY_ID'].map((variable) => ['bearer-key', variable]),
  ...['SECRET_ARN', 'TABLE_NAME', 'USER_NAME'].map((variable) => ['sftp-password', variable]),
])('%s does not start without %s', (name, variable) => {
  expect(() => start(name, { ...GOOD, [variable]: '' })).toThrow(variable);
});

test.each(STRATEGIES)('%s starts, and logs one object, which Lambda writes as JSON', async (name) => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  await expect(start(name, GOOD)({})).rejects.toThrow('neither a rotation step');
  expect(log.mock.calls).toEqual([[{ outcome: 'refused', reason: 'unusable-event', task: 'reconcile' }]]);
});

describe('with AWS on loopback', () => {
  let aws: LoopbackAws;

  /** A function whose calls go to a world. */
  async function startIn(strategy: Strategy, world: World): Promise<Handler> {
    aws = await LoopbackAws.start(rotationCloud(strategy, world));
    return start(strategy, { ...GOOD, AWS_ENDPOINT_URL: aws.endpoint });
  }

  afterEach(() => aws.stop());

  const announced = (secret: Secret) => announce(secret, 'version-p', NOW);

  test.each(STRATEGIES)('%s makes a version with random content current', async (strategy) => {
    jest.spyOn(console, 'log').mockImplementation();
    const world = settledWorld(strategy);
    announced(world.secret);
    const handler = await startIn(strategy, world);
    for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) await handler(stepEvent(step, 'version-p'));
    expect([works(strategy, world, 'version-p'), works(strategy, world, FIRST)]).toEqual([true, true]);
  });

  test('api-key looks for a key for some ten seconds', async () => {
    jest.spyOn(console, 'log').mockImplementation();
    const world = settledWorld('api-key');
    announced(world.secret);
    const handler = await startIn('api-key', world);
    await handler(stepEvent('createSecret', 'version-p'));
    const started = Date.now();
    await expect(handler(stepEvent('testSecret', 'version-p'))).rejects.toThrow('does not have the key as it should');
    expect(Date.now() - started).toBeGreaterThan(8_000);
  }, 30_000);
});
