import { ConnectorCloud, SETTINGS } from './connector-cloud';
import { overHttp } from '../../runtime-e2e/connector-aws';
import { LoopbackAws } from '../../runtime-e2e/loopback-aws';

const { env } = process;

type Handler = (event: unknown) => Promise<unknown>;

/** Starts the function anew, as a new execution environment does. */
function start(environment: Record<string, string> = {}): Handler {
  process.env = { ...env, ...SETTINGS, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example-secret', ...environment };
  let handler: Handler;
  jest.isolateModules(() => { ({ handler } = jest.requireActual<{ handler: Handler }>('../../../src/runtime/sftp/connector-transfer.lambda')); });
  return handler!;
}

afterEach(() => { process.env = env; });

test.each(['CONNECTOR_ID', 'TRANSFER_TABLE', 'TRANSFERS', 'FINISH_SECONDS'])('does not start without %s', (variable) => {
  expect(() => start({ [variable]: '' })).toThrow(variable);
});

test('sends with the clients of AWS, and logs one object, which Lambda writes as JSON', async () => {
  const cloud = new ConnectorCloud();
  cloud.objects.set('invoices/acme/a', { etag: '"1"', modified: 1 });
  const aws = await LoopbackAws.start(overHttp(cloud));
  const log = jest.spyOn(console, 'log').mockImplementation();
  try {
    await start({ AWS_ENDPOINT_URL: aws.endpoint })({ task: 'send', name: 'Invoices' });
  } finally {
    await aws.stop();
  }
  expect(cloud.transfers).toHaveLength(1);
  expect(log.mock.calls).toEqual([[{ outcome: 'send-run', name: 'Invoices', started: 1, left: 0, unsendable: 0, nested: 0 }]]);
});
