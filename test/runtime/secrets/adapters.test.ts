import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import * as fc from 'fast-check';
import { callApiGateway, Key } from './harness/fake-api-gateway';
import { Call, clientOf, withDates } from './harness/service';
import { keyOf, NOW, SECRET_ARN } from './harness/world';
import { apiKey, ApiKeyOptions } from '../../../src/runtime/secrets/api-key';
import { readContent, writeContent } from '../../../src/runtime/secrets/versioned-content';
import { webhookSecret } from '../../../src/runtime/secrets/webhook-secret';
import { webhookSigningKey } from '../../../src/runtime/secrets/webhook-signing-key';
import { signatureHeaders } from '../../../src/runtime/webhooks/outbound/sign';
import { readSigningKey } from '../../../src/runtime/webhooks/signing-keys';

const DAY = 24 * 60 * 60 * 1000;

describe('content of a version', () => {
  test('is read back as written', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{1,20}$/), fc.string(), (credential, version) => {
      expect(readContent(writeContent('key', credential, version), 'key', /^[a-z]+$/, version)).toBe(credential);
    }));
  });

  test('of any other shape is refused, and not quoted', () => {
    const other = fc.oneof(fc.string(), fc.json(), fc.record({ key: fc.anything(), kid: fc.anything() }).map((value) => {
      try { return JSON.stringify(value); } catch { return ''; }
    }));
    fc.assert(fc.property(other, (content) => {
      expect(() => readContent(content, 'key', /^canary$/, 'v1')).toThrow(/^the version holds something that rotation did not make for it$/);
    }));
  });

  test.each([
    '{"key":"abc","kid":"v2"}', '{"key":"abc"}', '{"key":"abc","kid":"v1","more":1}', '{"key":"ABC","kid":"v1"}', '{"key":["abc"],"kid":"v1"}', 'null',
  ])('is not %s', (content) => {
    expect(() => readContent(content, 'key', /^[a-z]+$/, 'v1')).toThrow('did not make');
  });
});

describe('a webhook secret', () => {
  const adapter = webhookSecret(randomBytes);

  test('is 32 random bytes in base64, and names its version', async () => {
    const [one, other] = await Promise.all([adapter.issue('v1'), adapter.issue('v1')]);
    expect(JSON.parse(one)).toEqual({ secret: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/), kid: 'v1' });
    expect(one).not.toBe(other);
    await expect(adapter.activate('v1', one)).resolves.toBeUndefined();
    await expect(adapter.probe('v1', one)).resolves.toBeUndefined();
  });

  test('is known to no provider', async () => {
    expect(await adapter.list()).toEqual([]);
    expect(await adapter.revoke({ id: 'x', version: 'v1', createdAt: 0 })).toBe('waiting');
  });
});

describe('a signing key of webhooks', () => {
  const adapter = webhookSigningKey(randomBytes);
  const contentOf = (secret: string) => JSON.stringify({ secret, kid: 'v1' });

  test('is another one each time, names its version, and works', async () => {
    const [one, other] = await Promise.all([adapter.issue('v1'), adapter.issue('v1')]);
    expect(JSON.parse(one)).toEqual({ secret: expect.stringMatching(/^whsk_[A-Za-z0-9+/]{86}==$/), kid: 'v1' });
    expect(one).not.toBe(other);
    await expect(adapter.activate('v1', one)).resolves.toBeUndefined();
    await expect(adapter.probe('v1', one)).resolves.toBeUndefined();
  });

  test('has the public key of RFC 8032, 7.1, test 1', async () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const publicKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
    expect(await webhookSigningKey(() => seed).issue('v1')).toBe(contentOf(`whsk_${Buffer.concat([seed, publicKey]).toString('base64')}`));
  });

  test('signs what a receiver verifies that was told the last 32 bytes', async () => {
    const content = await adapter.issue('v1');
    const x = Buffer.from((JSON.parse(content) as { secret: string }).secret.slice('whsk_'.length), 'base64').subarray(32).toString('base64url');
    const { 'webhook-signature': signature } = signatureHeaders('msg_1', Buffer.from('{}'), [readSigningKey(content)], 1);
    const receiver = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, Buffer.from('msg_1.1.{}'), receiver, Buffer.from(signature.slice('v1a,'.length), 'base64'))).toBe(true);
  });

  test.each([
    ['halves of two keys', Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2)])], ['a seed alone', Buffer.alloc(32, 1)],
    ['a public half that is no point', Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 0xff)])],
  ])('is not %s', async (_what, bytes) => {
    await expect(adapter.probe('v1', contentOf(`whsk_${bytes.toString('base64')}`))).rejects.toThrow('did not make');
    await expect(adapter.activate('v1', contentOf(`whsk_${bytes.toString('base64')}`))).rejects.toThrow('did not make');
  });

  test('is known to no provider', async () => {
    expect(await adapter.list()).toEqual([]);
    expect(await adapter.revoke({ id: 'x', version: 'v1', createdAt: 0 })).toBe('waiting');
  });
});

describe('an API key', () => {
  let keys: Key[];
  let calls: Call[];
  let pauses: number;
  let before: (call: Call) => unknown;

  beforeEach(() => {
    keys = [];
    calls = [];
    pauses = 0;
    before = () => undefined;
  });

  const adapter = (changes: Partial<ApiKeyOptions> = {}) => apiKey({
    secretArn: SECRET_ARN,
    usagePlanIds: ['plan01', 'plan02'],
    client: clientOf<APIGatewayClient>(async (call) => {
      calls.push(call);
      return withDates(before(call) ?? callApiGateway(keys, call.operation, call.input, NOW));
    }),
    randomBytes: (size) => Buffer.alloc(size, 0xa1),
    now: () => NOW,
    pause: async () => void pauses++,
    looks: 3,
    ...changes,
  });

  const issued = () => adapter().issue('v1');

  test('has 64 letters and digits, and names its version', async () => {
    expect(JSON.parse(await issued())).toEqual({ apiKey: 'a1'.repeat(32), kid: 'v1' });
  });

  test('is made enabled, with an id that is not its value, tags and a name that bind it, and is added to every plan', async () => {
    await adapter().activate('v1', await issued());
    expect(calls.map(({ operation }) => operation)).toEqual(['GetApiKeys', 'CreateApiKey', 'CreateUsagePlanKey', 'CreateUsagePlanKey']);
    expect(calls[1].input).toMatchObject({ enabled: true, generateDistinctId: true, name: 'partner/acme-AbCdEf/v1' });
    expect(calls[0].input).toMatchObject({ nameQuery: 'partner/acme-AbCdEf/', includeValues: false });
    expect(keys).toEqual([keyOf('v1', 1, { id: 'k0', created: NOW, updated: NOW, plans: ['plan01', 'plan02'] })]);
  });

  test('that exists is completed, not made again, whatever page of the listing it is on', async () => {
    keys = [keyOf('a', 2), keyOf('b', 3), keyOf('v1', 1, { plans: ['plan01'] })];
    await adapter().activate('v1', await issued());
    expect(keys).toHaveLength(3);
    expect(keys[2].plans).toEqual(['plan01', 'plan02']);
  });

  test('whose value is a key of somebody else is refused', async () => {
    keys = [keyOf('v1', 1, { tags: {} })];
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ reason: 'key-not-found' });
    expect(pauses).toBe(2);
  });

  test('is not made from content of another version', async () => {
    await expect(adapter().activate('v2', await issued())).rejects.toMatchObject({ reason: 'unknown-content' });
    await expect(adapter().probe('v2', await issued())).rejects.toMatchObject({ reason: 'unknown-content' });
    expect(calls).toEqual([]);
  });

  test('passes the probe once it is there, enabled and in every plan', async () => {
    let looks = 0;
    before = ({ operation }) => {
      if (operation === 'GetApiKeys' && ++looks === 2) keys = [keyOf('v1', 1, { plans: ['plan01'] })];
      if (operation === 'GetApiKeys' && looks === 3) keys[0].plans = ['plan01', 'plan02'];
    };
    await adapter().probe('v1', await issued());
    expect(pauses).toBe(2);
  });

  test.each<[string, Partial<Key>]>([['disabled', { enabled: false }], ['in no plan', { plans: [] }]])('that is %s fails the probe', async (_name, changes) => {
    keys = [keyOf('v1', 1, { plans: ['plan01', 'plan02'], ...changes })];
    await expect(adapter().probe('v1', await issued())).rejects.toMatchObject({ reason: 'key-not-usable' });
  });

  test('is listed only with an id, the tags of this secret and a version, and is never old without a date', async () => {
    const tags = keyOf('v1', 1).tags;
    before = () => ({ items: [{ id: 'a', tags }, { tags }, { id: 'c' }, { id: 'd', tags: { ...tags, 'cdk-secure-integrations:secret': 'arn:other' } }] });
    expect(await adapter().list()).toEqual([{ id: 'a', version: 'v1', createdAt: Infinity, updatedAt: Infinity, enabled: false }]);
    before = () => ({});
    expect(await adapter().list()).toEqual([]);
  });

  test('is disabled, kept for a day, then deleted; and may be gone already', async () => {
    const found = { id: 'k1', version: 'v1', createdAt: NOW - DAY, updatedAt: NOW - DAY, enabled: true };
    keys = [keyOf('v1', 1)];
    expect(await adapter().revoke(found)).toBe('disabled');
    expect(keys[0].enabled).toBe(false);
    expect(await adapter().revoke({ ...found, enabled: false, updatedAt: NOW - DAY + 1 })).toBe('waiting');
    expect(await adapter().revoke({ ...found, enabled: false })).toBe('deleted');
    expect(keys).toEqual([]);
    expect(await adapter().revoke({ ...found, enabled: false })).toBe('deleted');
    expect(await adapter().revoke(found)).toBe('disabled');
  });

  test('fails with what API Gateway fails with', async () => {
    before = ({ operation }) => {
      if (operation === 'CreateApiKey') throw Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
    };
    await expect(adapter().activate('v1', await issued())).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});
