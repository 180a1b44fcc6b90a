import { ARN, Cloud, QUEUE_URL } from './cloud';
import { LoopbackAws } from '../../../runtime-e2e/loopback-aws';
import { overHttp } from '../../../runtime-e2e/sender-cloud';

const GOOD = { ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', QUEUE_URL, AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

type Handler = (event?: unknown) => Promise<unknown>;

/** Starts a function anew, as a new execution environment does. */
function start(name: string, environment: Readonly<Record<string, string>> = {}): Handler {
  Object.assign(process.env, { ...GOOD, ...environment });
  let started: Handler;
  jest.isolateModules(() => { started = jest.requireActual<{ handler: Handler }>(`../../../../src/runtime/webhooks/outbound/${name}.lambda`).handler; });
  return started!;
}

afterEach(() => { for (const name of [...Object.keys(GOOD), 'DENIED_NETWORKS']) delete process.env[name]; });

test.each(['sender', 'sweeper', 'replayer'])('%s does not start without its settings', (name) => {
  expect(() => start(name, { DELIVERY_TABLE: '' })).toThrow('DELIVERY_TABLE');
  expect(() => start(name, { DENIED_NETWORKS: '["a"]' })).toThrow('DENIED_NETWORKS');
});

test.each([['feed', 'QUEUE_URL'], ['registrar', 'ENDPOINT_TABLE'], ['public-keys', 'ENDPOINT_TABLE']])('%s does not start without %s', (name, setting) => {
  expect(() => start(name, { [setting]: '' })).toThrow(setting);
});

test('registrar resolves the name of an endpoint, and stores none that leads to us', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const addresses = ['127.0.0.1', '8.8.8.8'];
  jest.doMock('node:dns/promises', () => ({ lookup: async () => [{ address: addresses.shift(), family: 4 }] }));
  const cloud = new Cloud();
  const server = await LoopbackAws.start(overHttp(cloud));
  const register = start('registrar', { AWS_ENDPOINT_URL: server.endpoint });
  const request = { action: 'register', endpoint: 'ep_1', tenant: 'acme', url: 'https://hooks.customer.com/CANARY', keySecretArn: ARN };
  expect(await register(request)).toEqual({ outcome: 'refused', reason: 'host-not-public' });
  expect(cloud.calls).toEqual([]);
  expect(await register(request)).toEqual({ outcome: 'registered' });
  expect([cloud.calls, cloud.endpoints.size]).toEqual([['UpdateItem'], 1]);
  expect(JSON.stringify(log.mock.calls)).not.toContain('CANARY');
  await server.stop();
});

test('while AWS does not answer, messages come again, and objects are logged, which Lambda writes as JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const body = '{"endpoint":"ep_1","message":"msg_1","body":"CANARY"}';
  expect(await start('sender')({ Records: [{ messageId: 'sqs-0', body }] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
  expect(log.mock.calls).toEqual([[{ outcome: 'fault', reason: expect.stringMatching(/Error$/), endpoint: 'ep_1', message: 'msg_1', attempt: 1 }]]);
  const NewImage = { endpoint: { S: 'ep_1' }, message: { S: 'msg_1' }, tenant: { S: 'acme' }, phase: { S: 'queued' }, attempt: { N: '2' }, body: { B: 'CANARY' } };
  expect(await start('feed')({ Records: [{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '7', NewImage } }] })).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  await expect(start('sweeper')()).rejects.toThrow();
  await expect(start('replayer')({ endpoint: 'ep_1' })).rejects.toThrow();
  await expect(start('public-keys')({ endpoint: 'ep_1', tenant: 'acme' })).rejects.toThrow();
  expect(JSON.stringify(log.mock.calls)).not.toContain('CANARY');
});

test('a message whose endpoint leads to loopback is stored, not sent, swept, and sent anew', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  jest.doMock('node:dns/promises', () => ({ lookup: async () => [{ address: '127.0.0.1', family: 4 }] }));
  const cloud = new Cloud();
  const server = await LoopbackAws.start(overHttp(cloud));
  cloud.addEndpoint('ep_1');
  const there = { AWS_ENDPOINT_URL: server.endpoint };
  const body = '{"endpoint":"ep_1","message":"msg_1","body":"CANARY"}';
  expect(await start('sender', there)({ Records: [{ messageId: 'sqs-0', body }] })).toEqual({ batchItemFailures: [] });

  Object.assign(cloud.delivery('msg_1')!, { dueAt: { N: '1' }, phase: { S: 'sending' }, attempt: { N: '10' } });
  await start('sweeper', there)();
  expect(await start('replayer', there)({ endpoint: 'ep_1' })).toEqual({ replayed: 1 });
  expect(await start('public-keys', there)({ endpoint: 'ep_1', tenant: 'acme' })).toEqual({ outcome: 'told', publicKeys: [] });
  expect(await start('feed', there)({ Records: cloud.stream })).toEqual({ batchItemFailures: [] });
  expect(cloud.queue).toEqual(['{"endpoint":"ep_1","message":"msg_1","attempt":"11"}']);
  expect(log.mock.calls.map(([entry]) => entry as object)).toMatchObject([{ outcome: 'retry', reason: 'address-refused' }, { outcome: 'swept', dead: 1 }, { outcome: 'replayed' }, { outcome: 'told' }]);
  expect(JSON.stringify(log.mock.calls)).not.toContain('CANARY');
  await server.stop();
});
