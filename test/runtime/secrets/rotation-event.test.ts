import * as fc from 'fast-check';
import { stepEvent } from './harness/events';
import { settledWorld } from './harness/world';
import { Scene } from './scene';
import { tryStepOf } from '../../../src/runtime/secrets/rotation-event';

test.each(['createSecret', 'setSecret', 'testSecret', 'finishSecret'])('knows %s in both spellings', (name) => {
  const step = { name, secretArn: stepEvent(name, 'p').SecretId, version: 'p' };
  expect(tryStepOf(stepEvent(name, 'p'))).toEqual(step);
  expect(tryStepOf(stepEvent(name.replace('S', '_s'), 'p'))).toEqual(step);
});

test('keeps a rotation token', () => {
  expect(tryStepOf({ ...stepEvent('createSecret', 'p'), RotationToken: 'rt' })).toMatchObject({ rotationToken: 'rt' });
  expect(tryStepOf({ ...stepEvent('createSecret', 'p'), RotationToken: 7 })).not.toHaveProperty('rotationToken');
});

test.each<unknown>([
  undefined, null, 7, 'createSecret', {}, { ...stepEvent('createSecret', '') }, { ...stepEvent('deleteSecret', 'p') }, { ...stepEvent('create_Secret', 'p') },
  { ...stepEvent('createSecret', 'p'), SecretId: undefined }, { ...stepEvent('createSecret', 'p'), ClientRequestToken: ['p'] },
])('takes %j for no step', (event) => {
  expect(tryStepOf(event)).toBeUndefined();
});

test('the rotation token is passed on with the version that is stored, and only then', async () => {
  for (const RotationToken of ['rt-1', undefined]) {
    const scene = new Scene('webhook-secret', settledWorld('webhook-secret'));
    scene.world.secret.versions.p = { stages: ['AWSPENDING'], created: 0 };
    await scene.invoke({ ...stepEvent('createSecret', 'p'), RotationToken });
    expect(scene.calls.at(-1)).toMatchObject({ operation: 'PutSecretValue', input: { ClientRequestToken: 'p', VersionStages: ['AWSPENDING'] } });
    expect(scene.calls.at(-1)!.input.RotationToken).toBe(RotationToken);
  }
});

test('any other event is refused without a call', async () => {
  await fc.assert(fc.asyncProperty(fc.anything(), async (event) => {
    const scene = new Scene('webhook-secret', settledWorld('webhook-secret'));
    await expect(scene.invoke(event)).rejects.toThrow('the event is neither a rotation step nor the task to reconcile');
    expect([scene.calls, scene.reasons]).toEqual([[], ['refused: unusable-event']]);
  }));
});

test('a step for another secret is refused without a call', async () => {
  const scene = new Scene('webhook-secret', settledWorld('webhook-secret'));
  await expect(scene.invoke({ ...stepEvent('createSecret', 'p'), SecretId: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf' }))
    .rejects.toThrow('this function rotates another secret');
  expect(scene.calls).toEqual([]);
});
