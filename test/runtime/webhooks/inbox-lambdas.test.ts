import { BODY, DISPATCH_ENVIRONMENT, githubRequest, InboxCloud, RECEIVER_ENVIRONMENT, streamEvent } from '../../runtime-e2e/inbox-cloud';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';

// A function starts with the clients of AWS, which takes seconds where tests are compiled on a busy machine.
jest.setTimeout(30_000);

const { env } = process;

type Handler = (event: unknown) => Promise<unknown>;

let cloud: InboxCloud;
let aws: LoopbackAws;
let log: jest.SpyInstance;

beforeEach(async () => {
  log = jest.spyOn(console, 'log').mockImplementation();
  cloud = new InboxCloud();
  aws = await LoopbackAws.start((request) => cloud.answer(request));
});

afterEach(async () => {
  process.env = env;
  await aws.stop();
  expect(JSON.stringify(log.mock.calls)).not.toMatch(/CANARY|sha256=/);
});

/** Starts the function anew, as a new execution environment does. */
function start(name: 'receive' | 'rejudge' | 'dispatch' | 'sweep', environment: NodeJS.ProcessEnv = {}): Handler {
  process.env = {
    ...env,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example-secret',
    AWS_ENDPOINT_URL: aws.endpoint,
    ...name === 'receive' || name === 'rejudge' ? RECEIVER_ENVIRONMENT : DISPATCH_ENVIRONMENT,
    ...environment,
  };
  let handler: Handler;
  jest.isolateModules(() => { ({ handler } = jest.requireActual<{ handler: Handler }>(`../../../src/runtime/webhooks/${name}.lambda`)); });
  return handler!;
}

const outcomes = () => (log.mock.calls as Array<[{ readonly outcome: string }]>).map(([{ outcome }]) => outcome);

test('100 equal deliveries, all of them under way at once, are one record and one event (item 62)', async () => {
  const receive = start('receive');
  const answers = await Promise.all(Array.from({ length: 100 }, () => receive(githubRequest()))) as Array<{ statusCode: number }>;
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect(Object.keys(cloud.world.items)).toHaveLength(1);
  expect(cloud.operations.filter((operation) => operation === 'GetSecretValue')).toHaveLength(2); // of either stage, for all of them
  expect(outcomes().filter((outcome) => outcome === 'stored')).toHaveLength(1);

  await start('dispatch')(streamEvent(cloud.world));
  expect(cloud.details).toHaveLength(1);
  expect(Buffer.from(String(cloud.details[0].bodyBase64), 'base64').toString()).toBe(BODY);
  expect(outcomes().at(-1)).toBe('dispatched');
});

test('what the stream lost is swept', async () => {
  await start('receive')(githubRequest());
  const [id] = cloud.world.stream;
  cloud.world.items[id] = { ...cloud.world.items[id], dueAt: { N: '0' } };
  await start('sweep')({ task: 'sweep' });
  expect(cloud.world.items[id].state.S).toBe('DISPATCHED');
});

test('what comes while keys cannot be read is kept, and judged when they can', async () => {
  cloud.failing = ['GetSecretValue'];
  expect(await start('receive', { KEEP_UNVERIFIED: 'true' })(githubRequest())).toMatchObject({ statusCode: 200 });
  expect([cloud.kept.size, cloud.world.items]).toEqual([1, {}]);
  cloud.failing = [];
  await start('rejudge', { TIMEOUT_SECONDS: '300' })({ task: 'rejudge' });
  expect([cloud.kept.size, Object.keys(cloud.world.items).length, outcomes()]).toEqual([0, 1, ['unverified', 'stored']]);
});
