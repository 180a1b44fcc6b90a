import * as fc from 'fast-check';
import { ARN, CloudError } from './cloud';
import { newMessage, Scene } from './scene';
import { publicAddresses } from '../../../../src/runtime/webhooks/outbound/address-policy';
import { EndpointRegister } from '../../../../src/runtime/webhooks/outbound/endpoint-register';
import { EndpointRequest } from '../../../../src/runtime/webhooks/outbound/endpoint-request';
import { registrar } from '../../../../src/runtime/webhooks/outbound/registrar';

const OTHER_ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:acme-GhIjKl';
const URL_TEXT = 'https://hooks.customer.com/CANARY';
const NEW = { action: 'register', endpoint: 'ep_2', tenant: 'acme', url: URL_TEXT, keySecretArn: ARN } as const;
const OF_ACME = { endpoint: 'ep_1', tenant: 'acme' } as const;
const DONE = { register: 'registered', change: 'changed', disable: 'disabled', enable: 'enabled' } as const;

let scene: Scene;
/** What names lead to. */
let resolve: (host: string) => Promise<readonly string[]>;

beforeEach(() => {
  scene = new Scene();
  resolve = async () => ['8.8.8.8', '2600::1'];
});
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|a2tra/));

function ask(request: object): Promise<unknown> {
  const handle = registrar({
    endpoints: new EndpointRegister(scene.cloud.client, 'endpoints'),
    resolve: (host) => resolve(host),
    isAllowed: publicAddresses(['52.94.0.0/16']),
    urls: { deniedDomains: ['corp.com'] },
    log: (entry) => void scene.log.push(entry),
  });
  return handle(request as EndpointRequest);
}

const row = (id = 'ep_1') => scene.cloud.endpoints.get(id);

describe('registering', () => {
  test('an endpoint has webhooks sent to it, and the log name it alone', async () => {
    expect(await ask({ ...NEW, headers: { 'X-B': '2', 'x-a': '1' } })).toEqual({ outcome: 'registered' });
    expect(scene.log).toEqual([{ outcome: 'registered', endpoint: 'ep_2' }]);
    expect(row('ep_2')).toEqual({
      endpoint: { S: 'ep_2' }, tenant: { S: 'acme' }, url: { S: URL_TEXT }, keySecretArn: { S: ARN }, headers: { M: { 'x-a': { S: '1' }, 'x-b': { S: '2' } } },
    });
    await scene.send(newMessage('msg_1', '{}', 'ep_2'));
    expect(scene.posted).toMatchObject([{ host: 'hooks.customer.com', headers: { 'x-a': '1', 'x-b': '2' } }]);
  });

  test('the same twice is one, which keeps its state', async () => {
    await ask({ ...NEW, headers: { 'x-b': '2', 'x-a': '1' } });
    await ask({ action: 'disable', endpoint: 'ep_2', tenant: 'acme' });
    expect(await ask({ ...NEW, headers: { 'x-a': '1', 'x-b': '2' } })).toEqual({ outcome: 'registered' });
    expect(row('ep_2')).toMatchObject({ disabledBecause: { S: 'requested' } });
  });

  test.each([
    { url: 'https://other.customer.com/' }, { tenant: 'other' }, { keySecretArn: OTHER_ARN }, { headers: { 'x-a': '1' } },
  ])('another one under its id, with %j, is refused and changes nothing', async (others) => {
    await ask(NEW);
    const before = { ...row('ep_2') };
    expect(await ask({ ...NEW, ...others })).toEqual({ outcome: 'refused', reason: 'endpoint-exists' });
    expect(row('ep_2')).toEqual(before);
  });
});

describe('changing', () => {
  test('what is given leaves the rest, and has the state of the sender count on', async () => {
    expect(await ask({ action: 'change', ...OF_ACME, url: 'https://new.customer.com/' })).toEqual({ outcome: 'changed' });
    expect(row()).toMatchObject({ url: { S: 'https://new.customer.com/' }, keySecretArn: { S: ARN }, revision: { N: '1' } });
    expect(await ask({ action: 'change', ...OF_ACME, keySecretArn: OTHER_ARN, headers: {} })).toEqual({ outcome: 'changed' });
    expect(row()).toMatchObject({ url: { S: 'https://new.customer.com/' }, keySecretArn: { S: OTHER_ARN }, headers: { M: {} }, revision: { N: '2' } });
  });

  test('the URL closes the circuit of the old one, and enables nothing', async () => {
    scene.outcome = { type: 'answered', status: 500 };
    for (let index = 0; index < 12; index++) await scene.send(newMessage(`msg_${index}`));
    expect(row()!.openUntil).toBeDefined();
    await ask({ action: 'change', ...OF_ACME, headers: {} });
    expect(row()!.openUntil).toBeDefined();
    await ask({ action: 'disable', ...OF_ACME });
    await ask({ action: 'change', ...OF_ACME, url: 'https://new.customer.com/' });
    const { failures, failingSince, openUntil, disabledBecause } = row()!;
    expect([failures, failingSince, openUntil, disabledBecause]).toEqual([{ N: '0' }, undefined, undefined, { S: 'requested' }]);
  });

  test('headers alone asks for no address', async () => {
    resolve = async () => { throw new Error('asked'); };
    expect(await ask({ action: 'change', ...OF_ACME, headers: { 'x-a': '1' } })).toEqual({ outcome: 'changed' });
  });

  test('the URL during an attempt leaves the new one untouched by what the old one answers', async () => {
    scene.outcome = { type: 'answered', status: 410 };
    scene.meanwhile = () => ask({ action: 'change', ...OF_ACME, url: 'https://new.customer.com/' });
    await scene.send(newMessage('msg_1'));
    expect(row()).toMatchObject({ url: { S: 'https://new.customer.com/' } });
    expect(row()!.disabledBecause).toBeUndefined();
  });
});

describe('disabling and enabling', () => {
  test('has nothing sent until it is enabled again, whatever was asked for meanwhile', async () => {
    expect(await ask({ action: 'disable', ...OF_ACME })).toEqual({ outcome: 'disabled' });
    expect(await ask({ action: 'disable', ...OF_ACME })).toEqual({ outcome: 'disabled' });
    await scene.send(newMessage('msg_1'));
    expect([scene.posted, scene.cloud.delivery('msg_1')!.ending]).toEqual([[], { S: 'endpoint-disabled' }]);
    await expect(scene.replay({ endpoint: 'ep_1' })).rejects.toThrow('the endpoint is disabled');

    expect(await ask({ action: 'enable', ...OF_ACME })).toEqual({ outcome: 'enabled' });
    expect(await scene.replay({ endpoint: 'ep_1' })).toEqual({ replayed: 1 });
    await scene.drain();
    expect(scene.posted).toHaveLength(1);
  });

  test('during an attempt holds, whatever the endpoint answers', async () => {
    scene.meanwhile = () => ask({ action: 'disable', ...OF_ACME });
    scene.outcome = { type: 'answered', status: 500 };
    await scene.send(newMessage('msg_1'));
    expect(row()).toMatchObject({ disabledBecause: { S: 'requested' } });
  });

  test('again closes a circuit that is open', async () => {
    scene.outcome = { type: 'answered', status: 500 };
    for (let index = 0; index < 12; index++) await scene.send(newMessage(`msg_${index}`));
    expect(row()!.openUntil).toBeDefined();
    await ask({ action: 'enable', ...OF_ACME });
    expect(row()).toMatchObject({ failures: { N: '0' } });
    expect([row()!.openUntil, row()!.failingSince]).toEqual([undefined, undefined]);
  });
});

test.each(['change', 'disable', 'enable'])('to %s an endpoint of another tenant, or none, is refused alike, and changes nothing', async (action) => {
  const before = { ...row() };
  const asked = { action, ...OF_ACME, ...action === 'change' ? { headers: {} } : {} };
  expect(await ask({ ...asked, tenant: 'other' })).toEqual({ outcome: 'refused', reason: 'unknown-endpoint' });
  expect(await ask({ ...asked, endpoint: 'ep_9' })).toEqual({ outcome: 'refused', reason: 'unknown-endpoint' });
  expect([row(), row('ep_9')]).toEqual([before, undefined]);
});

describe('what a customer wrote', () => {
  test.each([
    ['http://hooks.customer.com/', 'url-not-https'], ['https://169.254.169.254/', 'host-is-address'], ['https://localhost/', 'host-not-public'], ['https://api.corp.com/', 'host-not-public'],
    ['https://hooks.customer.com:22/', 'port-not-allowed'], ['https://user:CANARY@hooks.customer.com/', 'url-with-userinfo'], ['', 'url-malformed'],
  ])('%p is refused: %s', async (url, reason) => {
    expect(await ask({ ...NEW, url })).toEqual({ outcome: 'refused', reason });
    expect(await ask({ action: 'change', ...OF_ACME, url })).toEqual({ outcome: 'refused', reason });
    expect(scene.cloud.calls).toEqual([]);
  });

  test.each([{ host: 'a' }, { 'x-forwarded-for': '127.0.0.1' }, { 'x-a': 'CANARY\r\nHost: b' }, { 'x-a': 1 }])('headers %j are refused', async (headers) => {
    expect(await ask({ ...NEW, headers })).toEqual({ outcome: 'refused', reason: 'header-not-allowed' });
    expect(await ask({ action: 'change', ...OF_ACME, headers })).toEqual({ outcome: 'refused', reason: 'header-not-allowed' });
    expect(scene.cloud.calls).toEqual([]);
  });

  test.each([[['127.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['::ffff:127.0.0.1']], [['52.94.1.1']], [[]]])('a name that leads to %j is refused as one that is reserved', async (addresses) => {
    resolve = async () => addresses;
    expect(await ask(NEW)).toEqual({ outcome: 'refused', reason: 'host-not-public' });
    resolve = async () => { throw Object.assign(new Error('CANARY'), { code: 'ENOTFOUND' }); };
    expect(await ask(NEW)).toEqual({ outcome: 'refused', reason: 'host-not-public' });
    expect(scene.log).toEqual(Array(2).fill({ outcome: 'refused', reason: 'host-not-public', endpoint: 'ep_2' }));
  });

  test('is not refused because the resolver fails: that throws', async () => {
    resolve = async () => { throw Object.assign(new Error('CANARY'), { code: 'EAI_AGAIN' }); };
    await expect(ask(NEW)).rejects.toThrow('the name of the endpoint could not be resolved; ask again');
    expect(scene.cloud.calls).toEqual([]);
  });
});

describe('a request', () => {
  test.each<[unknown]>([
    [undefined], [null], ['register'], [{}], [{ action: 'delete', ...OF_ACME }], [{ action: '__proto__', ...OF_ACME }], [{ action: 'disable' }], [{ action: 'disable', endpoint: 'ep_1' }],
    [{ action: 'disable', ...OF_ACME, url: URL_TEXT }], [{ action: 'change', ...OF_ACME }], [{ ...NEW, secret: 'CANARY' }], [{ ...NEW, url: undefined }], [{ ...NEW, url: 1 }],
    [{ ...NEW, endpoint: 'a.b' }], [{ ...NEW, endpoint: 1 }], [{ ...NEW, tenant: '' }], [{ ...NEW, tenant: 'acme corp' }], [{ ...NEW, headers: [] }], [{ ...NEW, headers: null }], [{ ...NEW, headers: 'x-a' }],
    [{ ...NEW, keySecretArn: 'whsec_CANARY' }], [{ ...NEW, keySecretArn: 'acme' }], [{ ...NEW, keySecretArn: ARN.slice(0, -7) }], [{ ...NEW, keySecretArn: ARN.replace('secretsmanager', 'ssm') }],
  ])('of %j is malformed; it is not quoted, and nothing is done', async (request) => {
    await expect(ask(request as object)).rejects.toThrow(/^the request is malformed: (?!.*CANARY)/);
    expect(scene.cloud.calls).toEqual([]);
  });

  test('whatever it is, is done, refused or malformed', async () => {
    const member = fc.oneof(fc.constantFrom('register', 'change', 'disable', 'enable', 'ep_1', 'acme', ARN, URL_TEXT), fc.anything());
    const members = { action: member, endpoint: member, tenant: member, url: member, keySecretArn: member, headers: member };
    const request = fc.oneof(fc.anything(), fc.record(members, { requiredKeys: [] }));
    await fc.assert(fc.asyncProperty(request, async (given) => {
      const result = await ask(given as object).catch((error: Error) => error.message);
      expect(typeof result === 'string' ? result : (result as { outcome: string }).outcome).toMatch(/^(?:the request is malformed: .*|refused|registered|changed|disabled|enabled)$/);
    }), { numRuns: 5000 });
  });
});

describe('where the table fails', () => {
  const requests: readonly EndpointRequest[] = [
    NEW, { action: 'change', ...OF_ACME, url: 'https://new.customer.com/' }, { action: 'disable', ...OF_ACME }, { action: 'enable', ...OF_ACME },
  ];

  test.each(requests)('before or after it wrote, asking again does what was asked: $action', async (request) => {
    for (const at of ['before', 'after']) {
      scene.cloud.disturb = (_operation, when) => { if (when === at) throw new CloudError('InternalServerError'); };
      await expect(ask(request)).rejects.toMatchObject({ name: 'InternalServerError' });
      scene.cloud.disturb = () => undefined;
      expect(await ask(request)).toEqual({ outcome: DONE[request.action] });
    }
  });
});
