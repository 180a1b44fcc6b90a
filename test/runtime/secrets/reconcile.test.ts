import { callSecretsManager } from './harness/fake-secrets-manager';
import { DAY, FIRST, freshWorld, keyOf, MINUTES, NOW, pass, SECRET_ARN, settledWorld, STRATEGIES } from './harness/world';
import { Scene } from './scene';
import { reconcile } from '../../../src/runtime/secrets/reconcile';
import { SecretState } from '../../../src/runtime/secrets/secret-state';
import type { SecretStore } from '../../../src/runtime/secrets/secret-store';
import { webhookSecret } from '../../../src/runtime/secrets/webhook-secret';

describe.each(STRATEGIES)('a secret of the kind %s', (strategy) => {
  let scene: Scene;

  beforeEach(() => { scene = new Scene(strategy, settledWorld(strategy)); });

  const last = () => scene.log.at(-1);

  test('that is in order is healthy, and nothing is changed', async () => {
    const before = JSON.stringify(scene.world);
    await scene.reconcile();
    expect(scene.log).toEqual([{ outcome: 'healthy', reason: 'in-order', task: 'reconcile' }]);
    expect(JSON.stringify(scene.world)).toBe(before);
  });

  test('that never rotated is overdue an hour after its creation', async () => {
    scene = new Scene(strategy, freshWorld(strategy));
    pass(scene.world, 30 * MINUTES);
    await scene.reconcile();
    expect(last()).toMatchObject({ outcome: 'healthy' });
    pass(scene.world, 30 * MINUTES);
    await scene.reconcile();
    expect(last()).toEqual({ outcome: 'overdue', reason: 'never-rotated', task: 'reconcile' });
  });

  test.each([
    [26.9, 'healthy: in-order'], [27, 'warning: nearly-too-old'], [29.9, 'warning: nearly-too-old'], [30, 'overdue: too-old'],
  ])('that rotated %d days ago, of 30 that it may, is %s', async (days, expected) => {
    scene.world.secret.versions[FIRST].created = NOW - days * DAY;
    await scene.reconcile();
    expect(scene.reasons).toEqual([expected]);
  });

  test('whose rotation is switched off is a fault', async () => {
    scene.world.secret.rotationEnabled = false;
    await scene.reconcile();
    expect(last()).toEqual({ outcome: 'fault', reason: 'rotation-disabled', task: 'reconcile' });
  });

  test('without a current version is a fault, and nothing is revoked', async () => {
    scene.world.secret.versions[FIRST].stages = ['AWSPREVIOUS'];
    const before = JSON.stringify(scene.world);
    await scene.reconcile();
    expect(scene.log).toEqual([{ outcome: 'fault', reason: 'no-current-version', task: 'reconcile' }]);
    expect(JSON.stringify(scene.world)).toBe(before);
  });

  test('whose current version has no content is a fault', async () => {
    scene.before = ({ operation }) => operation === 'GetSecretValue' ? { error: 'ResourceNotFoundException', message: '' } : undefined;
    await scene.reconcile();
    expect(last()).toMatchObject({ outcome: 'fault', reason: 'current-does-not-work', detail: 'unknown-content', version: FIRST });
  });

  test('whose current credential cannot be looked at is a fault that names the cause', async () => {
    scene.before = ({ operation }) => operation === 'GetSecretValue' ? { error: 'AccessDeniedException', message: 'key/1234' } : undefined;
    await scene.reconcile();
    expect(last()).toMatchObject({ outcome: 'fault', reason: 'current-does-not-work', detail: 'AccessDeniedException' });
  });

  test('keeps the previous credential until the overlap ends, and not longer', async () => {
    await scene.rotate();
    pass(scene.world, 60 * MINUTES);
    await scene.reconcile();
    expect(scene.works(FIRST)).toBe(true);
    pass(scene.world, 60 * MINUTES);
    await scene.reconcile();
    expect(scene.works(FIRST)).toBe(false);
    expect(scene.works('p')).toBe(true);
    expect(scene.log).toContainEqual({ outcome: 'revoked', reason: 'overlap-over', version: FIRST });
  });

  test('fails, so that the schedule runs it again, when AWS does', async () => {
    scene.before = ({ operation }) => operation === 'DescribeSecret' ? { error: 'InternalServiceError', message: '' } : undefined;
    await expect(scene.reconcile()).rejects.toThrow(new Error('reconcile failed: InternalServiceError'));
    expect(scene.log).toEqual([{ outcome: 'fault', reason: 'InternalServiceError', task: 'reconcile' }]);
  });
});

describe('keys of API Gateway', () => {
  let scene: Scene;

  beforeEach(() => { scene = new Scene('api-key', settledWorld('api-key')); });

  const keys = () => scene.world.keys.map(({ name, enabled }) => [name.split('/').at(-1), enabled]);

  test('are disabled when their overlap has ended, and deleted a day later', async () => {
    await scene.rotate();
    pass(scene.world, 120 * MINUTES);
    await scene.reconcile();
    expect(keys()).toEqual([[FIRST, false], ['p', true]]);
    await scene.reconcile();
    expect(keys()).toEqual([[FIRST, false], ['p', true]]);
    pass(scene.world, DAY);
    await scene.reconcile();
    expect(keys()).toEqual([['p', true]]);
    expect(scene.log.filter(({ outcome }) => outcome === 'revoked').map(({ reason }) => reason)).toEqual(['disabled', 'overlap-over', 'deleted']);
  });

  test('that were issued and never became current go as well, and those of other secrets stay', async () => {
    scene.world.keys.push(keyOf('orphan', 1, { created: NOW - 59 * MINUTES }), keyOf('alien', 2, { tags: {} }));
    await scene.reconcile();
    expect(keys()).toEqual([[FIRST, true], ['orphan', true], ['alien', true]]);
    scene.world.keys[1].created = NOW - 60 * MINUTES;
    await scene.reconcile();
    expect(keys()).toEqual([[FIRST, true], ['orphan', false], ['alien', true]]);
  });

  test('that somebody disabled while they are current are a fault', async () => {
    scene.world.keys[0].enabled = false;
    await scene.reconcile();
    expect(scene.log).toEqual([{ outcome: 'fault', reason: 'current-does-not-work', detail: 'key-not-usable', version: FIRST, task: 'reconcile' }]);
  });
});

test('a run that died between key and label is made up for by the next', async () => {
  const scene = new Scene('api-key', settledWorld('api-key'));
  await scene.rotate();
  pass(scene.world, 120 * MINUTES);
  scene.before = ({ operation }) => operation === 'UpdateSecretVersionStage' ? { error: 'TimeoutError', message: '' } : undefined;
  await expect(scene.reconcile()).rejects.toThrow('TimeoutError');
  scene.before = () => undefined;
  await scene.reconcile();
  expect(scene.stagesOf(FIRST)).toEqual([]);
  expect(callSecretsManager(scene.world.secret, 'DescribeSecret', { SecretId: SECRET_ARN }, NOW)).toMatchObject({ VersionIdsToStages: { p: expect.anything() } });
});

test('what has no date is not revoked', async () => {
  const log: unknown[] = [];
  const state = new SecretState({
    rotationEnabled: true,
    lastRotatedAt: NOW,
    changedAt: NOW,
    stages: new Map([['a', ['AWSCURRENT']], ['b', ['AWSPREVIOUS']]]),
    createdAt: new Map([['a', 0]]),
  });
  const removeStage = jest.fn();
  await reconcile({ secretArn: SECRET_ARN, overlapMilliseconds: 1, maxAgeMilliseconds: 2 }, {
    store: { state: async () => state, tryContentOf: async () => '{}', removeStage } as unknown as SecretStore,
    adapter: webhookSecret(Buffer.alloc),
    now: () => NOW,
    log: (entry) => log.push(entry),
  });
  expect(removeStage).not.toHaveBeenCalled();
  expect(log).toContainEqual(expect.objectContaining({ outcome: 'overdue' }));
});
