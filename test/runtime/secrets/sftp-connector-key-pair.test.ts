import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announce, steal } from './harness/fake-secrets-manager';
import { CONNECTOR_ID, EVENT_BUS_NAME, fingerprintIn, partnerOf, PROBE_CONNECTOR_ID, SFTP_USER_NAME } from './harness/fake-sftp-partner';
import { encryptedPrivateKey, privateKeyOf } from './harness/key-pairs';
import { DAY, FIRST, MINUTES, NOW, pass, settledWorld } from './harness/world';
import { Scene } from './scene';
import { OFFERED } from '../../../src/runtime/secrets/sftp-connector-key-pair';
import { parseSftpConnectorSettings } from '../../../src/runtime/secrets/sftp-connector-settings';
import { KEY_TYPES, newPrivateKey, tryPublicKeyOf } from '../../../src/runtime/secrets/ssh-key';

const STRATEGY = 'sftp-connector-key-pair';
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

let scene: Scene;
beforeEach(() => { scene = new Scene(STRATEGY, settledWorld(STRATEGY)); });

const begin = (version: string) => expect(announce(scene.world.secret, version, NOW)).toBe(true);
const holds = (label: string) => Object.entries(scene.world.secret.versions).find(([, { stages }]) => stages.includes(label))?.[0];
/** A rotation whose key is not installed in time; it is ended, and may be followed by another one. */
async function inVain(version: string): Promise<void> {
  begin(version);
  await scene.steps('createSecret', 'setSecret');
  await expect(scene.step('testSecret', version)).rejects.toThrow('no connection with the key yet');
  pass(scene.world, 60 * MINUTES);
  await scene.reconcile();
}
const later = (version: string) => async (...steps: string[]) => { for (const step of steps) await scene.step(step, version); };

describe('a key pair', () => {
  test('is what AWS Transfer Family takes: a user name, a private key in PEM, and nothing more', async () => {
    begin('p');
    await scene.step('createSecret');
    expect(JSON.parse(scene.contentOf('p')!)).toEqual({ Username: SFTP_USER_NAME, PrivateKey: expect.stringMatching(/^-----BEGIN EC PRIVATE KEY-----\n/) });
  });

  test('is offered by an event with its public half alone, as often as the step is repeated', async () => {
    begin('p');
    await scene.steps('createSecret', 'setSecret', 'setSecret');
    const sent = scene.calls.filter(({ operation }) => operation === 'PutEvents');
    expect(sent).toHaveLength(2);
    expect(sent[0].input).toEqual(sent[1].input);
    const [{ Detail, ...entry }] = sent[0].input.Entries as Array<Record<string, string>>;
    expect(entry).toEqual({ EventBusName: EVENT_BUS_NAME, Source: 'cdk-secure-integrations.secrets', DetailType: 'SFTP Connector Public Key Offered' });
    const { line, fingerprint } = tryPublicKeyOf(privateKeyOf(1))!;
    expect(JSON.parse(Detail)).toEqual({ userName: SFTP_USER_NAME, connectorId: CONNECTOR_ID, version: 'p', keyType: 'ecdsa-p256', publicKey: line, fingerprint });
    expect(Detail).not.toContain(privateKeyOf(1).split('\n')[1]);
  });

  test('that the bus does not take fails the step', async () => {
    begin('p');
    await scene.step('createSecret');
    scene.before = ({ operation }) => (operation === 'PutEvents' ? { output: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'X', ErrorMessage: 'canary' }] } } : undefined);
    await expect(scene.step('setSecret')).rejects.toThrow('the event bus did not take the public key');
  });

  test('that the partner has not installed leaves the old one current', async () => {
    partnerOf(scene.world).prompt = false;
    await inVain('p');
    expect([scene.stagesOf(FIRST), scene.works(FIRST)]).toEqual([['AWSCURRENT'], true]);
    expect(scene.reasons).toEqual(expect.arrayContaining(['refused: not-installed-yet', 'repaired: abandoned-rotation']));
  });

  test('stays offered, from rotation to rotation, until the partner has installed it; then it becomes current', async () => {
    partnerOf(scene.world).prompt = false;
    await inVain('p');
    for (const version of ['q', 'r']) {
      begin(version);
      await later(version)('createSecret', 'setSecret');
      expect(scene.contentOf(version)).toBe(scene.contentOf('p'));
      expect(holds(OFFERED)).toBe('p');
      pass(scene.world, 60 * MINUTES);
      await scene.reconcile();
    }
    partnerOf(scene.world).installed.push(fingerprintIn(scene.contentOf('p'))!);
    begin('s');
    await later('s')(...STEPS);
    expect(scene.stagesOf('s')).toContain('AWSCURRENT');
    expect([scene.works('s'), scene.works(FIRST)]).toEqual([true, true]);
    expect(partnerOf(scene.world).offered).toHaveLength(2);
  });

  test('is offered no longer than agreed', async () => {
    partnerOf(scene.world).prompt = false;
    await inVain('p');
    pass(scene.world, DAY);
    begin('q');
    await later('q')('createSecret', 'setSecret');
    expect(scene.contentOf('q')).not.toBe(scene.contentOf('p'));
    expect(holds(OFFERED)).toBe('q');
  });

  test('that was current is not offered again', async () => {
    await scene.rotate();
    pass(scene.world, 120 * MINUTES);
    await scene.reconcile();
    expect(holds(OFFERED)).toBe('p');
    begin('q');
    await later('q')('createSecret');
    expect(scene.contentOf('q')).not.toBe(scene.contentOf('p'));
  });

  test('of another kind than is asked for, of another user or without content is not offered again', async () => {
    const { versions } = scene.world.secret;
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'sec1', format: 'pem' });
    for (const [index, content] of [JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: rsa }), JSON.stringify({ Username: 'b', PrivateKey: privateKeyOf(4) }), undefined].entries()) {
      versions.older = { stages: [OFFERED], created: NOW, content };
      begin(`v${index + 1}`);
      await later(`v${index + 1}`)('createSecret');
      expect(fingerprintIn(scene.contentOf(`v${index + 1}`))).not.toBe(fingerprintIn(content));
      versions[`v${index + 1}`].stages = [];
    }
  });

  test('is tried by the connector that reads pending versions, and the current one by the other', async () => {
    await scene.rotate();
    await scene.reconcile();
    expect(scene.calls.filter(({ operation }) => operation === 'TestConnection').map(({ input }) => input.ConnectorId))
      .toEqual([PROBE_CONNECTOR_ID, PROBE_CONNECTOR_ID, CONNECTOR_ID]);
  });

  test('is not trusted where another version became pending while it was tried', async () => {
    begin('p');
    await scene.steps('createSecret', 'setSecret');
    scene.before = ({ operation }) => {
      if (operation !== 'TestConnection') return;
      steal(scene.world.secret, 'q', NOW);
      return { output: { Status: 'OK' } };
    };
    await expect(scene.step('finishSecret')).rejects.toThrow('the version is not pending, so that no connector can try it');
    expect(scene.stagesOf(FIRST)).toEqual(['AWSCURRENT']);
  });

  test('is not tried where another version is pending by then', async () => {
    begin('p');
    await scene.steps('createSecret', 'setSecret');
    scene.before = ({ operation }) => { if (operation === 'GetSecretValue') steal(scene.world.secret, 'q', NOW); };
    await expect(scene.step('finishSecret')).rejects.toThrow('the version is not pending, so that no connector can try it');
    expect(scene.operations).not.toContain('TestConnection');
  });

  test.each(['{}', 'canary', JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: 'canary' }), JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: privateKeyOf(2), kid: 'p' }),
    JSON.stringify({ Username: 'other', PrivateKey: privateKeyOf(2) }), JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: 7 })])('is not taken from %s', async (content) => {
    begin('p');
    scene.world.secret.versions.p.content = content;
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) {
      await expect(scene.step(step)).rejects.toThrow(/^the version holds something that rotation did not make for it$/);
    }
  });
});

describe('the cases of a rotation', () => {
  test('[case 74] the user of the current and of the pending version is one, and a version of another user is not taken', async () => {
    begin('p');
    await scene.step('createSecret');
    const userOf = (version: string) => (JSON.parse(scene.contentOf(version)!) as { Username: string }).Username;
    expect([userOf(FIRST), userOf('p')]).toEqual([SFTP_USER_NAME, SFTP_USER_NAME]);
    scene.world.secret.versions.p.content = JSON.stringify({ Username: 'another', PrivateKey: privateKeyOf(2) });
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) await expect(scene.step(step)).rejects.toThrow('something that rotation did not make');
    expect(scene.operations).not.toContain('TestConnection');
  });

  test('[case 75] a test that fails promotes nothing', async () => {
    partnerOf(scene.world).prompt = false;
    begin('p');
    await scene.steps('createSecret', 'setSecret');
    for (const step of ['testSecret', 'finishSecret']) await expect(scene.step(step)).rejects.toThrow('no connection with the key yet');
    expect([scene.stagesOf(FIRST), scene.stagesOf('p')]).toEqual([['AWSCURRENT'], expect.not.arrayContaining(['AWSCURRENT'])]);
  });

  test('[case 76] a server that shows another key of its own is not taken: the test fails, and nothing changes what is trusted', async () => {
    begin('p');
    await scene.steps('createSecret', 'setSecret');
    scene.before = ({ operation }) => operation === 'TestConnection'
      ? { output: { Status: 'ERROR', StatusMessage: 'canary', SftpConnectionDetails: { HostKey: 'ssh-rsa canary' } } } : undefined;
    await expect(scene.step('finishSecret')).rejects.toThrow('no connection with the key yet');
    expect(new Set(scene.calls.filter(({ input }) => 'ConnectorId' in input).map(({ operation }) => operation))).toEqual(new Set(['TestConnection']));
    expect(JSON.stringify(scene.world)).not.toContain('canary');
  });

  test.each([
    ['a key with a passphrase', () => encryptedPrivateKey()],
    ['more than 8192 characters of key', () => privateKeyOf(2) + '\n'.repeat(8192)],
    ['more than 12,000 characters', () => privateKeyOf(2) + '\n'.repeat(12_000)],
  ])('[case 77] a secret that is %s is not taken', async (_, privateKey) => {
    begin('p');
    scene.world.secret.versions.p.content = JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: privateKey() });
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) await expect(scene.step(step)).rejects.toThrow('something that rotation did not make');
    expect(scene.operations).not.toContain('TestConnection');
  });
});

describe('a private key', () => {
  let folder: string;
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'ssh-')); });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(KEY_TYPES)('of type %s is read by ssh-keygen, which sees the same public key and fingerprint', async (keyType) => {
    const pem = await newPrivateKey(keyType);
    const shown = tryPublicKeyOf(pem)!;
    expect(shown.keyType).toBe(keyType);
    expect(pem.length).toBeLessThan(8192);
    const file = join(folder, keyType);
    writeFileSync(file, pem, { mode: 0o600 });
    expect(execFileSync('ssh-keygen', ['-y', '-f', file]).toString().trim()).toBe(shown.line);
    writeFileSync(`${file}.pub`, shown.line);
    expect(execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`]).toString().split(' ')[1]).toBe(shown.fingerprint);
  }, 60_000);

  test('has no other form, size or curve', () => {
    const ed = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const short = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    const pkcs8 = createPrivateKey(privateKeyOf(1)).export({ type: 'pkcs8', format: 'pem' }) as string;
    for (const pem of [ed, short, curve, pkcs8, '', '-----BEGIN EC PRIVATE KEY-----\ncanary']) expect(tryPublicKeyOf(pem)).toBeUndefined();
  });
});

describe('settings', () => {
  const GOOD = {
    SFTP_USER_NAME: 'acme', CONNECTOR_ID, PROBE_CONNECTOR_ID, EVENT_BUS_NAME, KEY_TYPE: 'rsa-4096', OFFER_SECONDS: '1209600',
  };

  test('name user, connectors, bus, kind of key and time', () => {
    expect(parseSftpConnectorSettings(GOOD)).toEqual({
      userName: 'acme', connectorId: CONNECTOR_ID, probeConnectorId: PROBE_CONNECTOR_ID, eventBusName: EVENT_BUS_NAME, keyType: 'rsa-4096', offerMilliseconds: 1_209_600_000,
    });
  });

  test.each([
    ['SFTP_USER_NAME', ''], ['SFTP_USER_NAME', 'a'.repeat(101)], ['CONNECTOR_ID', 'c-1'], ['PROBE_CONNECTOR_ID', 'c-1'], ['PROBE_CONNECTOR_ID', CONNECTOR_ID],
    ['EVENT_BUS_NAME', ''], ['EVENT_BUS_NAME', 'a b'], ['KEY_TYPE', 'ed25519'], ['KEY_TYPE', ''], ['OFFER_SECONDS', '0'], ['OFFER_SECONDS', ''],
  ])('refuse %s %p', (name, value) => {
    expect(() => parseSftpConnectorSettings({ ...GOOD, [name]: value })).toThrow(name);
    expect(() => parseSftpConnectorSettings({ ...GOOD, [name]: undefined })).toThrow(name);
  });
});
