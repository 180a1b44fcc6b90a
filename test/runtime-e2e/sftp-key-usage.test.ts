import { gzipSync } from 'node:zlib';
import { SftpProcess } from './sftp-process';
import { ServiceError } from '../runtime/secrets/harness/service';
import { FakePartnerTables } from '../runtime/sftp/fake-partner-tables';
import { publicKey } from '../runtime/sftp/partner-keys';

afterEach(SftpProcess.giveBack);
afterAll(SftpProcess.stopAll);

const { fingerprint } = publicKey('acme');

/** What a subscription of the server's log group hands over for one sign-in. */
function signedIn(at: number) {
  const message = JSON.stringify({ 'activity-type': 'CONNECTED', 'user': 'acme', 'ssh-public-key-fingerprint': fingerprint, 'source-ip': '203.0.113.9' });
  const data = gzipSync(JSON.stringify({ messageType: 'DATA_MESSAGE', logGroup: '/sftp', logEvents: [{ id: '1', timestamp: at, message }] }));
  return { awslogs: { data: data.toString('base64') } };
}

test('notes when a key was used last, once an hour, and never an earlier use for a later one', async () => {
  const tables = new FakePartnerTables({ activity: 'subject' });
  const usage = new SftpProcess('key-usage', ({ operation, input }) => tables.call(operation, input), () => 0);
  for (const at of [7_200_000, 7_200_000, 9_000_000, 3_600_000]) expect(await usage.invoke({ ACTIVITY_TABLE: 'activity' }, signedIn(at))).toEqual({ uses: 1 });
  expect([...tables.items('activity')]).toEqual([[`use#acme#${fingerprint}`, expect.objectContaining({ lastUsedAt: { N: '7200000' } })]]);
  expect(usage.listen().entries).toEqual(Array(4).fill({ outcome: 'noted', uses: 1 }));
});

test('has an event come again that it could not note', async () => {
  const usage = new SftpProcess('key-usage', () => { throw new ServiceError('AccessDeniedException', 'CANARY'); }, () => 0);
  await expect(usage.invoke({ ACTIVITY_TABLE: 'activity' }, signedIn(1))).rejects.toThrow(/^1 of 1 uses were not noted: AccessDeniedException$/);
  expect(JSON.stringify(usage.listen())).not.toContain('CANARY');
});

test('does not start without its table', async () => {
  await expect(new SftpProcess('key-usage', () => ({}), () => 0).invoke({}, signedIn(1))).rejects.toThrow('the process has ended');
});
