import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { RunningBundle } from './bundle';
import { BundleWorlds, entriesOf, IDENTITY_PROVIDER } from './sftp-logins';
import { LOGIN_CASES } from '../runtime/sftp/cases/cases';
import { BOTH } from '../runtime/sftp/cases/world';
import { TableError } from '../runtime/sftp/fake-tables';
import { KEY, login, PASSWORD, store, storePassword } from '../runtime/sftp/partners';
import { KINDS, slowestShare } from '../runtime/sftp/timing';

const worlds = new BundleWorlds();

afterEach(() => worlds.stop());
afterAll(() => worlds.remove());

test.each(LOGIN_CASES.map(({ number, title, run }) => [`[case ${number}] ${title}`, run] as const))('%s', async (_title, run) => {
  await run(worlds.start);
}, 60_000);

test('[case 31] nothing that the process writes has a password, a key or a verifier in it, whether it is an object or not', async () => {
  const world = await worlds.start();
  store(world.tables);
  storePassword(world.tables);
  await world.ask(login());
  for (const password of [PASSWORD, 'CANARY-wrong', ['CANARY'], `${PASSWORD}\n`]) await world.ask(login({ password }));
  world.tables.disturb = () => { throw new TableError('AccessDeniedException'); };
  await world.ask(login({ password: PASSWORD }));
  const written = world.lines().join('\n');
  expect(world.log()).toHaveLength(6);
  for (const secret of ['CANARY', KEY.body.split(' ')[1], 'scrypt$']) expect(written).not.toContain(secret);
});

test('[case 39] whether there is such a partner is not told by how long the shipped function computes', async () => {
  // Half a second each; a function that computes nothing for nobody answers in a hundredth of it.
  expect(await slowestShare(worlds.startAtFullCost, 3, KINDS.slice(0, 3))).toBeLessThan(1.5);
}, 120_000);

test('[case 39] the comparison finds a shipped function that computes less for nobody', async () => {
  expect(await slowestShare(worlds.startWithCheapDecoy, 3, KINDS.slice(0, 3))).toBeGreaterThan(2);
}, 120_000);

test('[case 42] tables that accept and never answer let nobody in, long before the function would be stopped', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const bundle = await RunningBundle.start(IDENTITY_PROVIDER, { ...BOTH, AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  const asked = Date.now();
  expect(await bundle.invoke(login({ password: PASSWORD }))).toEqual({});
  expect(Date.now() - asked).toBeLessThan(6000);
  expect(entriesOf(bundle.log)).toMatchObject([{ outcome: 'fault', reason: 'TimeoutError' }]);
  await bundle.stop();
  silent.close();
}, 30_000);

test('[case 44] two processes that count at the same time count every wrong password', async () => {
  const { tables, ask } = await worlds.start({ LOCKOUT_FAILURES: '100' });
  const second = await worlds.start({ LOCKOUT_FAILURES: '100' });
  store(tables);
  storePassword(tables);
  // Both ask the tables of the first.
  second.tables.join(tables);
  await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? ask : second.ask)(login({ password: 'CANARY-wrong' }))));
  expect([...tables.rows('activity').values()]).toMatchObject([{ failures: { N: '10' } }]);
}, 60_000);

test('[case 45] all that the process writes is one object of JSON a line, of printable characters, whatever a client sends', async () => {
  const world = await worlds.start();
  store(world.tables);
  const texts = ['x\n{"outcome":"accepted"}', '\r\n', '\x1b[2J', '\0', '\u2028', '\u202e', '"}', 'acme'];
  for (const text of texts) await world.ask(login({ username: text, password: text, sourceIp: text, protocol: text }));
  for (const text of texts) await world.ask(login({ username: 'nobody', password: text }));
  expect(world.lines()).toHaveLength(2 * texts.length);
  for (const line of world.lines()) {
    expect(line).toMatch(/^[ -~]+$/);
    expect(JSON.parse(line)).toEqual({ message: expect.objectContaining({ outcome: 'denied' }) });
  }
});

test('with a wrong configuration the function does not start', async () => {
  const bundle = await RunningBundle.start(IDENTITY_PROVIDER, { ...BOTH, ROLE_PREFIX: 'arn:aws:iam::111122223333:role/' });
  await expect(bundle.invoke(login())).rejects.toThrow('the process has ended');
  expect(bundle.log.join('')).toContain('ROLE_PREFIX must be the ARN of roles up to the slash before their name, with a path');
  await bundle.stop();
});
