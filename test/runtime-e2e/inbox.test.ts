import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { BODY, DISPATCH_ENVIRONMENT, githubRequest, InboxCloud, RECEIVER_ENVIRONMENT, SECRET, streamEvent } from './inbox-cloud';

jest.setTimeout(30_000);

let cloud: InboxCloud;
let bundles: RunningBundle[];

beforeEach(() => {
  cloud = new InboxCloud();
  bundles = [];
});

afterEach(async () => {
  const log = bundles.flatMap((bundle) => bundle.log).join('\n');
  const [signature] = githubRequest().multiValueHeaders['X-Hub-Signature-256'];
  for (const secret of ['CANARY', SECRET, signature.slice('sha256='.length), Buffer.from(BODY).toString('base64'), 'example-secret']) expect(log).not.toContain(secret);
  await Promise.all(bundles.map((bundle) => bundle.stop()));
});

async function start(name: 'receive' | 'rejudge' | 'dispatch' | 'sweep', environment: Record<string, string> = {}): Promise<RunningBundle> {
  const settings = name === 'receive' || name === 'rejudge' ? RECEIVER_ENVIRONMENT : DISPATCH_ENVIRONMENT;
  const file = join(__dirname, `../../assets/webhooks/${name}/index.js`);
  const bundle = await RunningBundle.start(file, { ...settings, ...environment }, cloud.answer);
  bundles.push(bundle);
  return bundle;
}

const statusOf = async (bundle: RunningBundle, event: unknown) => (await bundle.invoke(event) as { statusCode: number }).statusCode;
const states = () => Object.values(cloud.world.items).map(({ state }) => state.S);

test('a delivery is received, dispatched once, and marked; what comes again is no event', async () => {
  const [receive, dispatch] = [await start('receive'), await start('dispatch')];
  expect(await statusOf(receive, githubRequest())).toBe(200);
  expect(await statusOf(receive, githubRequest())).toBe(200);
  const event = streamEvent(cloud.world);
  await dispatch.invoke(event);
  await dispatch.invoke(event);
  expect(states()).toEqual(['DISPATCHED']);
  expect(cloud.details).toHaveLength(1);
  expect(Buffer.from(String(cloud.details[0].bodyBase64), 'base64').toString()).toBe(BODY);
  expect(Object.values(cloud.world.items)[0].body).toBeUndefined(); // GitHub signs no time: a tombstone
});

test('100 equal deliveries at once, to ten functions, over connections of their own, leave one record (item 62)', async () => {
  const receivers = await Promise.all(Array.from({ length: 10 }, () => start('receive')));
  const statuses = await Promise.all(Array.from({ length: 100 }, (_, index) => statusOf(receivers[index % 10], githubRequest())));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(cloud.operations.filter((operation) => operation === 'PutItem')).toHaveLength(100);
  expect(states()).toEqual(['RECEIVED']);
  expect(cloud.world.stream).toHaveLength(1);
});

test('a large body goes to S3, and the event points to it', async () => {
  const [receive, dispatch] = [await start('receive'), await start('dispatch')];
  expect(await statusOf(receive, githubRequest(JSON.stringify({ note: 'x'.repeat(200_000) })))).toBe(200);
  await dispatch.invoke(streamEvent(cloud.world));
  expect(cloud.details[0]).toMatchObject({ bodyAt: { key: Object.keys(cloud.world.objects)[0] } });
});

test('forgeries are answered with 401 and write nothing; Secrets Manager is asked once (item 69)', async () => {
  const receive = await start('receive');
  for (let flood = 0; flood < 20; flood++) expect(await statusOf(receive, githubRequest(BODY, 'CANARY-of-a-forger-0123456789'))).toBe(401);
  expect(cloud.operations).toEqual(['GetSecretValue', 'GetSecretValue']); // of either stage
});

test.each(['GetSecretValue', 'PutItem'])('while %s fails a delivery is answered with 503, and nothing of it is logged (item 57)', async (operation) => {
  cloud.failing = [operation];
  expect(await statusOf(await start('receive'), githubRequest())).toBe(503);
  expect(cloud.world.items).toEqual({});
});

test('what the stream lost is swept, what the target refused is postponed, and what is dead can be redriven', async () => {
  const [receive, sweep] = [await start('receive'), await start('sweep', { MAX_ATTEMPTS: '1' })];
  await receive.invoke(githubRequest());
  await sweep.invoke({ task: 'sweep' });
  expect(states()).toEqual(['RECEIVED']);
  const [id] = cloud.world.stream;
  cloud.world.items[id] = { ...cloud.world.items[id], dueAt: { N: '0' } };
  cloud.failing = ['PutEvents'];
  await sweep.invoke({ task: 'sweep' });
  expect(states()).toEqual(['DEAD']);
  cloud.failing = [];
  expect(await sweep.invoke({ task: 'redrive', state: 'DEAD' })).toEqual({ redriven: 1 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await sweep.invoke({ task: 'sweep' });
  expect(states()).toEqual(['DISPATCHED']);
});

test('what comes while keys cannot be read is kept, judged later and dispatched; what was forged is dropped', async () => {
  const receive = await start('receive', { KEEP_UNVERIFIED: 'true' });
  cloud.failing = ['GetSecretValue'];
  expect(await statusOf(receive, githubRequest())).toBe(200);
  expect(await statusOf(receive, githubRequest(BODY, 'CANARY-of-a-forger-0123456789'))).toBe(200);
  expect([cloud.kept.size, cloud.world.items]).toEqual([2, {}]);
  const rejudge = await start('rejudge', { TIMEOUT_SECONDS: '300' });
  await expect(rejudge.invoke({ task: 'rejudge' })).rejects.toThrow('not every request could be judged');
  cloud.failing = [];
  await rejudge.invoke({ task: 'rejudge' });
  expect([cloud.kept.size, states()]).toEqual([0, ['RECEIVED']]);
  await (await start('dispatch')).invoke(streamEvent(cloud.world));
  expect(Buffer.from(String(cloud.details[0].bodyBase64), 'base64').toString()).toBe(BODY);
});

test('a receiver that knows where its sender is answers nobody else, and reads no key for them', async () => {
  const receive = await start('receive', { SOURCE_CIDRS: '["192.0.2.0/24"]' });
  const from = (sourceIp: string) => ({ ...githubRequest(), requestContext: { identity: { sourceIp } } });
  expect(await statusOf(receive, from('198.51.100.1'))).toBe(401);
  expect(cloud.operations).toEqual([]);
  expect(await statusOf(receive, from('192.0.2.1'))).toBe(200);
});

test('an old key is told', async () => {
  const receive = await start('receive', { MAX_KEY_AGE_SECONDS: '86400' });
  expect(await statusOf(receive, githubRequest())).toBe(200);
  const logged = receive.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { outcome: string } }).message.outcome);
  expect(logged).toEqual(['overdue-key', 'stored']);
});

test.each([['receive', 'SCHEME'], ['rejudge', 'TIMEOUT_SECONDS'], ['dispatch', 'TARGET_ARN'], ['sweep', 'TABLE_NAME']] as const)('%s does not start without %s', async (name, variable) => {
  await expect((await start(name, { [variable]: '' })).invoke({})).rejects.toThrow('the process has ended');
});
