import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { callTable } from './harness/fake-table';
import { Call, clientOf, withDates } from './harness/service';
import { callKms, MAC_KEY_ARN, PLAN_KEY, TABLE_NAME } from './harness/stored-credentials';
import { DAY, FIRST, MINUTES, pass, settledWorld } from './harness/world';
import { Scene } from './scene';
import { tryReadBearerKey } from '../../../src/runtime/api/bearer-key';
import { KeyTable, MacKey } from '../../../src/runtime/api/stored-keys';

/** What the authorizer makes of the key that the secret holds for a version. */
async function judged({ world }: Scene, version: string): Promise<unknown> {
  const { key: text } = JSON.parse(world.secret.versions[version].content!) as { key: string };
  const key = tryReadBearerKey(text)!;
  const table = clientOf<DynamoDBClient>(async (call: Call) => withDates(callTable(world.rows, call.operation, call.input)));
  const kms = clientOf<KMSClient>(async (call: Call) => callKms(call.operation, call.input));
  const stored = await new KeyTable(table, TABLE_NAME).find(key);
  if (typeof stored === 'string') return stored;
  return { planKey: stored.planKey, genuine: await new MacKey(kms, MAC_KEY_ARN).verifies(key, stored.verifier) };
}

test('the authorizer takes the keys that rotation stores, the old one until its overlap ends', async () => {
  const genuine = { planKey: PLAN_KEY, genuine: true };
  const scene = new Scene('bearer-key', settledWorld('bearer-key'));
  expect(await judged(scene, FIRST)).toEqual(genuine);
  await scene.rotate();
  expect([await judged(scene, FIRST), await judged(scene, 'p')]).toEqual([genuine, genuine]);
  pass(scene.world, 120 * MINUTES);
  await scene.reconcile();
  expect([await judged(scene, FIRST), await judged(scene, 'p')]).toEqual(['disabled-key', genuine]);
  pass(scene.world, DAY);
  await scene.reconcile();
  expect([await judged(scene, FIRST), await judged(scene, 'p')]).toEqual(['unknown-key', genuine]);
});

test('the authorizer takes no other key for the row of one', async () => {
  const scene = new Scene('bearer-key', settledWorld('bearer-key'));
  await scene.rotate();
  const [first, second] = scene.world.rows;
  [first.verifier, second.verifier] = [second.verifier, first.verifier];
  expect(await judged(scene, 'p')).toEqual({ planKey: PLAN_KEY, genuine: false });
});
