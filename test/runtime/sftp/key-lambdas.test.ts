import { gzipSync } from 'node:zlib';
import { HOST_KEY_TYPES, newHostKeyPair } from '../../../src/runtime/sftp/host-key-pair';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const VARIABLES = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  SERVER_ID: 's-0123456789abcdef0',
  EVENT_BUS_NAME: 'partners',
  PARTNERS_TABLE: 'partners',
  ACTIVITY_TABLE: 'activity',
  MODE: 'report',
  STALE_DAYS: '60',
  KEY_TYPES: '["ed25519"]',
  ROTATE_AFTER_DAYS: '365',
  OVERLAP_DAYS: '14',
  PARAMETER_NAME: '/sftp/keys',
};

const CONTEXT = { getRemainingTimeInMillis: () => 30_000 };

function start(name: string): Handler {
  let handler: Handler | undefined;
  jest.isolateModules(() => {
    const before = { ...process.env };
    Object.assign(process.env, VARIABLES);
    handler = jest.requireActual<{ handler: Handler }>(`../../../src/runtime/sftp/${name}.lambda`).handler;
    process.env = before;
  });
  return handler!;
}

beforeEach(() => jest.spyOn(console, 'log').mockImplementation());

const CONNECTED = JSON.stringify({ 'activity-type': 'CONNECTED', 'user': 'acme', 'ssh-public-key-fingerprint': 'a'.repeat(43) });
const LOG_EVENT = { awslogs: { data: gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ timestamp: 1, message: CONNECTED }] })).toString('base64') } };

// The pauses that the reconciler makes are real here, so it is asked for what it refuses.
test.each([
  ['host-keys', { task: 'watch' }, 'host keys failed'],
  ['key-watch', { task: 'watch' }, 'watching failed'],
  ['key-usage', LOG_EVENT, '1 of 1 uses were not noted'],
  ['reconcile', {}, 'neither the task'],
  ['endpoint-facts', {}, 'not one of a custom resource'],
])('%s fails while AWS does not answer, or with an event of others, and says no more than a name', async (name, event, message) => {
  await expect(start(name)(event, CONTEXT)).rejects.toThrow(message);
}, 30_000);

test.each(['host-keys', 'endpoint-facts'])('%s answers CloudFormation nowhere else than where that waits', async (name) => {
  const event = {
    RequestType: 'Delete', ResponseURL: 'https://example.com/', StackId: 's', RequestId: 'r', LogicalResourceId: 'L', PhysicalResourceId: 'p', ResourceProperties: {},
  };
  await expect(start(name)(event, CONTEXT)).rejects.toThrow('elsewhere than at CloudFormation');
});

test.each(HOST_KEY_TYPES)('a host key of %s has a private half that fits ImportHostKey, and a public one', async (type) => {
  const [one, other] = [await newHostKeyPair(type), await newHostKeyPair(type)];
  expect(one.privateKey).toMatch(/^-----BEGIN (OPENSSH|EC|RSA) PRIVATE KEY-----\n[\s\S]+\n-----END \1 PRIVATE KEY-----\n$/);
  expect(one.privateKey.length).toBeLessThanOrEqual(4096);
  expect(one.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  expect(other.fingerprint).not.toBe(one.fingerprint);
}, 60_000);
