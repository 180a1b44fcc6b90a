import { readFileSync } from 'node:fs';
import { OpenSsh, Pair, SignIn } from './client';
import { startServer } from './server';
import { loadSsh2 } from './ssh2';
import { Storage } from './storage';
import { PartnerDirectory } from '../../src/formats/partner-directories';
import { PartnerKey } from '../../src/formats/partner-record';
import { readSshPublicKey } from '../../src/formats/ssh-public-key';
import { KEYS_ALONE, LoginWorld, later } from '../runtime/sftp/cases/world';
import { at, PASSWORD, store, storePassword } from '../runtime/sftp/partners';
import { BundleWorlds } from '../runtime-e2e/sftp-logins';

/** Bytes of a file that takes several packets. */
const LARGE = 'x'.repeat(300_000);
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d';

const openSsh = new OpenSsh();
const worlds = new BundleWorlds();
const failed: string[] = [];
let checks = 0;

function check(what: string, isSo: boolean, detail = ''): void {
  checks += 1;
  console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}`);
  if (!isSo) failed.push(`${what}\n${detail}`);
}

/** A server whose users the shipped bundle knows. */
async function serverOf(world: LoginWorld, storage: Storage, asksForPassword: boolean) {
  const hostKey = openSsh.makeKey('-t', 'ecdsa', '-b', '256', '-m', 'PEM');
  const { port, close } = await startServer({
    ssh2: loadSsh2(), hostKey: readFileSync(hostKey.file, 'utf8'), storage, asksForPassword, ask: (event) => world.ask(event),
  });
  openSsh.trust(port, hostKey);

  /** Whether a sign-in leads to a home, or is refused before it. */
  const signsIn = async (signIn: SignIn) => {
    const { code, output } = await openSsh.sftp(port, signIn, ['pwd']);
    return { isIn: code === 0 && output.includes('Remote working directory: /'), isOut: code !== 0 && /Permission denied/.test(output), output };
  };
  return {
    close,
    lets: async (what: string, signIn: SignIn) => {
      const { isIn, output } = await signsIn(signIn);
      check(what, isIn, output);
    },
    refuses: async (what: string, signIn: SignIn, reason: string) => {
      const { isOut, output } = await signsIn(signIn);
      const denied = world.log().filter(({ outcome }) => outcome === 'denied').at(-1);
      check(`${what} (${reason})`, isOut && denied?.reason === reason, output);
    },
    run: (signIn: SignIn, ...commands: readonly string[]) => openSsh.sftp(port, signIn, commands),
  };
}

function keyOf({ line }: Pair, changes: Partial<PartnerKey> = {}): PartnerKey {
  const read = readSshPublicKey(line, 'partner');
  if ('problem' in read) throw new Error(`what ssh-keygen made ${read.problem}`);
  return { body: read.body, fingerprint: read.fingerprint, expires: at(3600), ...changes };
}

function directory(entry: string, bucket: string, prefix: string, actions: PartnerDirectory['actions']): PartnerDirectory {
  return { entry, bucket, prefix, keyArn: KEY_ARN, actions };
}

async function rehearseKeys(): Promise<void> {
  const world = await worlds.startAtFullCost(KEYS_ALONE);
  const { tables } = world;
  const keys = { ed25519: openSsh.makeKey('-t', 'ed25519'), ecdsa: openSsh.makeKey('-t', 'ecdsa', '-b', '384'), rsa: openSsh.makeKey('-t', 'rsa', '-b', '3072') };
  const [old, next, stranger] = [openSsh.makeKey('-t', 'ed25519'), openSsh.makeKey('-t', 'ed25519'), openSsh.makeKey('-t', 'ed25519')];
  const record = { passwordRequired: false, networks: ['127.0.0.2/32'] };
  store(tables, { ...record, keys: Object.values(keys).map((key) => keyOf(key)) });
  const server = await serverOf(world, new Storage(), false);
  const acme = { user: 'acme', key: keys.ed25519 };
  for (const [type, key] of Object.entries(keys)) await server.lets(`a partner signs in with its key of ${type}`, { user: 'acme', key });
  store(tables, { ...record, keys: [keyOf(keys.ed25519), keyOf(old, { expires: at(0) }), keyOf(next, { notBefore: at(60), expires: at(90) })] });
  const refused = async (what: string, key: Pair) => {
    const { code, output } = await server.run({ user: 'acme', key }, 'pwd');
    check(what, code !== 0 && /Permission denied/.test(output), output);
  };
  await refused('a key that is not the partner\'s is refused', stranger);
  await refused('a key that has expired is refused', old);
  await refused('a key that is not good yet is refused', next);
  world.setTime(later(60));
  await server.lets('and let in when it is', { user: 'acme', key: next });
  world.setTime(later(90));
  await refused('and refused once it has expired, a moment later', next);
  await server.refuses('from another address a partner is refused', { ...acme, from: '127.0.0.3' }, 'address');
  await server.refuses('a partner that does not exist is refused', { ...acme, user: 'globex' }, 'unknown-partner');
  store(tables, { ...record, keys: [keyOf(keys.ed25519)] }, { suspended: { BOOL: true } });
  await server.refuses('a partner that operators suspended is refused', acme, 'suspended');
  store(tables, { ...record, keys: [keyOf(keys.ed25519)], disabled: true });
  await server.refuses('a partner that is disabled is refused', acme, 'disabled');
  store(tables, { ...record, keys: [keyOf(keys.ed25519, { expires: at(0) })] });
  await server.refuses('a partner without a good key is refused', acme, 'no-usable-key');
  server.close();
}

async function rehearsePasswords(): Promise<void> {
  const world = await worlds.startAtFullCost();
  const { tables, cost } = world;
  const [key, stranger] = [openSsh.makeKey('-t', 'ed25519'), openSsh.makeKey('-t', 'ed25519')];
  store(tables, { networks: ['127.0.0.2/31'], keys: [keyOf(key)] });
  storePassword(tables, 'acme', PASSWORD, {}, cost);
  const server = await serverOf(world, new Storage(), true);
  const acme = { user: 'acme', key, password: PASSWORD };
  const wrong = { ...acme, password: 'CANARY-wrong' };
  await server.lets('key and password together sign in', acme);
  const alone = await server.run({ user: 'acme', key }, 'pwd');
  check('the key alone does not', alone.code !== 0 && alone.output.includes('Permission denied'), alone.output);
  const withoutKey = await server.run({ ...acme, key: stranger }, 'pwd');
  check('the password alone does not', withoutKey.code !== 0 && withoutKey.output.includes('Permission denied'), withoutKey.output);
  for (const time of ['first', 'second', 'third']) await server.refuses(`a wrong password is refused, the ${time} time`, wrong, 'password');
  const locked = await server.run(acme, 'pwd');
  check('then the right one is, too, from that address', locked.code !== 0 && world.log().at(-1)?.reason === 'locked', locked.output);
  await server.lets('and let in from another that the partner has', { ...acme, from: '127.0.0.3' });
  for (let time = 0; time < 3; time++) await server.run({ ...wrong, from: '127.0.0.9' }, 'pwd');
  await server.lets('nobody elsewhere locks a partner out', { ...acme, from: '127.0.0.3' });
  world.setTime(later(900));
  await server.lets('the lock ends by itself', acme);
  check('no password is in the log', !JSON.stringify(world.log()).includes('CANARY'));
  server.close();
}

async function rehearseFiles(): Promise<void> {
  const world = await worlds.startAtFullCost(KEYS_ALONE);
  const storage = new Storage();
  const [key, other] = [openSsh.makeKey('-t', 'ed25519'), openSsh.makeKey('-t', 'ed25519')];
  const record = { passwordRequired: false, networks: ['127.0.0.0/8'] };
  store(world.tables, { ...record, keys: [keyOf(key)], directories: [directory('/', 'incoming-files', 'partners/acme', ['list', 'read', 'write', 'delete'])] });
  store(world.tables, {
    ...record,
    name: 'acme2',
    keys: [keyOf(other)],
    directories: [directory('/incoming', 'incoming-files', 'partners/acme2', ['list', 'write']), directory('/outgoing', 'outgoing-files', 'partners/acme2', ['list', 'read'])],
  });
  for (const [name, content] of [
    ['incoming-files/partners/acme/old.csv', 'old'], ['incoming-files/partners/acme2/theirs.csv', 'CANARY'], ['outgoing-files/partners/acme2/order.csv', 'order'],
  ]) storage.objects.set(name, Buffer.from(content));
  openSsh.write('new.csv', LARGE);
  const server = await serverOf(world, storage, false);
  const acme = { user: 'acme', key };
  const acme2 = { user: 'acme2', key: other };
  const does = async (what: string, signIn: SignIn, commands: readonly string[], isSo: (output: string) => boolean = () => true) => {
    const { code, output } = await server.run(signIn, ...commands);
    check(what, code === 0 && isSo(output), output);
  };
  const doesNot = async (what: string, signIn: SignIn, ...commands: readonly string[]) => {
    const { code, output } = await server.run(signIn, ...commands);
    check(what, code !== 0 && !output.includes('CANARY'), output);
  };

  await does('lists, writes, reads and removes at home', acme, ['ls', 'put new.csv', 'get new.csv back.csv', 'get old.csv', 'rm old.csv', 'ls'],
    (output) => output.includes('old.csv') && openSsh.read('back.csv') === LARGE && openSsh.read('old.csv') === 'old' && !storage.objects.has('incoming-files/partners/acme/old.csv'));
  check('what was written is below the prefix', storage.objects.get('incoming-files/partners/acme/new.csv')?.toString() === LARGE);
  await does('above home there is home', acme, ['cd ..', 'cd ../../..', 'pwd', 'ls'], (output) => output.includes('Remote working directory: /') && !output.includes('acme2'));
  for (const path of ['../acme2/theirs.csv', '/../acme2/theirs.csv', '/incoming-files/partners/acme2/theirs.csv', '/partners/acme2/theirs.csv', 'x/../../acme2/theirs.csv']) {
    await doesNot(`no path leads to a sibling's file: ${path}`, acme, `get ${path} stolen.csv`);
  }
  await does('what is written to such a path is at home', acme, ['put new.csv ../../acme2.csv'], () => storage.objects.has('incoming-files/partners/acme/acme2.csv'));
  check('and nothing is with the sibling', [...storage.objects.keys()].filter((name) => name.includes('/acme2/')).length === 2);

  // As if the server gave no home: the policy of the session alone.
  const bucket = '/@bucket/incoming-files';
  await does('by its policy a session reads below its own prefix', acme, [`get ${bucket}/partners/acme/new.csv again.csv`], () => openSsh.read('again.csv') === LARGE);
  for (const command of [
    `get ${bucket}/partners/acme2/theirs.csv stolen.csv`, `put new.csv ${bucket}/partners/acme2/theirs.csv`, `rm ${bucket}/partners/acme2/theirs.csv`, `ls ${bucket}/partners/acme2`,
    `ls ${bucket}/partners`, `put new.csv ${bucket}/partners/acmeX`, 'put new.csv /@bucket/outgoing-files/partners/acme/x',
    'get /@bucket/outgoing-files/partners/acme2/order.csv stolen.csv',
  ]) await doesNot(`its policy refuses: ${command}`, acme, command);

  await does('a partner that may write only writes and lists', acme2, ['cd /incoming', 'put new.csv', 'ls'], (output) => output.includes('new.csv') && output.includes('theirs.csv'));
  await doesNot('and reads nothing back', acme2, 'get /incoming/new.csv stolen.csv');
  await doesNot('and removes nothing', acme2, 'rm /incoming/theirs.csv');
  await does('where it may read it reads', acme2, ['ls /outgoing', 'get /outgoing/order.csv'], () => openSsh.read('order.csv') === 'order');
  await doesNot('and writes nothing', acme2, 'put new.csv /outgoing/new.csv');
  await doesNot('outside its directories there is nothing', acme2, 'put new.csv /elsewhere/new.csv');
  server.close();
}

async function rehearse(): Promise<void> {
  try {
    await rehearseKeys();
    await rehearsePasswords();
    await rehearseFiles();
  } finally {
    await worlds.remove();
    openSsh.remove();
  }
  for (const each of failed) console.error(`failed: ${each}`);
  console.log(`sftp-rehearsal: ${checks} checks, ${failed.length} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

void rehearse();
