import { createHash, randomBytes } from 'node:crypto';
import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { callTable, Item } from './harness/fake-table';
import { Call, clientOf, ServiceError, withDates } from './harness/service';
import {
  BEARER_HOLDER, callKms, CHEAP, holderOf, isLetIn, KEY_PREFIX, MAC_KEY_ARN, meteringKey, PLAN_KEY, PLAN_KEY_ID, rowOf,
  StoredStrategy, TABLE_NAME, USER_NAME,
} from './harness/stored-credentials';
import { bytesOf, DAY, NOW, SECRET_ARN } from './harness/world';
import { tryReadBearerKey } from '../../../src/runtime/api/bearer-key';
import type { Adapter } from '../../../src/runtime/secrets/adapter';
import { CredentialRow, tryRowOf } from '../../../src/runtime/secrets/credential-row';
import { sftpPassword } from '../../../src/runtime/secrets/sftp-password';
import { storedBearerKey } from '../../../src/runtime/secrets/stored-bearer-key';
import { storedCredential } from '../../../src/runtime/secrets/stored-credential';

const OTHER_SECRET = SECRET_ARN.replace('acme', 'other');

let rows: Item[];
let calls: Call[];
let before: (call: Call) => unknown;

beforeEach(() => {
  rows = [];
  calls = [];
  before = () => undefined;
});

function adapterOf(strategy: StoredStrategy, secretArn = SECRET_ARN, bytes = bytesOf(1)): Adapter<CredentialRow> {
  const answer = async (call: Call) => {
    calls.push(call);
    return withDates(before(call) ?? answerOf(call));
  };
  const table = { secretArn, tableName: TABLE_NAME, holder: holderOf(strategy), client: clientOf<DynamoDBClient>(answer), now: () => NOW };
  if (strategy === 'sftp-password') return storedCredential({ ...table, kind: sftpPassword({ userName: USER_NAME, randomBytes: bytes, cost: CHEAP }) });
  const clients = { kms: clientOf<KMSClient>(answer), gateway: clientOf<APIGatewayClient>(answer) };
  const key = { holder: BEARER_HOLDER, prefix: KEY_PREFIX, macKeyArn: MAC_KEY_ARN, planKeyId: PLAN_KEY_ID, randomBytes: bytes };
  return storedCredential({ ...table, kind: storedBearerKey({ ...key, ...clients }) });
}

function answerOf({ operation, input }: Call): unknown {
  if (operation === 'GetApiKey') return meteringKey(input.apiKey);
  return operation === 'GenerateMac' ? callKms(operation, input) : callTable(rows, operation, input);
}

describe.each<StoredStrategy>(['bearer-key', 'sftp-password'])('%s', (strategy) => {
  const adapter = () => adapterOf(strategy);
  const issued = () => adapter().issue('v1');
  const row = (version = 'v1', nonce = 1, changes: Item = {}): Item => ({ ...rowOf(strategy, SECRET_ARN, version, bytesOf(nonce), NOW - DAY), ...changes });

  test('is let in by the row that an activation writes', async () => {
    const content = await issued();
    expect(isLetIn(rows, content)).toBe(false);
    await adapter().activate('v1', content);
    expect(rows).toEqual([rowOf(strategy, SECRET_ARN, 'v1', bytesOf(1), NOW)]);
    expect(isLetIn(rows, content)).toBe(true);
    await expect(adapter().probe('v1', content)).resolves.toBeUndefined();
  });

  test('is random, and different for each version', async () => {
    const random = adapterOf(strategy, SECRET_ARN, randomBytes);
    const contents = await Promise.all(['v1', 'v1', 'v2'].map((version) => random.issue(version)));
    expect(new Set(contents).size).toBe(3);
    for (const content of contents) await random.activate(JSON.parse(content).kid, content).catch(() => undefined);
    expect(rows).toHaveLength(2);
  });

  test('keeps the row that it has when it is activated again, by another invocation or later', async () => {
    rows = [row('v1', 1)];
    const first = JSON.stringify(rows);
    await adapter().activate('v1', await issued());
    expect(JSON.stringify(rows)).toBe(first);
  });

  test.each<[string, Item, string]>([
    ['vouches for another credential', { verifier: rowOf(strategy, SECRET_ARN, 'v1', bytesOf(2), NOW).verifier }, 'credential-not-genuine'],
    ['belongs to another version', { version: { S: 'v9' } }, 'credential-taken'],
    ['belongs to another secret', { secretArn: { S: OTHER_SECRET } }, 'credential-taken'],
    ['is disabled', { disabledAt: { N: String(NOW) } }, 'credential-disabled'],
    ['is disabled, at no time that could be told', { disabledAt: { S: 'yesterday' } }, 'credential-disabled'],
    ['lacks a verifier', { verifier: {} }, 'credential-not-stored'],
  ])('is neither activated nor passes the probe by a row that %s', async (_name, changes, reason) => {
    rows = [row('v1', 1, changes)];
    const untouched = JSON.stringify(rows);
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ reason });
    await expect(adapter().probe('v1', await issued())).rejects.toMatchObject({ reason });
    expect(JSON.stringify(rows)).toBe(untouched);
  });

  test('does not pass the probe without a row', async () => {
    await expect(adapter().probe('v1', await issued())).rejects.toMatchObject({ reason: 'credential-not-stored' });
  });

  test('is not taken from content of another version, or of another kind', async () => {
    const strange = [await adapter().issue('v2'), '{"placeholder":"x"}', '', JSON.stringify({ ...JSON.parse(await issued()), more: 1 })];
    for (const content of strange) {
      await expect(adapter().activate('v1', content)).rejects.toMatchObject({ reason: 'unknown-content' });
      await expect(adapter().probe('v1', content)).rejects.toMatchObject({ reason: 'unknown-content' });
    }
    expect(calls).toEqual([]);
  });

  test('is listed on whatever page, and only if it is of this secret and of this holder', async () => {
    rows = ['a', 'b', 'c', 'd'].map((version) => row(version, 1));
    rows.push({ ...row('e'), secretArn: { S: OTHER_SECRET } }, { ...row('f'), holder: { S: 'somebody' } }, { ...row('g'), version: {} });
    rows.sort((one, other) => one.credential.S! < other.credential.S! ? -1 : 1);
    const listed = await adapter().list();
    expect(listed.map(({ version }) => version).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(listed[0]).toMatchObject({ secretArn: SECRET_ARN, createdAt: NOW - DAY });
  });

  test('is not listed by an answer without items', async () => {
    before = () => ({});
    expect(await adapter().list()).toEqual([]);
  });

  test('is disabled, kept for a day, then deleted', async () => {
    rows = [row()];
    const look = async () => (await adapter().list())[0];
    expect(await adapter().revoke(await look())).toBe('disabled');
    expect(rows[0].disabledAt).toEqual({ N: String(NOW) });
    rows[0].disabledAt = { N: String(NOW - DAY + 1) };
    expect(await adapter().revoke(await look())).toBe('waiting');
    rows[0].disabledAt = { N: String(NOW - DAY) };
    expect(await adapter().revoke(await look())).toBe('deleted');
    expect(rows).toEqual([]);
  });

  test('is revoked only as it was looked at: what was changed, or is gone, is left to the next run', async () => {
    rows = [row()];
    const [enabled] = await adapter().list();
    rows[0].disabledAt = { N: String(NOW - DAY) };
    const [disabled] = await adapter().list();
    expect(await adapter().revoke(enabled)).toBe('waiting');
    delete rows[0].disabledAt; // somebody enabled it again
    expect(await adapter().revoke(disabled)).toBe('waiting');
    expect(rows).toHaveLength(1);
    rows.length = 0;
    expect([await adapter().revoke(enabled), await adapter().revoke(disabled)]).toEqual(['waiting', 'waiting']);
    expect(rows).toEqual([]);
  });

  test('fails with what DynamoDB fails with', async () => {
    before = ({ operation }) => {
      if (operation === 'PutItem' || operation === 'UpdateItem') throw new ServiceError('ProvisionedThroughputExceededException');
    };
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    await expect(adapter().revoke(tryRowOf(row() as never)!)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });
});

describe('a bearer key', () => {
  const adapter = () => adapterOf('bearer-key');
  const issued = () => adapter().issue('v1');

  test('says whose it is, and which of its holder\'s keys it is', async () => {
    const { key, kid } = JSON.parse(await issued());
    const credential = createHash('sha256').update(`${SECRET_ARN}\nv1`).digest('hex').slice(0, 10);
    expect(tryReadBearerKey(key)).toEqual({ prefix: KEY_PREFIX, holder: BEARER_HOLDER, credential, secret: 'a1'.repeat(32) });
    expect(kid).toBe('v1');
  });

  test('of another prefix, holder or credential is refused without a call', async () => {
    for (const [from, to] of [[KEY_PREFIX, 'bearerkez'], [BEARER_HOLDER, '0000000000']]) {
      const { key } = JSON.parse(await issued());
      const body = String(key).slice(0, -8).replace(from, to);
      const other = body + createHash('sha256').update(body).digest('hex').slice(0, 8);
      expect(tryReadBearerKey(other)).toBeDefined();
      await expect(adapter().probe('v1', JSON.stringify({ key: other, kid: 'v1' }))).rejects.toMatchObject({ reason: 'unknown-content' });
    }
    const ofOtherSecret = await adapterOf('bearer-key', OTHER_SECRET).issue('v1');
    await expect(adapter().activate('v1', ofOtherSecret)).rejects.toMatchObject({ reason: 'unknown-content' });
    await expect(adapter().activate('v1', '{"key":"acme","kid":"v1"}')).rejects.toMatchObject({ reason: 'unknown-content' });
    expect(calls).toEqual([]);
  });

  test('is sent to KMS without its checksum, and to nobody else', async () => {
    const content = await issued();
    await adapter().activate('v1', content);
    expect(calls.map(({ operation }) => operation)).toEqual(['GenerateMac', 'GetApiKey', 'PutItem']);
    expect(calls[0].input).toMatchObject({ KeyId: MAC_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256' });
    const { key } = JSON.parse(content);
    expect(Buffer.from(String(calls[0].input.Message), 'base64').toString()).toBe(String(key).slice(0, -8));
    expect(calls[1].input).toEqual({ apiKey: PLAN_KEY_ID, includeValue: true });
    expect(JSON.stringify(calls.slice(1))).not.toContain('a1'.repeat(32));
  });

  test.each<[string, object, string]>([
    ['was replaced', { value: 'another', enabled: true }, 'metering-key-replaced'],
    ['is disabled', { value: PLAN_KEY, enabled: false }, 'metering-key-unusable'],
    ['has no value', { enabled: true }, 'metering-key-unusable'],
  ])('does not pass the probe when the metering key %s', async (_name, answer, reason) => {
    const content = await issued();
    await adapter().activate('v1', content);
    before = ({ operation }) => operation === 'GetApiKey' ? answer : undefined;
    await expect(adapter().probe('v1', content)).rejects.toMatchObject({ reason });
  });

  test('is not stored without a MAC, nor without a metering key', async () => {
    before = ({ operation }) => operation === 'GenerateMac' ? { KeyId: MAC_KEY_ARN } : undefined;
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ reason: 'no-mac' });
    before = ({ operation }) => operation === 'GetApiKey' ? { value: PLAN_KEY, enabled: false } : undefined;
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ reason: 'metering-key-unusable' });
    expect(rows).toEqual([]);
  });

  test('does not pass the probe with a verifier of another length', async () => {
    const content = await issued();
    await adapter().activate('v1', content);
    rows[0].verifier = { S: 'AAAA' };
    await expect(adapter().probe('v1', content)).rejects.toMatchObject({ reason: 'credential-not-genuine' });
  });
});

describe('the password of an SFTP user', () => {
  const adapter = () => adapterOf('sftp-password');

  test('stands beside the name of the user', async () => {
    expect(JSON.parse(await adapter().issue('v1'))).toEqual({ username: USER_NAME, password: expect.stringMatching(/^[\w.~-]{40}$/), kid: 'v1' });
  });

  test('of another user is refused without a call', async () => {
    const { password } = JSON.parse(await adapter().issue('v1'));
    await expect(adapter().activate('v1', JSON.stringify({ username: 'other', password, kid: 'v1' }))).rejects.toMatchObject({ reason: 'unknown-content' });
    await expect(adapter().probe('v1', JSON.stringify({ username: USER_NAME, password: 'chosen', kid: 'v1' }))).rejects.toMatchObject({ reason: 'unknown-content' });
    expect(calls).toEqual([]);
  });

  test('has a verifier of its own salt, and is nowhere in a call', async () => {
    const content = await adapterOf('sftp-password', SECRET_ARN, randomBytes).issue('v1');
    const { password } = JSON.parse(content);
    const verifiers = new Set<string>();
    for (let time = 0; time < 3; time++) {
      rows = [];
      await adapterOf('sftp-password', SECRET_ARN, randomBytes).activate('v1', content);
      verifiers.add(rows[0].verifier.S!);
    }
    expect(verifiers.size).toBe(3);
    expect(JSON.stringify(calls)).not.toContain(password);
  });

  test('whose verifier asks for too much is not computed', async () => {
    const content = await adapter().issue('v1');
    await adapter().activate('v1', content);
    rows[0].verifier = { S: rows[0].verifier.S!.replace('$1$1$1$', '$20$8$1$') };
    await expect(adapter().probe('v1', content)).rejects.toMatchObject({ reason: 'costly-verifier' });
  });
});

test('a row without a date counts as new, so that it is never old', () => {
  const { createdAt, ...undated } = rowOf('sftp-password', SECRET_ARN, 'v1', bytesOf(1), NOW);
  expect(tryRowOf({ ...undated } as never)).toMatchObject({ createdAt: Infinity });
  expect(tryRowOf({ ...undated, createdAt, disabledAt: { N: 'soon' } } as never)).toMatchObject({ createdAt: NOW, disabledAt: Infinity });
});
