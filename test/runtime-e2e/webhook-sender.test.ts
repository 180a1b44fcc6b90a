import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { RunningBundle } from './bundle';
import { dueRow } from './due-row';
import { LoopbackAws } from './loopback-aws';
import { deliver, overHttp } from './sender-cloud';
import { readKeys } from '../../src/runtime/webhooks/key-formats';
import { DeliveryTable } from '../../src/runtime/webhooks/outbound/delivery-table';
import { EndpointTable } from '../../src/runtime/webhooks/outbound/endpoint-table';
import { guardedConnector } from '../../src/runtime/webhooks/outbound/guarded-connector';
import { KeyStore } from '../../src/runtime/webhooks/outbound/key-store';
import { sender } from '../../src/runtime/webhooks/outbound/send';
import { parseScheme } from '../../src/runtime/webhooks/parse-scheme';
import { Verdict } from '../../src/runtime/webhooks/verdict';
import { verify } from '../../src/runtime/webhooks/verify';
import { Certificate, HttpsServer, loopbackCertificate } from '../runtime/https-server';
import { signingKeyFrom } from '../runtime/secrets/harness/key-pairs';
import { ARN, Cloud, CloudError, QUEUE_URL, secretOf } from '../runtime/webhooks/outbound/cloud';
import { newMessage } from '../runtime/webhooks/outbound/scene';

const BUNDLES = join(__dirname, '../../assets/webhooks/outbound');
const SCHEME = parseScheme({ preset: 'standard-webhooks' });
const SETTINGS = { QUEUE_URL, ENDPOINT_TABLE: 'endpoints', DELIVERY_TABLE: 'deliveries', TIMEOUT_SECONDS: '2' };

let folder: string;
let certificate: Certificate;
let receiver: HttpsServer;
let cloud: Cloud;
/** What the receiver made of what it got, and how it answers. */
let verdicts: Verdict[];
let status: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sender-'));
  certificate = await loopbackCertificate();
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  receiver = await HttpsServer.start(certificate, (_url, response, request) => void receive(response, request));
});

afterAll(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  cloud = new Cloud();
  verdicts = [];
  status = 204;
});

/** Verifies as any receiver would that was told the secret. */
async function receive(response: ServerResponse, request: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  verdicts.push(verify({ method: 'POST', url: receiver.origin, headers, body: Buffer.concat(chunks) }, SCHEME, readKeys(secretOf('k'), 'standard-webhooks'), Date.now() / 1000));
  response.writeHead(status).end('CANARY');
}

const port = () => new URL(receiver.origin).port;

describe('the functions of the sender, over real connections', () => {
  let server: LoopbackAws;

  beforeEach(async () => { server = await LoopbackAws.start(overHttp(cloud)); });
  afterEach(() => server.stop());

  test('a receiver takes what is sent, once, and learns nothing of failures but by their retry', async () => {
    cloud.addEndpoint('ep_1', { url: { S: `https://hooks.customer.com:${port()}/in` } });
    const log: unknown[] = [];
    const options = { endpoint: server.endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
    const dynamo = new DynamoDBClient(options);
    const secrets = new SecretsManagerClient(options);
    // The port that the shipped function does not open: where a name leads, and that loopback may be connected to.
    const connect = guardedConnector({ resolve: async () => ['127.0.0.1'], isAllowed: (address) => address === '127.0.0.1', timeoutMilliseconds: 3000, ca: certificate.cert });
    const handle = sender({
      endpoints: new EndpointTable(dynamo, 'endpoints'),
      deliveries: new DeliveryTable(dynamo, 'deliveries', 1000),
      keys: new KeyStore(secrets),
      connect: (url, posted) => connect({ ...url, host: 'localhost' }, posted),
      urls: { ports: [Number(port())] },
      now: () => Date.now(),
      random: () => 0,
      unique: () => String(log.length),
      log: (entry) => void log.push(entry),
    });
    const send = (...bodies: string[]) => handle({ Records: bodies.map((body, index) => ({ messageId: String(index), body })) });

    expect(await send(newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    expect(await send(newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    status = 503;
    expect(await send(newMessage('msg_2'))).toEqual({ batchItemFailures: [] });
    expect(verdicts.map((verdict) => verdict.outcome === 'genuine' && verdict.dedupeKey)).toEqual(['id:msg_1', 'id:msg_2']);
    expect(log).toMatchObject([{ outcome: 'delivered', status: 204 }, { outcome: 'superseded' }, { outcome: 'retry', status: 503 }]);
    expect(JSON.stringify(log)).not.toMatch(/CANARY|whsec_|v1,/);
    dynamo.destroy();
    secrets.destroy();
  });
});

describe('the bundle that ships', () => {
  let bundle: RunningBundle;

  /** Starts a function where every name leads to these addresses. */
  async function start(name: string, answers: readonly (readonly string[])[] = [['127.0.0.1']]): Promise<void> {
    bundle = await RunningBundle.start(join(BUNDLES, name, 'index.js'), {
      ...SETTINGS,
      PORTS: `[${port()}]`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      NODE_OPTIONS: `--require ${join(__dirname, 'names.cjs')}`,
      TEST_ANSWERS: JSON.stringify(answers),
    }, overHttp(cloud));
  }

  afterEach(async () => {
    await bundle.stop();
    expect(bundle.log.join('\n')).not.toMatch(/CANARY|whsec_|v1,|example-secret/);
  });

  const entries = () => bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: Record<string, unknown> }).message);

  test.each([
    ['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['169.254.169.254'], ['10.0.0.1'],
  ])('sends nothing to a name that leads to %s', async (address) => {
    const before = receiver.requests.length;
    cloud.addEndpoint('ep_1', { url: { S: `https://hooks.customer.com:${port()}/` } });
    await start('sender', [[address]]);
    expect(await deliver(bundle, newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    expect(entries()).toEqual([{ outcome: 'retry', reason: 'address-refused', endpoint: 'ep_1', message: 'msg_1', attempt: 1 }]);
    expect(receiver.requests).toHaveLength(before);
  });

  test('sends nothing to loopback by any address that an endpoint may have', async () => {
    const before = receiver.requests.length;
    const urls = [receiver.origin, `https://127.0.0.1:${port()}/`, `https://[::1]:${port()}/`, `https://2130706433:${port()}/`, `http://hooks.customer.com:${port()}/`];
    urls.forEach((url, index) => cloud.addEndpoint(`ep_${index}`, { url: { S: url } }));
    await start('sender');
    await deliver(bundle, ...urls.map((_url, index) => newMessage('msg_1', '{}', `ep_${index}`)));
    expect(entries().map(({ outcome, reason }) => `${String(outcome)}: ${String(reason)}`).sort())
      .toEqual(['dead: host-is-address', 'dead: host-is-address', 'dead: host-is-address', 'dead: host-not-public', 'dead: url-not-https']);
    expect(receiver.requests).toHaveLength(before);
  });

  test('stores the message before anything that may fail, and sends none that it cannot sign', async () => {
    cloud.addEndpoint('ep_1', { url: { S: `https://hooks.customer.com:${port()}/` } });
    cloud.secrets.delete(`${ARN} AWSCURRENT`);
    await start('sender');
    expect(await deliver(bundle, newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect([entries(), cloud.delivery('msg_1')]).toMatchObject([[{ outcome: 'fault', reason: 'ResourceNotFoundException' }], { phase: { S: 'queued' } }]);
  });

  test('of the sweeper puts back what is due', async () => {
    cloud.deliveries.set('ep_1 msg_1', dueRow('waiting'));
    await start('sweeper');
    await bundle.invoke({});
    expect(cloud.stream).toMatchObject([{ eventName: 'MODIFY', dynamodb: { NewImage: { phase: { S: 'queued' }, attempt: { N: '2' } } } }]);
    expect(entries()).toMatchObject([{ outcome: 'swept', released: 1 }]);
  });

  test('of the replayer sends anew what is dead', async () => {
    cloud.addEndpoint('ep_1', { disabledBecause: { S: 'gone' } });
    cloud.deliveries.set('ep_1 msg_1', dueRow('dead'));
    await start('replayer');
    await expect(bundle.invoke({ endpoint: 'ep_1' })).rejects.toThrow('the endpoint is disabled');
    expect(await bundle.invoke({ endpoint: 'ep_1', enable: true })).toEqual({ replayed: 1 });
    expect(cloud.stream).toMatchObject([{ eventName: 'MODIFY', dynamodb: { NewImage: { phase: { S: 'queued' }, attempt: { N: '3' } } } }]);
  });

  test('of the registrar stores an endpoint that the sender then knows, and none that leads to us', async () => {
    const request = { action: 'register', endpoint: 'ep_1', tenant: 'acme', url: `https://hooks.customer.com:${port()}/CANARY`, keySecretArn: ARN };
    await start('registrar', [['127.0.0.1'], ['8.8.8.8']]);
    expect(await bundle.invoke(request)).toEqual({ outcome: 'refused', reason: 'host-not-public' });
    expect(cloud.endpoints.size).toBe(0);
    expect(await bundle.invoke(request)).toEqual({ outcome: 'registered' });
    expect(await new EndpointTable(cloud.client, 'endpoints').find('ep_1')).toMatchObject({ tenant: 'acme', keySecretArn: ARN, state: { failures: 0 } });
    expect(await bundle.invoke({ action: 'disable', endpoint: 'ep_1', tenant: 'other' })).toEqual({ outcome: 'refused', reason: 'unknown-endpoint' });
    await expect(bundle.invoke({ ...request, keySecretArn: secretOf('k') })).rejects.toThrow("'keySecretArn' is not what it must be");
    expect(entries().map(({ outcome }) => outcome)).toEqual(['refused', 'registered', 'refused']);
  });

  test('of the public keys tells them, and of a secret nothing', async () => {
    cloud.addEndpoint('ep_1');
    cloud.secrets.set(`${ARN} AWSPREVIOUS`, JSON.stringify({ secret: signingKeyFrom(Buffer.alloc(32, 'k')), kid: 'v1' }));
    await start('public-keys');
    expect(await bundle.invoke({ endpoint: 'ep_1', tenant: 'acme' })).toEqual({ outcome: 'told', publicKeys: [expect.stringMatching(/^whpk_/)] });
    expect(entries()).toEqual([{ outcome: 'told', endpoint: 'ep_1' }]);
  });

  test('of the feed puts into the queue what was put back, and hears again of what it could not', async () => {
    const event = { Records: [{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '7', NewImage: dueRow('queued') } }] };
    await start('feed');
    cloud.disturb = (operation) => { if (operation === 'SendMessageBatch') throw new CloudError('AccessDenied'); };
    expect(await bundle.invoke(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    cloud.disturb = () => undefined;
    expect(await bundle.invoke(event)).toEqual({ batchItemFailures: [] });
    expect([cloud.queue, cloud.groups]).toEqual([['{"endpoint":"ep_1","message":"msg_1","attempt":"2"}'], ['acme']]);
    expect(entries()).toEqual([{ outcome: 'fault', reason: 'AccessDenied' }]);
  });
});

test.each([
  ['sender', 'DELIVERY_TABLE'], ['sweeper', 'DELIVERY_TABLE'], ['replayer', 'DELIVERY_TABLE'], ['feed', 'QUEUE_URL'], ['registrar', 'ENDPOINT_TABLE'], ['public-keys', 'ENDPOINT_TABLE'],
])('the bundle of the %s does not start without %s', async (name, setting) => {
  const bundle = await RunningBundle.start(join(BUNDLES, name, 'index.js'), { ...SETTINGS, [setting]: '' });
  await expect(bundle.invoke({ Records: [] })).rejects.toThrow('the process has ended');
  await bundle.stop();
});
