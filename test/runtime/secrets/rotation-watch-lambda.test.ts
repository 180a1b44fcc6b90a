import { LoopbackAws } from '../../runtime-e2e/loopback-aws';
import { WATCH_ENVIRONMENT, watchCloud } from '../../runtime-e2e/watch-cloud';

const GOOD = { ...WATCH_ENVIRONMENT, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret' };
const { env } = process;

/** Starts the function anew, as a new execution environment does. */
function start(environment: Record<string, string>): () => Promise<void> {
  process.env = { ...env, ...environment };
  let handler: () => Promise<void>;
  jest.isolateModules(() => { ({ handler } = jest.requireActual<{ handler: () => Promise<void> }>('../../../src/runtime/secrets/rotation-watch.lambda')); });
  return handler!;
}

afterEach(() => { process.env = env; });

test.each(['SECRET_ARN', 'MAX_AGE_SECONDS'])('does not start without %s', (variable) => {
  expect(() => start({ ...GOOD, [variable]: '' })).toThrow(variable);
});

describe('with AWS on loopback', () => {
  let aws: LoopbackAws;

  beforeEach(async () => { aws = await LoopbackAws.start(watchCloud()); });

  afterEach(() => aws.stop());

  test('logs one object, which Lambda writes as JSON', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    await start({ ...GOOD, AWS_ENDPOINT_URL: aws.endpoint })();
    expect(log.mock.calls).toEqual([[{ outcome: 'healthy', reason: 'in-order', task: 'reconcile' }]]);
  });
});
