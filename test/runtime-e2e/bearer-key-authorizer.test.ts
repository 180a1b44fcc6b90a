import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { exerciseBearerKeyAuthorizer, keyCloud, present, serveKeys } from './bearer-keys';
import { RunningBundle } from './bundle';
import { writeBearerKey } from '../../src/runtime/api/bearer-key';
import { KeyService, PLAN_KEY } from '../runtime/api/key-service';
import { ENDLESS, KEY, keyEvent, keyLike, MAC_KEY_ARN, SECRET, TABLE_NAME } from '../runtime/api/key-world';

const BUNDLE = join(__dirname, '../../assets/api/bearer-key-authorizer/index.js');
const ENVIRONMENT = { TABLE_NAME, MAC_KEY_ARN, KEY_PREFIX: 'acme' };

let service: KeyService;
let bundle: RunningBundle;

beforeEach(async () => {
  service = new KeyService();
  service.store(KEY);
  bundle = await RunningBundle.start(BUNDLE, ENVIRONMENT, serveKeys(service));
});

afterEach(async () => {
  await bundle.stop();
  for (const secret of [SECRET, PLAN_KEY, 'CANARY', 'example-secret']) expect(bundle.log.join('\n')).not.toContain(secret);
});

function reasons(): string[] {
  return bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: { reason: string } }).message.reason);
}

test('a key that works passes by one read and one check, and names its consumer and whom to count', async () => {
  expect(await bundle.invoke(keyEvent(`Bearer ${writeBearerKey(KEY)}`, { consumer: ENDLESS }))).toMatchObject({
    principalId: 'acme',
    context: { consumer: 'acme', keyId: KEY.credential, scope: 'orders:read orders:write' },
    usageIdentifierKey: PLAN_KEY,
  });
  expect(bundle.seen.map(({ headers }) => headers['x-amz-target'])).toEqual(['DynamoDB_20120810.GetItem', 'TrentService.VerifyMac']);
  expect(JSON.parse(bundle.seen[0].body)).toMatchObject({ TableName: TABLE_NAME, ConsistentRead: true });
  expect(JSON.parse(bundle.seen[1].body)).toMatchObject({ KeyId: MAC_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256' });
  expect(reasons()).toEqual([]);
});

test.each([
  ['of no consumer', 'unknown-consumer', keyLike({ holder: 'ffffffffff' })],
  ['that is not stored', 'unknown-key', keyLike({ credential: 'ffffffffff' })],
  ['with a wrong secret', 'wrong-secret', keyLike({ secret: 'f'.repeat(64) })],
  ['with another prefix', 'malformed-key', keyLike({ prefix: 'other' })],
])('a key %s is refused with the word that API Gateway turns into 401', async (_name, reason, key) => {
  expect(await present(bundle, key, { consumer: ENDLESS })).toBe('Unauthorized');
  expect(reasons()).toEqual([reason]);
  expect(bundle.log.join('\n')).not.toContain(key.secret);
});

test('a key that was disabled is refused at once', async () => {
  expect(await present(bundle, KEY, { consumer: ENDLESS })).toBe('Allow');
  service.store(KEY, { disabledAt: { N: String(Date.now()) } });
  expect(await present(bundle, KEY, { consumer: ENDLESS })).toBe('Unauthorized');
  expect(reasons()).toEqual(['disabled-key']);
});

test('a consumer that may not call now, from there or this is denied', async () => {
  expect(await present(bundle, KEY, { consumer: `${ENDLESS}&suspended=true` })).toBe('Deny');
  expect(await present(bundle, KEY, { consumer: ENDLESS.replace('&scopes', '&until=2026-01-01&scopes') })).toBe('Deny');
  expect(await present(bundle, KEY, { consumer: ENDLESS, sourceIp: '198.51.100.1' })).toBe('Deny');
  expect(await present(bundle, KEY, { consumer: ENDLESS, scopes: 'orders:admin' })).toBe('Deny');
  expect(reasons()).toEqual(['consumer-suspended', 'consumer-expired', 'consumer-address', 'missing-scope']);
});

test.each(['GetItem', 'VerifyMac'])('while AWS refuses %s nothing is allowed, and keys are not called unauthorized', async (operation) => {
  service.failures.set(operation, { error: 'AccessDeniedException', message: `CANARY ${SECRET}` });
  expect(await present(bundle, KEY, { consumer: ENDLESS })).toBe('the key could not be judged: AccessDeniedException');
  expect(reasons()).toEqual(['AccessDeniedException']);
});

test('an AWS that accepts and never answers ends in an error before the function would be stopped', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  await bundle.stop();
  bundle = await RunningBundle.start(BUNDLE, { ...ENVIRONMENT, AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  const asked = Date.now();
  expect(await present(bundle, KEY, { consumer: ENDLESS })).toBe('the key could not be judged: TimeoutError');
  expect(Date.now() - asked).toBeLessThan(3500);
  silent.close();
});

test('with a wrong configuration the function does not start', async () => {
  await bundle.stop();
  bundle = await RunningBundle.start(BUNDLE, { ...ENVIRONMENT, MAC_KEY_ARN: 'alias/keys' });
  expect(await present(bundle, KEY)).toBe('the process has ended');
  expect(bundle.log.join('')).toContain('MAC_KEY_ARN must be the ARN of a key');
});

test('what exercises the authorizer provokes each of its calls, whatever the prefix', async () => {
  await bundle.stop();
  bundle = await RunningBundle.start(BUNDLE, { ...ENVIRONMENT, KEY_PREFIX: 'shop' }, keyCloud('shop'));
  await exerciseBearerKeyAuthorizer(bundle, 'shop');
  expect(new Set(bundle.seen.map(({ headers }) => headers['x-amz-target']))).toEqual(new Set(['DynamoDB_20120810.GetItem', 'TrentService.VerifyMac']));
  await expect(exerciseBearerKeyAuthorizer(bundle, 'acme')).rejects.toThrow('must let in one key of three, and answered Unauthorized');
});
