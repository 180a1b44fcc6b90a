import { gzipSync } from 'node:zlib';
import { keyUsage } from '../../../src/runtime/sftp/key-usage';
import { ServiceError } from '../secrets/harness/service';

const HASH = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';

interface Noted { readonly partner: string; readonly fingerprint: string; readonly at: number }

function subscribed(messages: readonly unknown[], messageType = 'DATA_MESSAGE') {
  const logEvents = messages.map((message, index) => ({ id: String(index), timestamp: 1000 + index, message: typeof message === 'string' ? message : JSON.stringify(message) }));
  return { awslogs: { data: gzipSync(JSON.stringify({ messageType, logEvents })).toString('base64') } };
}

const connected = (changes: Readonly<Record<string, unknown>> = {}) => (
  { 'activity-type': 'CONNECTED', 'user': 'acme', 'ssh-public-key-fingerprint': `SHA256:${HASH}`, ...changes });

function world(failing?: string) {
  const noted: Noted[] = [];
  const log: unknown[] = [];
  const noteUse = async (partner: string, fingerprint: string, at: number) => {
    if (partner === failing) throw new ServiceError('ThrottlingException', 'CANARY');
    noted.push({ partner, fingerprint, at });
  };
  return { noted, log, use: keyUsage({ activity: { noteUse }, log: (entry) => log.push(entry) }) };
}

test('notes the last use of each key by each partner, in whichever way the fingerprint is written', async () => {
  const { noted, use } = world();
  const lines = [connected(), connected({ user: 'ACME' }), connected({ 'ssh-public-key-fingerprint': `${HASH}=` }), connected({ user: 'globex' })];
  expect(await use(subscribed(lines))).toEqual({ uses: 2 });
  expect(noted).toEqual([{ partner: 'acme', fingerprint: `SHA256:${HASH}`, at: 1002 }, { partner: 'globex', fingerprint: `SHA256:${HASH}`, at: 1003 }]);
});

test.each([
  ['a failure to sign in', connected({ 'activity-type': 'AUTH_FAILURE' })],
  ['no fingerprint', connected({ 'ssh-public-key-fingerprint': undefined })],
  ['another kind of fingerprint', connected({ 'ssh-public-key-fingerprint': 'MD5:aa:bb' })],
  ['no user', connected({ user: undefined })],
  ['a name that no partner has', connected({ user: 'use#acme#x' })],
  ['no JSON', 'START RequestId'],
  ['JSON that is no object', '[1]'],
])('%s is no use of a key', async (_name, line) => {
  const { noted, use } = world();
  expect(await use(subscribed([line]))).toEqual({ uses: 0 });
  expect(noted).toEqual([]);
});

test('a message that only tests the function, or has no lines, is none', async () => {
  const { use } = world();
  expect(await use(subscribed([connected()], 'CONTROL_MESSAGE'))).toEqual({ uses: 0 });
  expect(await use({ awslogs: { data: gzipSync('{"messageType":"DATA_MESSAGE"}').toString('base64') } })).toEqual({ uses: 0 });
});

test('a use that cannot be noted does not keep the others, and has the event come again', async () => {
  const { noted, log, use } = world('acme');
  await expect(use(subscribed([connected(), connected({ user: 'globex' })]))).rejects.toThrow(/^1 of 2 uses were not noted: ThrottlingException$/);
  expect([noted.length, log]).toEqual([1, [{ outcome: 'fault', reason: 'ThrottlingException' }]]);
});

test('what unpacks to more than a service sends is not unpacked', async () => {
  const { use } = world();
  await expect(use({ awslogs: { data: gzipSync(Buffer.alloc(33 * 1024 * 1024)).toString('base64') } })).rejects.toThrow();
});
