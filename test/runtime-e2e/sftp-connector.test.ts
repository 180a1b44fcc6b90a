import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { overHttp } from './connector-aws';
import { ROTATION_ENVIRONMENT, rotationCloud } from './rotation-cloud';
import { stepEvent } from '../runtime/secrets/harness/events';
import { announce } from '../runtime/secrets/harness/fake-secrets-manager';
import { partnerOf, SFTP_USER_NAME } from '../runtime/secrets/harness/fake-sftp-partner';
import { encryptedPrivateKey, privateKeyOf } from '../runtime/secrets/harness/key-pairs';
import { FIRST, NOW as WORLD_NOW, settledWorld, World } from '../runtime/secrets/harness/world';
import { CloudError, ConnectorCloud, eventOf, SECRET_ARN, SETTINGS } from '../runtime/sftp/connector-cloud';

jest.setTimeout(30_000);

const HOUR = 3_600_000;

let bundle: RunningBundle;
afterEach(() => bundle.stop());

describe('the function that transfers', () => {
  let cloud: ConnectorCloud;

  async function start(environment: Record<string, string> = {}): Promise<void> {
    cloud = new ConnectorCloud();
    bundle = await RunningBundle.start(join(__dirname, '../../assets/sftp/connector-transfer/index.js'), { ...SETTINGS, ...environment }, overHttp(cloud));
  }

  const hear = (...bodies: readonly string[]) => bundle.invoke({ Records: bodies.map((body, index) => ({ messageId: `m-${index}`, body })) });
  const started = () => cloud.transfers.flatMap(({ paths }) => paths);
  const outcomes = () => [...bundle.log.join('\n').matchAll(/"outcome":"([^"]+)"/g)].map(([, outcome]) => outcome);

  test('sends each file once, ten a call, and takes note of what became of them', async () => {
    await start();
    for (let index = 0; index < 12; index++) cloud.objects.set(`invoices/acme/f "${index}" & ü`.replace(/[&"]/g, ''), { etag: `"${index}"`, modified: Date.now() });
    cloud.pageSize = 5;
    await bundle.invoke({ task: 'send', name: 'Invoices' });
    expect(cloud.transfers.map(({ paths }) => paths.length)).toEqual([10, 2]);
    const [first, second] = cloud.transfers;
    expect(await hear(...cloud.results(first), ...cloud.results(second, 'TIMEOUT_ERROR'))).toEqual({ batchItemFailures: [] });
    await bundle.invoke({ task: 'send', name: 'Invoices' });
    expect(started()).toEqual([...first.paths, ...second.paths, ...second.paths]);
    expect(outcomes().filter((outcome) => outcome === 'done')).toHaveLength(10);
    expect(bundle.log.join('\n')).not.toMatch(/CANARY|example-secret/);
  });

  test('retrieves what a listing names, once', async () => {
    await start();
    cloud.remote.set('/out/a.xml', { modified: Date.now() - HOUR, size: 3 });
    cloud.remote.set('/out/../b', { modified: Date.now() - HOUR, size: 3 });
    await bundle.invoke({ task: 'retrieve', name: 'Orders' });
    const listed = cloud.listed('l-1');
    expect(await hear(listed, listed)).toEqual({ batchItemFailures: [] });
    expect(cloud.transfers).toEqual([{ id: 't-1', operation: 'RETRIEVE', paths: ['/out/a.xml'], target: '/inbox/orders/acme' }]);
  });

  test('asks a second time for nothing that begins a transfer, and leaves what is in doubt to an operator', async () => {
    await start();
    cloud.objects.set('invoices/acme/a', { etag: '"1"', modified: Date.now() });
    cloud.disturb = (operation, when) => { if (operation === 'StartFileTransfer' && when === 'after') throw new CloudError('InternalServiceError', 500); };
    await expect(bundle.invoke({ task: 'send', name: 'Invoices' })).rejects.toThrow();
    cloud.disturb = () => undefined;
    await bundle.invoke({ task: 'send', name: 'Invoices' });
    expect(started()).toEqual(['/outbox/invoices/acme/a']);
    await bundle.invoke({ task: 'release', file: 'send /outbox/invoices/acme/a' });
    await bundle.invoke({ task: 'send', name: 'Invoices' });
    expect(started()).toHaveLength(2);
  });

  test('asks for what became of a transfer, and for a credential that nobody put', async () => {
    await start({ SECRET_ARN, SECRET_MAX_AGE_SECONDS: '86400' });
    cloud.objects.set('invoices/acme/a', { etag: '"1"', modified: Date.now() });
    await bundle.invoke({ task: 'send', name: 'Invoices' });
    const row = cloud.row('send /outbox/invoices/acme/a')!;
    cloud.rows.set('send /outbox/invoices/acme/a', { ...row, since: { N: String(Date.now() - 2 * HOUR) } });
    cloud.status = () => ({ StatusCode: 'COMPLETED' });
    await bundle.invoke({ task: 'watch' });
    expect(outcomes()).toEqual(['send-run', 'done', 'watched', 'credential-missing']);
    cloud.secretVersions = [{ stages: ['AWSPREVIOUS'], created: 0 }, { stages: ['AWSCURRENT'], created: Date.now() - 25 * HOUR }];
    await bundle.invoke({ task: 'watch' });
    expect(outcomes().at(-1)).toBe('credential-old');
  });

  test('removes what was retrieved, where that is asked for', async () => {
    await start({ TRANSFERS: SETTINGS.TRANSFERS.replace('"remove":false', '"remove":true') });
    cloud.remote.set('/out/a.xml', { modified: Date.now() - HOUR, size: 3 });
    for (let run = 1; run <= 3; run++) {
      await bundle.invoke({ task: 'retrieve', name: 'Orders' });
      await hear(cloud.listed(`l-${run}`), ...cloud.transfers.flatMap((transfer) => cloud.results(transfer)));
    }
    expect([started(), cloud.removed]).toEqual([['/out/a.xml'], ['/out/a.xml']]);
    await hear(eventOf('SFTP Connector Remote Delete Failed', { 'failure-code': 'CONNECTION_ERROR' }));
    expect(outcomes().at(-1)).toBe('not-removed');
  });

  test('hands back an event that it cannot read', async () => {
    await start();
    expect(await hear('{}')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-0' }] });
  });
});

describe('the function that rotates the key pair', () => {
  let world: World;

  beforeEach(async () => {
    world = settledWorld('sftp-connector-key-pair');
    bundle = await RunningBundle.start(join(__dirname, '../../assets/secrets/sftp-connector-key-pair/index.js'), ROTATION_ENVIRONMENT,
      rotationCloud('sftp-connector-key-pair', world));
    announce(world.secret, 'version-p', WORLD_NOW);
  });

  const step = (name: string) => bundle.invoke(stepEvent(name, 'version-p'));
  const contentOf = (version: string) => JSON.parse(world.secret.versions[version].content!) as { Username: string; PrivateKey: string };

  test('[case 74] has one user in the current and in the pending version, and takes no other', async () => {
    await step('createSecret');
    expect([contentOf(FIRST).Username, contentOf('version-p').Username]).toEqual([SFTP_USER_NAME, SFTP_USER_NAME]);
    world.secret.versions['version-p'].content = JSON.stringify({ ...contentOf('version-p'), Username: 'another' });
    for (const name of ['setSecret', 'testSecret', 'finishSecret']) await expect(step(name)).rejects.toThrow('something that rotation did not make');
  });

  test('[case 75] does not promote a key with which no connection comes about', async () => {
    partnerOf(world).prompt = false;
    await step('createSecret');
    await step('setSecret');
    for (const name of ['testSecret', 'finishSecret']) await expect(step(name)).rejects.toThrow('no connection with the key yet');
    expect(world.secret.versions[FIRST].stages).toEqual(['AWSCURRENT']);
  });

  test('[case 76] changes no key of a host, whatever the server shows: it tests connections and does nothing else with a connector', async () => {
    partnerOf(world).prompt = false;
    await step('createSecret');
    await step('setSecret');
    await expect(step('testSecret')).rejects.toThrow();
    const asked = bundle.seen.map(({ headers }) => String(headers['x-amz-target'])).filter((target) => target.startsWith('TransferService.'));
    expect(new Set(asked)).toEqual(new Set(['TransferService.TestConnection']));
  });

  test.each([
    ['a key with a passphrase', () => encryptedPrivateKey()],
    ['more than 12,000 characters', () => privateKeyOf(2) + '\n'.repeat(12_000)],
  ])('[case 77] takes no secret that is %s', async (_, privateKey) => {
    await step('createSecret');
    world.secret.versions['version-p'].content = JSON.stringify({ Username: SFTP_USER_NAME, PrivateKey: privateKey() });
    for (const name of ['setSecret', 'testSecret', 'finishSecret']) await expect(step(name)).rejects.toThrow('something that rotation did not make');
    expect(bundle.log.join('\n')).not.toContain('PRIVATE KEY');
  });
});
