import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Call, clientOf, withDates } from './harness/service';
import { SECRET_ARN } from './harness/world';
import { SecretStore } from '../../../src/runtime/secrets/secret-store';
import { nameOf } from '../../../src/runtime/shared/error-name';

const storeOf = (answer: (call: Call) => unknown) =>
  new SecretStore(clientOf<SecretsManagerClient>(async (call) => withDates(answer(call))), SECRET_ARN);

test('what the service leaves out is not made up', async () => {
  const state = await storeOf(() => ({})).state();
  expect([state.rotationEnabled, state.hasEverRotated, state.changedAt]).toEqual([false, false, Infinity]);
  expect([state.tryVersionWith('AWSCURRENT'), state.tryStagesOf('v1'), state.tryCreatedAt('v1'), state.tryUnfinished()]).toEqual(Array(4).fill(undefined));
});

test('versions of all pages have dates, but for those that the listing leaves without', async () => {
  const pages: Record<string, unknown> = {
    first: { Versions: [{ VersionId: 'a', CreatedDate: 1000 }, { VersionId: 'b' }, { CreatedDate: 1 }], NextToken: 'second' },
    second: { Versions: [{ VersionId: 'c', CreatedDate: 3000 }] },
  };
  const state = await storeOf(({ operation, input }) => operation === 'ListSecretVersionIds' ? pages[input.NextToken as string ?? 'first'] : {}).state();
  expect(['a', 'b', 'c'].map((version) => state.tryCreatedAt(version))).toEqual([1000, undefined, 3000]);
});

test('only what the service calls missing is missing', async () => {
  const failing = (name: string) => storeOf(() => { throw Object.assign(new Error('no'), { name }); });
  expect(await failing('ResourceNotFoundException').tryContentOf('v1')).toBeUndefined();
  await expect(failing('AccessDeniedException').tryContentOf('v1')).rejects.toThrow('no');
  await expect(failing('AccessDeniedException').storePending('v1', '{}')).rejects.toThrow('no');
  await expect(failing('ResourceExistsException').storePending('v1', '{}')).resolves.toBeUndefined();
});

test('what is thrown and no error has no name', () => {
  expect([nameOf(new TypeError('x')), nameOf('canary'), nameOf(undefined)]).toEqual(['TypeError', 'unknown', 'unknown']);
});
