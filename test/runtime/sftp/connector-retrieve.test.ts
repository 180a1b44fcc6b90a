import { CloudError, eventOf, NOW, RETRIEVE } from './connector-cloud';
import { TransferScene } from './connector-scene';
import { retrieveOf } from '../../../src/runtime/sftp/transfer-row';

let scene: TransferScene;
beforeEach(() => { scene = new TransferScene(); });

const HOUR = 3_600_000;
const lies = (name: string, modified: number | undefined = NOW - HOUR, size = 1) => scene.cloud.remote.set(`/out/${name}`, { modified, size });
const removing = () => { scene = new TransferScene({ TRANSFERS: JSON.stringify([{ ...RETRIEVE, remove: true }]) }); };
const endAll = async () => { for (const each of scene.cloud.transfers) await scene.hear(...scene.cloud.results(each)); };

describe('a directory', () => {
  test('is listed, and what lies there is retrieved ten files a call into the folder of the inbox', async () => {
    for (let index = 0; index < 12; index++) lies(`f-${index}`);
    expect(await scene.retrieveListed()).toEqual([]);
    expect(scene.cloud.listings).toEqual(['/out']);
    expect(scene.cloud.inputs.find(({ OutputDirectoryPath }) => OutputDirectoryPath)).toMatchObject({ OutputDirectoryPath: '/listings/Orders', MaxItems: 10_000 });
    expect(scene.cloud.transfers.map(({ operation, paths, target }) => [operation, paths.length, target])).toEqual([
      ['RETRIEVE', 10, '/inbox/orders/acme'], ['RETRIEVE', 2, '/inbox/orders/acme'],
    ]);
    expect(scene.cloud.stateOf('list Orders')).toBe('done');
    expect(scene.log).toEqual([
      { outcome: 'list-run', name: 'Orders' },
      { outcome: 'retrieve-run', name: 'Orders', started: 12, left: 0, removed: 0, refused: 0, undated: 0, truncated: 0 },
    ]);
  });

  test('that is the root has its files retrieved', async () => {
    scene = new TransferScene({ TRANSFERS: JSON.stringify([{ ...RETRIEVE, remote: '/' }]) });
    scene.cloud.remote.set('/a', { modified: NOW - HOUR, size: 1 });
    await scene.retrieve();
    await scene.hear(scene.cloud.listed('l-1', { ...RETRIEVE, remote: '' }));
    expect(scene.started).toEqual(['/a']);
  });

  test('that has more than a listing may tells so', async () => {
    scene.cloud.truncated = true;
    await scene.retrieveListed();
    expect(scene.log.at(-1)).toMatchObject({ outcome: 'retrieve-run', truncated: 1 });
  });

  test('with names that lead elsewhere has none of them retrieved', async () => {
    for (const name of ['..', '.', '../etc/passwd', 'below/a', 'a\\b', 'a\nb', 'a\u0000', 'x'.repeat(1100), '']) lies(name);
    scene.cloud.remote.set('/outside/a', { modified: 1, size: 1 });
    lies('good name.txt');
    await scene.retrieveListed();
    expect(scene.started).toEqual(['/out/good name.txt']);
    expect(scene.log.at(-1)).toMatchObject({ started: 1, refused: 9 });
  });

  test('with names that no row can have loses none of the others', async () => {
    for (const name of ['\ud800', '\udfff', 'a\ud83db', '\u4e2d'.repeat(1000)]) lies(name);
    lies('\u{1f4c4}.txt');
    expect(await scene.retrieveListed()).toEqual([]);
    expect(scene.started).toEqual(['/out/\u{1f4c4}.txt']);
    expect(scene.log.at(-1)).toMatchObject({ started: 1, refused: 4 });
  });

  test('of whose files the server tells neither time nor size has each retrieved once', async () => {
    scene.cloud.remote.set('/out/a', {});
    await scene.retrieveListed();
    await endAll();
    await scene.retrieveListed();
    expect(scene.started).toEqual(['/out/a']);
  });

  test('of whose files the server tells no time loses none: a new one of the same name and size would go with the old', async () => {
    removing();
    scene.cloud.remote.set('/out/a', { size: 1 });
    scene.cloud.remote.set('/out/b', {});
    for (let look = 0; look < 3; look++) {
      await scene.retrieveListed();
      await endAll();
    }
    expect(scene.started).toEqual(['/out/a', '/out/b']);
    expect(scene.cloud.removed).toEqual([]);
    expect(scene.log.filter(({ outcome }) => outcome === 'retrieve-run').at(-1)).toMatchObject({ removed: 0, undated: 2 });
  });

  test('has 500 files retrieved by a run', async () => {
    for (let index = 0; index < 520; index++) lies(`f-${index}`);
    await scene.retrieveListed();
    expect(scene.log.at(-1)).toMatchObject({ started: 500, left: 20 });
    await scene.retrieveListed();
    expect(scene.started).toHaveLength(520);
  });
});

describe('a file', () => {
  test('is retrieved once for its path, time and size', async () => {
    lies('a');
    for (let run = 0; run < 3; run++) {
      await scene.retrieveListed();
      await endAll();
    }
    expect(scene.started).toEqual(['/out/a']);
    lies('a', NOW - HOUR + 1000);
    await scene.retrieveListed();
    await endAll();
    lies('a', NOW - HOUR + 1000, 2);
    await scene.retrieveListed();
    expect(scene.started).toHaveLength(3);
  });

  test('that changed within the last minute is left alone until it is at rest', async () => {
    lies('a', NOW - 59_000);
    await scene.retrieveListed();
    expect(scene.started).toEqual([]);
    scene.now += 2000;
    await scene.retrieveListed();
    expect(scene.started).toEqual(['/out/a']);
  });

  test('that failed is retrieved by the next run', async () => {
    lies('a');
    await scene.retrieveListed();
    await scene.hear(...scene.cloud.results(scene.cloud.transfers[0], 'CONNECTION_ERROR'));
    expect(scene.log.at(-1)).toEqual({ outcome: 'failed', file: retrieveOf('/out/a'), attempts: 1, failure: 'CONNECTION_ERROR' });
    await scene.retrieveListed();
    expect(scene.started).toHaveLength(2);
  });

  test('whose start has no answer is retrieved again after a day, when a transfer would have ended', async () => {
    lies('a');
    scene.cloud.disturb = (operation) => { if (operation === 'StartFileTransfer') throw new CloudError('ServiceUnavailableException', 503); };
    expect(await scene.retrieveListed()).toEqual([0]);
    scene.cloud.disturb = () => undefined;
    scene.now += 23 * HOUR;
    await scene.retrieveListed();
    expect(scene.started).toEqual([]);
    scene.now += 2 * HOUR;
    await scene.retrieveListed();
    expect(scene.started).toEqual(['/out/a']);
  });

  test('is left at the partner by default, and removed where that is asked for, once a later listing shows it unchanged', async () => {
    removing();
    lies('a');
    lies('b');
    await scene.retrieveListed();
    expect(scene.cloud.removed).toEqual([]);
    await endAll();
    lies('b', NOW - HOUR + 5000);
    await scene.retrieveListed();
    expect(scene.cloud.removed).toEqual(['/out/a']);
    expect(scene.log.at(-1)).toMatchObject({ started: 1, removed: 1 });
    expect(scene.started.filter((path) => path === '/out/b')).toHaveLength(2);

    scene = new TransferScene();
    lies('a');
    await scene.retrieveListed();
    await endAll();
    await scene.retrieveListed();
    expect(scene.cloud.removed).toEqual([]);
  });

  test('whose retrieval failed is not removed', async () => {
    removing();
    lies('a');
    await scene.retrieveListed();
    await scene.hear(...scene.cloud.results(scene.cloud.transfers[0], 'TIMEOUT_ERROR'));
    await scene.retrieveListed();
    expect(scene.cloud.removed).toEqual([]);
  });
});

describe('a listing', () => {
  test('is done with, and the others are removed, where the service refuses one removal', async () => {
    removing();
    for (const name of ['a', 'b', 'c']) lies(name);
    await scene.retrieveListed();
    await endAll();
    scene.cloud.disturb = (operation, when, { DeletePath }) => {
      if (operation === 'StartRemoteDelete' && when === 'before' && DeletePath === '/out/b') throw new CloudError('ThrottlingException');
    };
    expect(await scene.retrieveListed()).toEqual([]);
    expect(scene.cloud.removed).toEqual(['/out/a', '/out/c']);
    expect(scene.cloud.stateOf('list Orders')).toBe('done');
    expect(scene.log.slice(-2)).toMatchObject([
      { outcome: 'not-removed', name: 'Orders', failure: 'ThrottlingException' }, { outcome: 'retrieve-run', removed: 2 },
    ]);
  });

  test('that is heard of twice has nothing retrieved twice', async () => {
    lies('a');
    await scene.retrieve();
    const listed = scene.cloud.listed('l-1');
    await scene.hear(listed, listed);
    expect(scene.started).toEqual(['/out/a']);
  });

  test.each([
    ['another bucket', { domain: 'S3', bucket: 'other', key: `${RETRIEVE.listings}/c-0123456789abcdef0-l-1.json` }],
    ['another folder', { domain: 'S3', bucket: 'inbox', key: 'elsewhere/c-0123456789abcdef0-l-1.json' }],
    ['another name', { domain: 'S3', bucket: 'inbox', key: `${RETRIEVE.listings}/c-0123456789abcdef0-l-2.json` }],
  ])('in %s is none of ours, and is not read', async (_, location) => {
    await scene.hear(eventOf('SFTP Connector Directory Listing Completed', { 'listing-id': 'l-1', 'output-file-location': location }));
    expect(scene.cloud.calls).toEqual([]);
    expect(scene.log).toEqual([{ outcome: 'other' }]);
  });

  test.each(['', 'null', '{"files":7}', '[]'])('that holds %p comes again, and ends with the dead letters', async (text) => {
    await scene.retrieve();
    const listed = scene.cloud.listed('l-1');
    scene.cloud.written.set('listings/Orders/c-0123456789abcdef0-l-1.json', text);
    expect(await scene.hear(listed)).toEqual([0]);
    expect(scene.cloud.stateOf('list Orders')).toBe('started');
  });

  test('that is larger than one may be is not read', async () => {
    await scene.retrieve();
    const listed = scene.cloud.listed('l-1');
    scene.cloud.written.set('listings/Orders/c-0123456789abcdef0-l-1.json', ' '.repeat(32_000_001));
    expect(await scene.hear(listed)).toEqual([0]);
  });

  test('that failed is told, and the next run has the directory listed again', async () => {
    await scene.retrieve();
    await scene.hear(eventOf('SFTP Connector Directory Listing Failed', { 'listing-id': 'l-1', 'remote-directory-path': '/out', 'failure-code': 'CONNECTION_ERROR' }));
    expect(scene.log.at(-1)).toEqual({ outcome: 'not-listed', name: 'Orders', failure: 'CONNECTION_ERROR' });
    expect(scene.cloud.stateOf('list Orders')).toBe('failed');
    await scene.hear(eventOf('SFTP Connector Directory Listing Failed', { 'listing-id': 'l-9' }));
    expect(scene.log.at(-1)).toEqual({ outcome: 'not-listed', name: undefined, failure: 'UNKNOWN' });
  });

  test('that does not end is told, from when the first of them began', async () => {
    await scene.retrieve();
    scene.now += 50 * 60_000;
    await scene.retrieve();
    scene.now += 20 * 60_000;
    await scene.run({ task: 'watch' });
    expect(scene.log.at(-1)).toEqual({ outcome: 'watched', unfinished: 1, oldest: 'list Orders' });
    await scene.hear(scene.cloud.listed('l-2'));
    await scene.run({ task: 'watch' });
    expect(scene.log.at(-1)).toEqual({ outcome: 'watched', unfinished: 0 });
  });

  test('that was begun before the last one ends nothing', async () => {
    await scene.retrieve();
    await scene.retrieve();
    await scene.hear(scene.cloud.listed('l-1'));
    expect(scene.cloud.stateOf('list Orders')).toBe('started');
  });
});
