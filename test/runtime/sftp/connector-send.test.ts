import { CloudError, eventOf, SEND } from './connector-cloud';
import { TransferScene } from './connector-scene';
import { sendOf } from '../../../src/runtime/sftp/transfer-row';

let scene: TransferScene;
beforeEach(() => { scene = new TransferScene(); });

const pathOf = (name: string) => `/outbox/invoices/acme/${name}`;
const fileOf = (name: string) => sendOf('outbox', `invoices/acme/${name}`);
const names = (count: number) => Array.from({ length: count }, (_, index) => `f-${String(index).padStart(4, '0')}`);

describe('an outbox', () => {
  test('is sent ten files a call, to the directory of the partner', async () => {
    scene.add(...names(23));
    await scene.send();
    expect(scene.cloud.transfers.map(({ operation, paths, target }) => [operation, paths.length, target])).toEqual([
      ['SEND', 10, '/in'], ['SEND', 10, '/in'], ['SEND', 3, '/in'],
    ]);
    expect(scene.started).toEqual(names(23).map(pathOf));
    expect(scene.log).toEqual([{ outcome: 'send-run', name: 'Invoices', started: 23, left: 0, unsendable: 0, nested: 0 }]);
  });

  test('without a directory of the partner is sent to where the user finds itself', async () => {
    const { remote: _, ...send } = SEND;
    scene = new TransferScene({ TRANSFERS: JSON.stringify([send]) });
    scene.add('a');
    await scene.send();
    expect(scene.cloud.inputs.find(({ SendFilePaths }) => SendFilePaths)).not.toHaveProperty('RemoteDirectoryPath');
  });

  test('is looked at page by page, and 500 files go with a run', async () => {
    scene.cloud.pageSize = 90;
    scene.add(...names(650));
    await scene.send();
    expect(scene.started).toHaveLength(500);
    expect(scene.log).toEqual([expect.objectContaining({ started: 500, left: 40 })]);
    await scene.send();
    expect(new Set(scene.started).size).toBe(650);
    expect(scene.started).toHaveLength(650);
  });

  test('has folders that are left out, which the log tells', async () => {
    scene.add('', 'a', 'below/b', `${'x'.repeat(1024)}`);
    await scene.send();
    expect(scene.started).toEqual([pathOf('a')]);
    expect(scene.log).toEqual([expect.objectContaining({ nested: 1, unsendable: 1 })]);
  });

  test('that is empty has nothing sent', async () => {
    await scene.send();
    expect(scene.cloud.calls).toEqual(['ListObjectsV2']);
  });
});

describe('a file', () => {
  beforeEach(() => scene.add('a'));

  test('is sent once, whatever run comes', async () => {
    await scene.send();
    await scene.send();
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('started');
    await scene.hear(...scene.cloud.results(scene.cloud.transfers[0]));
    await scene.send();
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('done');
    expect(scene.started).toEqual([pathOf('a')]);
    expect(scene.outcomes()).toEqual(['send-run', 'send-run', 'done', 'send-run']);
  });

  test('is sent once by two runs at one time', async () => {
    scene.add(...names(30));
    await Promise.all([scene.send(), scene.send(), scene.send()]);
    expect(new Set(scene.started).size).toBe(scene.started.length);
    expect(scene.started).toHaveLength(31);
  });

  test('is sent again when it was replaced, once the transfer before has ended', async () => {
    await scene.send();
    scene.cloud.objects.set('invoices/acme/a', { etag: '"new"', modified: 1 });
    await scene.send();
    expect(scene.started).toHaveLength(1);
    await scene.hear(...scene.cloud.results(scene.cloud.transfers[0]));
    await scene.send();
    await scene.hear(...scene.cloud.results(scene.cloud.transfers[1]));
    await scene.send();
    expect(scene.started).toHaveLength(2);
  });

  test('that failed is sent by the next run, then later and later, and left alone after two weeks', async () => {
    const starts: number[] = [];
    const minutes = (from: number) => (scene.now - from) / 60_000;
    const begun = scene.now;
    for (; minutes(begun) < 20 * 24 * 60; scene.now += 15 * 60_000) {
      const before = scene.cloud.transfers.length;
      await scene.send();
      if (scene.cloud.transfers.length === before) continue;
      starts.push(minutes(begun));
      await scene.hear(...scene.cloud.results(scene.cloud.transfers.at(-1)!, 'CONNECTION_ERROR'));
    }
    expect(starts.slice(0, 8).map((start, index) => start - (starts[index - 1] ?? 0))).toEqual([0, 15, 15, 30, 60, 120, 240, 480]);
    expect(starts).toHaveLength(20);
    expect(starts.at(-1)! / 60 / 24).toBeGreaterThan(12);
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('dead');
    expect(scene.log.filter(({ outcome }) => outcome === 'failed')).toHaveLength(19);
    expect(scene.log).toContainEqual({ outcome: 'dead', file: fileOf('a'), attempts: 20, failure: 'CONNECTION_ERROR' });
  });

  test.each(['InvalidRequestException', 'ValidationException'])('that the service refuses by %s does not hold up the others, and is given up in the end', async (failure) => {
    scene.add('never', 'z');
    scene.cloud.disturb = (operation, when, { SendFilePaths = [] }) => {
      if (when === 'before' && operation === 'StartFileTransfer' && SendFilePaths.some((path: string) => path.includes('never'))) throw new CloudError(failure);
    };
    for (let run = 0; run < 25; run++, scene.now += 86_400_000) await scene.send();
    expect(scene.started).toEqual([pathOf('a'), pathOf('z')]);
    expect(scene.cloud.stateOf(fileOf('never'))).toBe('dead');
    expect(scene.log).toContainEqual({ outcome: 'dead', file: fileOf('never'), failure, attempts: 20 });
  });

  test.each(['ThrottlingException', 'ResourceNotFoundException', 'AccessDeniedException'])('is left for the next run where the service answers %s', async (name) => {
    scene.cloud.disturb = (operation) => { if (operation === 'StartFileTransfer') throw new CloudError(name); };
    for (let run = 0; run < 6; run++) await expect(scene.send()).rejects.toThrow(name);
    expect(scene.cloud.row(fileOf('a'))).toMatchObject({ state: { S: 'waiting' }, attempts: { N: '0' } });
    expect(scene.log).toContainEqual({ outcome: 'fault', task: 'send', name: 'Invoices', error: name });
    scene.cloud.disturb = () => undefined;
    await scene.send();
    expect(scene.started).toEqual([pathOf('a')]);
  });

  test.each(['before', 'after'] as const)('of which the service says nothing, the call having broken off %s it was heard, is not sent again by itself', async (place) => {
    scene.cloud.disturb = (operation, when) => { if (operation === 'StartFileTransfer' && when === place) throw new CloudError('InternalServiceError', 500); };
    await expect(scene.send()).rejects.toThrow('InternalServiceError');
    scene.cloud.disturb = () => undefined;
    scene.now += 30 * 86_400_000;
    await scene.send();
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('claimed');
    expect(scene.started.length).toBe(place === 'after' ? 1 : 0);

    await scene.run({ task: 'watch' });
    expect(scene.log).toContainEqual({ outcome: 'watched', unfinished: 1, oldest: fileOf('a') });
    if (place === 'after') {
      await scene.hear(...scene.cloud.results(scene.cloud.transfers[0]));
      expect(scene.cloud.stateOf(fileOf('a'))).toBe('done');
    } else {
      await scene.run({ task: 'release', file: fileOf('a') });
      await scene.send();
      expect(scene.started).toEqual([pathOf('a')]);
    }
  });
});

describe('a result', () => {
  beforeEach(() => scene.add('a'));

  test('that comes before the answer to its start stays', async () => {
    scene.cloud.disturb = (operation, when) => {
      if (operation !== 'StartFileTransfer' || when !== 'after') return;
      // The event is quicker than the row's change.
      scene.cloud.rows.set(fileOf('a'), { ...scene.cloud.row(fileOf('a'))!, state: { S: 'done' }, revision: { N: '7' } });
    };
    await scene.send();
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('done');
  });

  test('that comes twice, or late for a transfer before, changes nothing', async () => {
    await scene.send();
    const [first] = scene.cloud.transfers;
    await scene.hear(...scene.cloud.results(first, 'TIMEOUT_ERROR'));
    await scene.hear(...scene.cloud.results(first, 'TIMEOUT_ERROR'));
    await scene.send();
    await scene.hear(...scene.cloud.results(first, 'TIMEOUT_ERROR'));
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('started');
    expect(scene.outcomes()).toEqual(['send-run', 'failed', 'ignored', 'send-run', 'ignored']);
  });

  test('of a transfer before changes nothing either while the answer to the next start is not known', async () => {
    await scene.send();
    const [first] = scene.cloud.transfers;
    await scene.hear(...scene.cloud.results(first, 'TIMEOUT_ERROR'));
    scene.cloud.disturb = (operation) => { if (operation === 'StartFileTransfer') throw new CloudError('InternalServiceError', 500); };
    await expect(scene.send()).rejects.toThrow();
    await scene.hear(...scene.cloud.results(first));
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('claimed');
  });

  test('of a file that somebody else transfers is let pass', async () => {
    expect(await scene.hear(...scene.cloud.results({ id: 't-9', operation: 'SEND', paths: ['/outbox/other'] }))).toEqual([]);
    expect(scene.log).toEqual([{ outcome: 'ignored', file: 'send /outbox/other' }]);
  });

  test('is known by the path where the event does not tell the object, and says no more of a failure than a code', async () => {
    await scene.send();
    const told = { 'transfer-id': 't-1', 'file-path': pathOf('a').slice(1), 'failure-code': 'CANARY of\nsomething' };
    await scene.hear(eventOf('SFTP Connector File Send Failed', told));
    expect(scene.log.at(-1)).toEqual({ outcome: 'failed', file: fileOf('a'), attempts: 1, failure: 'UNKNOWN' });
    expect(JSON.stringify(scene.log)).not.toContain('CANARY');
  });

  test('that the table does not take comes again', async () => {
    await scene.send();
    const results = scene.cloud.results(scene.cloud.transfers[0]);
    scene.cloud.disturb = () => { throw new CloudError('ProvisionedThroughputExceededException'); };
    expect(await scene.hear(...results)).toEqual([0]);
    scene.cloud.disturb = (operation) => { if (operation === 'PutItem') throw new CloudError('ConditionalCheckFailedException'); };
    expect(await scene.hear(...results)).toEqual([0]);
    scene.cloud.disturb = () => undefined;
    expect(await scene.hear(...results)).toEqual([]);
    expect(scene.cloud.stateOf(fileOf('a'))).toBe('done');
    expect(JSON.stringify(scene.log)).not.toContain('CANARY');
  });

  test.each([
    'no JSON', '{}', 'null', eventOf('SFTP Connector File Send Completed', {}), eventOf('SFTP Connector File Send Completed', { 'file-path': '/x', 'transfer-id': 7 }),
    eventOf('SFTP Connector Directory Listing Completed', {}), eventOf('SFTP Connector Directory Listing Completed', { 'listing-id': 'l-1' }),
    eventOf('SFTP Connector File Send Completed', { 'connector-id': 'c-0123456789abcdef9', 'file-path': '/x', 'transfer-id': 't' }),
  ])('that is none goes to the dead letters: %s', async (body) => {
    expect(await scene.hear(body)).toEqual([0]);
    expect(scene.outcomes()).toEqual(['fault']);
  });

  test.each([['SFTP Connector Remote Move Completed', 'other'], ['SFTP Connector Remote Delete Completed', 'removed'], ['SFTP Connector Remote Delete Failed', 'not-removed']])(
    '%s is told', async (type, outcome) => {
      expect(await scene.hear(eventOf(type, { 'delete-id': 'd' }))).toEqual([]);
      expect(scene.log).toEqual([expect.objectContaining({ outcome })]);
    });
});
