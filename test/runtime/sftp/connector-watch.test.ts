import { CloudError, eventOf, NOW, SECRET_ARN } from './connector-cloud';
import { TransferScene } from './connector-scene';
import { sendOf } from '../../../src/runtime/sftp/transfer-row';

const DAY = 86_400_000;
const fileOf = (name: string) => sendOf('outbox', `invoices/acme/${name}`);
const names = Array.from({ length: 7 }, (_, index) => `f-${index}`);

let scene: TransferScene;
beforeEach(() => { scene = new TransferScene(); });

const watched = async () => {
  await scene.run({ task: 'watch' });
  return scene.log.filter(({ outcome }) => outcome === 'watched').at(-1);
};

test('what has begun a while ago is asked for, since an event may be lost', async () => {
  scene.add(...names);
  await scene.send();
  expect(await watched()).toEqual({ outcome: 'watched', unfinished: 0 });
  scene.now += 2 * 3_600_000;
  scene.cloud.status = (path) => path.endsWith('f-0') ? { StatusCode: 'FAILED', FailureCode: 'TIMEOUT_ERROR' }
    : { StatusCode: path.endsWith('f-1') ? 'IN_PROGRESS' : 'COMPLETED' };
  expect(await watched()).toEqual({ outcome: 'watched', unfinished: 1, oldest: fileOf('f-1') });
  expect(names.map((name) => scene.cloud.stateOf(fileOf(name)))).toEqual(['failed', 'started', 'done', 'done', 'done', 'done', 'done']);
  expect(scene.cloud.calls.filter((call) => call === 'ListFileTransferResults')).toHaveLength(2); // pages of one transfer
});

test('what is retrieved is asked for as well', async () => {
  scene.cloud.remote.set('/out/a', { modified: NOW - DAY, size: 1 });
  await scene.retrieveListed();
  scene.now += 2 * 3_600_000;
  scene.cloud.status = () => ({ StatusCode: 'COMPLETED' });
  expect(await watched()).toEqual({ outcome: 'watched', unfinished: 0 });
  expect(scene.cloud.stateOf('retrieve /out/a')).toBe('done');
});

test('a transfer that the service says nothing of does not keep the others from being asked for', async () => {
  scene.add(...names, 'f-7', 'f-8', 'f-9', 'g');
  await scene.send();
  expect(scene.cloud.transfers).toHaveLength(2);
  scene.now += 2 * 3_600_000;
  scene.cloud.status = () => ({ StatusCode: 'COMPLETED' });
  scene.cloud.disturb = (operation, when, { TransferId }) => {
    if (when === 'before' && operation === 'ListFileTransferResults' && TransferId === scene.cloud.transfers[0].id) throw new CloudError('InvalidRequestException');
  };
  await expect(scene.run({ task: 'watch' })).rejects.toThrow('InvalidRequestException');
  expect(scene.cloud.stateOf(fileOf('g'))).toBe('done');
  expect(scene.log).toContainEqual({ outcome: 'watched', unfinished: 10, oldest: fileOf('f-0') });
  expect(scene.log.at(-1)).toMatchObject({ outcome: 'fault', task: 'watch', error: 'InvalidRequestException' });
});

test('what the service knows nothing of any more is told', async () => {
  scene.add('a');
  await scene.send();
  scene.cloud.transfers.pop();
  scene.now += 8 * DAY;
  expect(await watched()).toEqual({ outcome: 'watched', unfinished: 1, oldest: fileOf('a') });
});

test('a file is released by an operator, whatever is known of it; one that waits for nothing is not', async () => {
  scene.add('a');
  await expect(scene.run({ task: 'release', file: fileOf('a') })).rejects.toThrow('there is no such file that has begun or was given up');
  await scene.send();
  await scene.run({ task: 'release', file: fileOf('a') });
  await scene.send();
  expect(scene.started).toHaveLength(2);
  await scene.hear(...scene.cloud.results(scene.cloud.transfers[0]));
  expect(scene.cloud.stateOf(fileOf('a'))).toBe('started');
  await scene.hear(...scene.cloud.results(scene.cloud.transfers[1]));
  await expect(scene.run({ task: 'release', file: fileOf('a') })).rejects.toThrow('no such file');
});

test('a dead file that is released is sent again', async () => {
  scene.add('a');
  for (let attempt = 0; attempt < 20; attempt++, scene.now += DAY) {
    await scene.send();
    await scene.hear(...scene.cloud.results(scene.cloud.transfers.at(-1)!, 'PERMISSION_DENIED'));
  }
  expect(scene.cloud.stateOf(fileOf('a'))).toBe('dead');
  await scene.run({ task: 'release', file: fileOf('a') });
  await scene.send();
  expect(scene.started).toHaveLength(21);
  expect(scene.log).toContainEqual({ outcome: 'released', file: fileOf('a') });
});

test.each([[{ task: 'send' }], [{ task: 'send', name: 'Orders' }], [{ task: 'retrieve', name: 'Invoices' }], [{ task: 'release' }], [{ task: 'delete' }], [{}]])(
  'a task that is none is refused: %j', async (task) => {
    await expect(scene.run(task as never)).rejects.toThrow(/'task' must be|'name' must be/);
    expect(scene.cloud.calls).toEqual([]);
  });

describe('a credential that a person puts', () => {
  const put = (created: number) => [{ stages: ['AWSPREVIOUS'], created: NOW - 400 * DAY }, { stages: ['AWSCURRENT'], created }];
  beforeEach(() => { scene = new TransferScene({ SECRET_ARN, SECRET_MAX_AGE_SECONDS: String(30 * 86_400) }); });

  test('is missed until it is put, for which the placeholder says nothing', async () => {
    await watched();
    expect(scene.outcomes()).toEqual(['watched', 'credential-missing']);
  });

  test('is old after the days that were agreed', async () => {
    scene.cloud.secretVersions = put(NOW - 30 * DAY);
    await watched();
    scene.cloud.secretVersions = put(NOW - 31 * DAY);
    await watched();
    expect(scene.outcomes()).toEqual(['watched', 'watched', 'credential-old']);
  });

  test('is not asked for where it rotates', async () => {
    scene = new TransferScene();
    await watched();
    expect(scene.cloud.calls).toEqual(['Query']);
  });
});

test('an event that is none of ours says nothing of a secret', async () => {
  await scene.hear(eventOf('SFTP Connector File Send Failed', { 'file-path': 'x/y', 'transfer-id': 't', 'failure-message': 'CANARY' }));
  expect(JSON.stringify(scene.log)).not.toContain('CANARY');
});
