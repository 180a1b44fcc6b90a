import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:net';
import { guardedConnector, ConnectorOptions, Outcome } from '../../../../src/runtime/webhooks/outbound/guarded-connector';
import { Certificate, HttpsServer, loopbackCertificate } from '../../https-server';

const BODY = Buffer.from('{"a":"CANARY"}');
let certificate: Certificate;
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let server: HttpsServer;

beforeAll(async () => {
  certificate = await loopbackCertificate();
  server = await HttpsServer.start(certificate, (_url, response, request) => answer(response, request));
});

afterAll(() => server.stop());
beforeEach(() => { answer = (response) => response.end(); });
afterEach(() => { for (const name of ['HTTPS_PROXY', 'https_proxy', 'NODE_USE_ENV_PROXY', 'NODE_TLS_REJECT_UNAUTHORIZED']) delete process.env[name]; });

/** Posts to the server on loopback, which only a test lets through. */
function post(options: Partial<ConnectorOptions> = {}, host = 'localhost', port = Number(new URL(server.origin).port)): Promise<Outcome> {
  const connector = guardedConnector({
    resolve: async () => ['127.0.0.1'], isAllowed: (address) => address === '127.0.0.1', timeoutMilliseconds: 3000, ca: certificate.cert, ...options,
  });
  return connector({ host, port, path: '/hooks?a=b' }, { headers: { 'content-type': 'application/json', 'webhook-id': 'msg_1' }, body: BODY });
}

test('posts the body as it is, with its length and the headers given', async () => {
  let body = '';
  answer = (response, request) => void request.on('data', (chunk: Buffer) => { body += chunk.toString(); }).on('end', () => response.writeHead(204).end());
  expect(await post()).toEqual({ type: 'answered', status: 204 });
  const { method, url, headers } = server.requests.at(-1)!;
  expect([method, url, body]).toEqual(['POST', '/hooks?a=b', BODY.toString()]);
  expect(headers).toEqual({
    'host': new URL(server.origin).host, 'connection': 'close', 'content-length': String(BODY.length), 'content-type': 'application/json', 'webhook-id': 'msg_1',
  });
});

test('a name is asked for once for each connection, and every answer is judged', async () => {
  let asked = 0;
  const answers = [['127.0.0.1'], ['127.0.0.1', '10.0.0.1'], ['127.0.0.1']];
  const resolve = async () => answers[asked++];
  expect([await post({ resolve }), await post({ resolve }), await post({ resolve })].map((outcome) => outcome.type === 'failed' ? outcome.reason : outcome.status))
    .toEqual([200, 'address-refused', 200]);
  expect(asked).toBe(3);
});

test('of several good addresses the next is tried', async () => {
  expect(await post({ resolve: async () => ['::1', '127.0.0.1'], isAllowed: () => true })).toEqual({ type: 'answered', status: 200 });
});

/** A resolver that fails. */
function failing(code: string): ConnectorOptions['resolve'] {
  return async () => { throw Object.assign(new Error('CANARY'), { code }); };
}

test.each<[string, ConnectorOptions['resolve']]>([
  ['no address', async () => []],
  ['an error', failing('ENOTFOUND')],
  ['a passing error', failing('EAI_AGAIN')],
])('a name that leads to %s is not found', async (_what, resolve) => {
  expect(await post({ resolve })).toEqual({ type: 'failed', reason: 'name-not-found' });
});

test('a certificate for another name, or by an unknown authority, is refused, whatever the environment says', async () => {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const before = server.requests.length;
  expect(await post({}, 'hooks.example.com')).toEqual({ type: 'failed', reason: 'tls' });
  expect(await post({ ca: undefined })).toEqual({ type: 'failed', reason: 'tls' });
  expect(server.requests).toHaveLength(before);
});

test('a proxy of the environment is not used', async () => {
  Object.assign(process.env, { HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:1', NODE_USE_ENV_PROXY: '1' });
  expect(await post()).toEqual({ type: 'answered', status: 200 });
});

test.each([301, 302, 303, 307, 308])('a redirect by %d is an answer, and is not followed', async (status) => {
  answer = (response) => response.writeHead(status, { location: `${server.origin}/else` }).end();
  const before = server.requests.length;
  expect(await post()).toEqual({ type: 'answered', status });
  expect(server.requests).toHaveLength(before + 1);
});

test('of an answer status and Retry-After are kept, and nothing else', async () => {
  answer = (response) => response.writeHead(429, { 'retry-after': '120', 'x-a': 'CANARY' }).end('CANARY');
  expect(await post()).toEqual({ type: 'answered', status: 429, retryAfter: '120' });
  answer = (response) => response.writeHead(429, { 'retry-after': '1'.repeat(65) }).end();
  expect(await post()).toEqual({ type: 'answered', status: 429 });
});

test('a long answer is cut off', async () => {
  let closed: Promise<unknown>;
  answer = (response) => {
    closed = new Promise((resolve) => response.on('close', resolve));
    response.write(Buffer.alloc(1024 * 1024));
  };
  expect(await post()).toEqual({ type: 'answered', status: 200 });
  await closed!;
});

test('an answer that breaks off or has no end counts by its status', async () => {
  answer = (response) => { response.writeHead(200, { 'content-length': '10' }); response.write('a'); setTimeout(() => response.destroy(), 50); };
  expect(await post()).toEqual({ type: 'answered', status: 200 });
  answer = (response) => { response.writeHead(500); response.write('a'); };
  expect(await post({ timeoutMilliseconds: 300 })).toEqual({ type: 'answered', status: 500 });
});

test.each<[string, Partial<ConnectorOptions>]>([
  ['answers nothing', {}],
  ['is not found in time', { resolve: () => new Promise(() => undefined) }],
])('an endpoint that %s is given up after the deadline', async (_what, options) => {
  answer = () => undefined;
  const start = Date.now();
  expect(await post({ timeoutMilliseconds: 300, ...options })).toEqual({ type: 'failed', reason: 'timeout' });
  expect(Date.now() - start).toBeLessThan(2000);
});

test('an endpoint that changes protocols has failed', async () => {
  answer = (response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end();
  expect(await post({ timeoutMilliseconds: 500 })).toMatchObject({ type: 'failed' });
});

describe('with a server that speaks no HTTPS', () => {
  let plain: Server;
  let says: string | undefined;

  beforeAll(async () => {
    plain = createServer((socket) => {
      socket.on('error', () => undefined);
      if (says === undefined) socket.destroy();
      else socket.resume().end(says);
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => plain.close(resolve)));

  const port = () => (plain.address() as { port: number }).port;

  test('plain text is a failure of TLS', async () => {
    says = 'HTTP/1.1 200 OK\r\n\r\n';
    expect(await post({}, 'localhost', port())).toEqual({ type: 'failed', reason: 'tls' });
  });

  test('a connection that is closed or refused is one of the connection', async () => {
    says = undefined;
    expect(await post({}, 'localhost', port())).toEqual({ type: 'failed', reason: 'connection' });
    expect(await post({}, 'localhost', 1)).toEqual({ type: 'failed', reason: 'connection' });
  });
});

test('what cannot be sent is an outcome, too', async () => {
  const connector = guardedConnector({ resolve: async () => [], isAllowed: () => true, timeoutMilliseconds: 300 });
  expect(await connector({ host: 'localhost', port: 1, path: '/ ' }, { headers: {}, body: BODY })).toEqual({ type: 'failed', reason: 'connection' });
});
