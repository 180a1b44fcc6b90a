import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { CRM_CREDENTIALS, CrmServer } from './crm-cloud';
import { secretOfCredentials } from './introspection-cloud';
import { Answers, readAnswer } from '../../src/runtime/secrets/third-party-contract';

const BUNDLE = join(__dirname, '../../examples/partner-credentials/assets/crm-keys/index.js');
const about = { secretName: 'Crm Key & more', version: 'v1' };

let crm: CrmServer;
let bundle: RunningBundle;
let secret: string;

beforeEach(async () => {
  secret = JSON.stringify(CRM_CREDENTIALS);
  crm = await CrmServer.start();
  bundle = await RunningBundle.start(BUNDLE, { ...crm.variables, SECRET_ARN: 'arn:crm' }, secretOfCredentials(() => secret));
});

afterEach(async () => {
  await bundle.stop();
  await crm.stop();
});

/** The adapter's answer, as the function that rotates reads it. */
async function ask<A extends keyof Answers>(action: A, more: object = {}): Promise<Answers[A]> {
  return readAnswer(action, JSON.stringify(await bundle.invoke({ action, ...about, ...more })));
}

test('the adapter answers as agreed, from the making of a key to its end', async () => {
  const { id, credential } = await ask('issue');
  expect(await ask('probe', { id, credential })).toEqual({ works: false });
  await ask('activate', { id, credential });
  await ask('activate', { id, credential });
  expect(await ask('probe', { id, credential })).toEqual({ works: true });
  expect((await ask('list')).issued).toMatchObject([{ id, version: 'v1' }]);

  expect(await ask('revoke', { id })).toEqual({ became: 'disabled' });
  expect(await ask('revoke', { id })).toEqual({ became: 'waiting' });
  expect(await ask('probe', { id, credential })).toEqual({ works: false });
  crm.passDays(id);
  expect(await ask('revoke', { id })).toEqual({ became: 'deleted' });
  expect(await ask('revoke', { id })).toEqual({ became: 'deleted' });
  expect((await ask('list')).issued).toEqual([]);
});

test('the adapter fails without a value where the CRM does not let it in, and reads its credentials anew', async () => {
  secret = JSON.stringify({ ...CRM_CREDENTIALS, clientSecret: 'previous-secret' });
  await expect(ask('issue')).rejects.toMatchObject({ name: 'Unanswered', message: 'token was answered with 400' });
  secret = JSON.stringify(CRM_CREDENTIALS);
  const { id, credential } = await ask('issue');
  await expect(ask('activate', { id: 'gone', credential })).rejects.toMatchObject({ message: 'keys was answered with 404' });
  expect(id).toBe('key-1');
  expect(bundle.log.join()).not.toMatch(/secret|value-of|example/);
});

test.each(['{"placeholder":"of-the-deployment"}', 'no JSON, of-the-deployment', 'null'])('the adapter says nothing of a secret without credentials: %s', async (text) => {
  secret = text;
  const error = await ask('issue').catch((thrown: Error) => thrown) as Error;
  expect(`${error.name}: ${error.message}`).toBe('NoCredentials: ');
  expect(bundle.log.join()).not.toContain('of-the-deployment');
});
