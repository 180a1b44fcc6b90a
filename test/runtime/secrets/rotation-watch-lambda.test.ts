import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
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
  let server: Server;

  beforeEach(async () => {
    const answer = watchCloud();
    server = createServer((incoming, outgoing) => {
      const { status, headers, body } = answer({ method: incoming.method!, url: incoming.url!, headers: incoming.headers, body: '' });
      incoming.resume().on('end', () => outgoing.writeHead(status, headers).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('logs one object, which Lambda writes as JSON', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation();
    await start({ ...GOOD, AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })();
    expect(log.mock.calls).toEqual([[{ outcome: 'healthy', reason: 'in-order', task: 'reconcile' }]]);
  });
});
