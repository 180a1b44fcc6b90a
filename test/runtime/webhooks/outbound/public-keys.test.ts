import { ARN, CloudError, secretOf } from './cloud';
import { newMessage, Scene } from './scene';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { EndpointTable } from '../../../../src/runtime/webhooks/outbound/endpoint-table';
import { KeyStore } from '../../../../src/runtime/webhooks/outbound/key-store';
import { publicKeysTeller, PublicKeysRequest } from '../../../../src/runtime/webhooks/outbound/public-keys';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../../src/runtime/webhooks/verify';
import { signingKeyFrom } from '../../secrets/harness/key-pairs';

const OF_ACME = { endpoint: 'ep_1', tenant: 'acme' };

let scene: Scene;
beforeEach(() => { scene = new Scene(); });
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|whsk_|a2tra/));

const ask = (request: unknown = OF_ACME) => publicKeysTeller({
  endpoints: new EndpointTable(scene.cloud.client, 'endpoints'),
  keys: new KeyStore(scene.cloud.client),
  now: () => scene.now,
  log: (entry) => void scene.log.push(entry),
})(request as PublicKeysRequest);

const contentOf = (letter: string) => JSON.stringify({ secret: signingKeyFrom(Buffer.alloc(32, letter)), kid: letter });

test('a receiver that was told either public key takes what is sent, and learns nothing to sign by', async () => {
  scene.cloud.secrets.set(`${ARN} AWSCURRENT`, contentOf('n'));
  scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, contentOf('p'));
  const result = await ask();
  if (result.outcome !== 'told') throw new Error('it was refused');
  expect(result).toEqual({ outcome: 'told', publicKeys: [expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/), expect.stringMatching(/^whpk_/)] });
  expect(scene.log).toEqual([{ outcome: 'told', endpoint: 'ep_1' }]);

  await scene.send(newMessage('msg_1'));
  const [{ headers, body }] = scene.posted;
  const delivery = { method: 'POST', url: 'https://hooks.customer.com/in', headers: Object.entries(headers), body };
  for (const key of result.publicKeys) {
    expect(verify(delivery, parseScheme({ preset: 'standard-webhooks' }), readKeys(key, 'standard-webhooks'), scene.now / 1000).outcome).toBe('genuine');
  }
});

test('of a secret that both sides have nothing is told', async () => {
  scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, secretOf('p'));
  expect(await ask()).toEqual({ outcome: 'told', publicKeys: [] });
});

test.each([{ tenant: 'other' }, { endpoint: 'ep_9' }])('of %j there is no endpoint, and no secret is read', async (others) => {
  expect(await ask({ ...OF_ACME, ...others })).toEqual({ outcome: 'refused', reason: 'unknown-endpoint' });
  expect([scene.cloud.calls, scene.log]).toEqual([['GetItem'], [{ outcome: 'refused', reason: 'unknown-endpoint', endpoint: (others.endpoint ?? 'ep_1') }]]);
});

test('while secrets cannot be read, it throws', async () => {
  scene.cloud.disturb = (operation) => { if (operation === 'GetSecretValue') throw new CloudError('InternalServiceError'); };
  await expect(ask()).rejects.toMatchObject({ name: 'InternalServiceError' });
});

test.each([[null], [{}], [{ endpoint: 'ep_1' }], [{ tenant: 'acme' }], [{ ...OF_ACME, endpoint: 'a.b' }], [{ ...OF_ACME, tenant: '' }], [{ ...OF_ACME, all: true }]])('of %j is no request', async (request) => {
  await expect(ask(request)).rejects.toThrow('a request must be');
  expect(scene.cloud.calls).toEqual([]);
});
