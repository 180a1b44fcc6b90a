import { CloudError, secretOf } from './cloud';
import { newMessage, Scene, START } from './scene';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../../src/runtime/webhooks/verify';

const SCHEME = parseScheme({ preset: 'standard-webhooks' });
const SECOND = 1000;
const HOUR = 3_600_000;

let scene: Scene;
beforeEach(() => { scene = new Scene(); });
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|v1,|a2tra/));

/** What a receiver says of what was posted, at the time of the scene. */
function judged(index: number) {
  const { headers, body } = scene.posted[index];
  return verify({ method: 'POST', url: 'https://hooks.customer.com/in', headers: Object.entries(headers), body }, SCHEME, readKeys(secretOf('k'), 'standard-webhooks'), scene.now / 1000);
}

describe('a new message', () => {
  test('is stored, signed, sent and done', async () => {
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    expect(judged(0)).toMatchObject({ outcome: 'genuine', dedupeKey: 'id:msg_1' });
    expect(scene.posted[0]).toMatchObject({ host: 'hooks.customer.com', body: Buffer.from('{"a":"CANARY"}') });
    expect(Object.keys(scene.posted[0].headers)).toEqual(['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp', 'webhook-signature']);
    const { phase, ending, expires, dueAt, dueShard, claim, body } = scene.cloud.delivery('msg_1')!;
    expect([phase, ending, expires]).toEqual([{ S: 'delivered' }, { S: 'delivered' }, { N: String(START / 1000 + 30 * 86_400) }]);
    expect([dueAt, dueShard, claim, body]).toEqual([undefined, undefined, undefined, undefined]);
    expect(scene.log).toEqual([{ outcome: 'delivered', status: 200, endpoint: 'ep_1', message: 'msg_1', attempt: 1 }]);
  });

  test('that comes twice, now or when it was delivered, is sent once', async () => {
    await scene.send(newMessage('msg_1'), newMessage('msg_1'));
    await scene.send(newMessage('msg_1', '{"other":1}'));
    expect(scene.posted).toHaveLength(1);
    expect(scene.log.map(({ outcome }) => outcome)).toEqual(['superseded', 'delivered', 'superseded']);
  });

  test('for two endpoints is two deliveries', async () => {
    scene.cloud.addEndpoint('ep_2', { url: { S: 'https://other.com/' } });
    await scene.send(newMessage('msg_1'), newMessage('msg_1', '{}', 'ep_2'));
    expect(scene.posted.map(({ host }) => host).sort()).toEqual(['hooks.customer.com', 'other.com']);
  });

  test('has the headers that its endpoint asks for, and those of its signature whatever it asks for', async () => {
    scene.cloud.addEndpoint('ep_1', { headers: { M: { 'X-Tenant': { S: 'acme' } } } });
    await scene.send(newMessage('msg_1'));
    expect(scene.posted[0].headers).toMatchObject({ 'x-tenant': 'acme', 'webhook-id': 'msg_1' });
  });

  test.each([
    '', 'null', '[]', '{}', '"a"', newMessage('a.b'), newMessage('msg_1', 'a'.repeat(256 * 1024 + 1)), newMessage('msg_1', '', 'e/p'), '{"endpoint":"ep_1","message":"msg_1"}',
    '{"endpoint":"ep_1","message":"msg_1","attempt":1}', '{"endpoint":"ep_1","message":"msg_1","attempt":"0"}', '{"endpoint":"ep_1","message":"msg_1","attempt":"1","body":"CANARY"}',
    '{"endpoint":"ep_1","message":"msg_1","body":{"a":"CANARY"}}', '{"endpoint":"ep_1","message":"msg_1","body":"","url":"https://CANARY.com"}',
  ])('of %.60p is none, and ends in the queue\'s dead letters', async (body) => {
    expect(await scene.send(body, newMessage('msg_2'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect(scene.log).toContainEqual({ outcome: 'fault', reason: 'malformed-job' });
    expect(scene.posted).toHaveLength(1);
  });

  test('for nobody ends there, too', async () => {
    expect(await scene.send(newMessage('msg_1', '{}', 'ep_9'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect(scene.log).toEqual([{ outcome: 'fault', reason: 'UnknownEndpoint', endpoint: 'ep_9', message: 'msg_1', attempt: 1 }]);
  });

  test.each(['tenant', 'url', 'keySecretArn'])('for an endpoint without %s comes again, since somebody may repair it', async (name) => {
    scene.cloud.addEndpoint('ep_1', { [name]: { S: '' } });
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect(scene.log).toMatchObject([{ reason: 'UnusableEndpoint' }]);
  });
});

describe('a failure', () => {
  beforeEach(() => { scene.outcome = { type: 'answered', status: 500 }; });

  test('is tried again as the schedule says, with the same id and a new time', async () => {
    await scene.send(newMessage('msg_1'));
    await scene.pass(4 * SECOND);
    expect(scene.posted).toHaveLength(1);
    scene.outcome = { type: 'answered', status: 204 };
    await scene.pass(1 * SECOND);
    expect([judged(0), judged(1)]).toMatchObject([{ signedAtSeconds: START / 1000 }, { signedAtSeconds: START / 1000 + 5 }]);
    expect(scene.log.filter(({ outcome }) => outcome !== 'swept')).toMatchObject([{ outcome: 'retry', status: 500, attempt: 1 }, { outcome: 'delivered', attempt: 2 }]);
  });

  test('ends in a dead letter after ten attempts', async () => {
    await scene.send(newMessage('msg_1'));
    for (let hour = 0; hour < 24 * 7; hour++) await scene.pass(HOUR);
    expect(scene.posted).toHaveLength(10);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'dead' }, ending: { S: 'attempts-exhausted' }, attempt: { N: '10' } });
    expect(scene.log.filter(({ outcome }) => outcome === 'dead')).toEqual([{ outcome: 'dead', status: 500, reason: 'attempts-exhausted', endpoint: 'ep_1', message: 'msg_1', attempt: 10 }]);
  });

  test('of the connection tells why', async () => {
    scene.outcome = { type: 'failed', reason: 'address-refused' };
    await scene.send(newMessage('msg_1'));
    expect(scene.log).toMatchObject([{ outcome: 'retry', reason: 'address-refused' }]);
  });

  test('by 410 disables the endpoint, and what comes then is dead at once', async () => {
    scene.outcome = { type: 'answered', status: 410 };
    await scene.send(newMessage('msg_1'));
    await scene.send(newMessage('msg_2'));
    expect(scene.posted).toHaveLength(1);
    expect(scene.cloud.endpoints.get('ep_1')).toMatchObject({ disabledBecause: { S: 'gone' }, revision: { N: '1' } });
    expect(scene.log).toMatchObject([{ outcome: 'dead', status: 410, reason: 'gone', disabled: 'gone' }, { outcome: 'dead', reason: 'endpoint-disabled' }]);
    expect(scene.cloud.delivery('msg_2')).toMatchObject({ phase: { S: 'dead' }, ending: { S: 'endpoint-disabled' }, attempt: { N: '1' } });
  });
});

describe('an address or a header that must not be', () => {
  test.each([
    ['http://hooks.customer.com/', 'url-not-https'], ['https://127.0.0.1/', 'host-is-address'], ['https://localhost/', 'host-not-public'], ['https://hooks.customer.com:22/', 'port-not-allowed'],
  ])('%s is a dead letter: %s', async (url, reason) => {
    scene.cloud.addEndpoint('ep_1', { url: { S: url } });
    await scene.send(newMessage('msg_1'));
    expect([scene.posted, scene.log]).toEqual([[], [{ outcome: 'dead', reason, endpoint: 'ep_1', message: 'msg_1', attempt: 1 }]]);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ ending: { S: 'url-refused' } });
  });

  test.each([{ S: 'a\r\nHost: internal' }, { N: '1' }])('a header of %j, too', async (value) => {
    scene.cloud.addEndpoint('ep_1', { headers: { M: { 'x-a': value } } });
    await scene.send(newMessage('msg_1'));
    expect([scene.posted, scene.log]).toMatchObject([[], [{ reason: 'header-not-allowed' }]]);
  });
});

describe('a circuit', () => {
  /** Ten messages fail. */
  async function opened(): Promise<void> {
    scene.outcome = { type: 'answered', status: 500 };
    for (let index = 0; index < 10; index++) await scene.send(newMessage(`old_${index}`));
    scene.posted.length = 0;
    scene.log.length = 0;
  }

  test('that is open sends nothing, and costs no attempt', async () => {
    await opened();
    await scene.send(newMessage('msg_1'));
    expect([scene.posted, scene.log]).toMatchObject([[], [{ outcome: 'deferred', reason: 'circuit-open' }]]);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'waiting' }, attempt: { N: '1' }, dueAt: { N: String(START + 75 * SECOND) } });
  });

  test('is probed by one, and closes if that is taken', async () => {
    await opened();
    scene.now += 60 * SECOND;
    scene.outcome = { type: 'answered', status: 200 };
    await scene.send(newMessage('msg_1'), newMessage('msg_2'));
    expect(scene.posted).toHaveLength(1);
    expect(scene.log.map(({ outcome }) => outcome).sort()).toEqual(['deferred', 'delivered']);
    const { failures, openUntil, failingSince } = scene.cloud.endpoints.get('ep_1')!;
    expect([failures, openUntil, failingSince]).toEqual([{ N: '0' }, undefined, undefined]);
    await scene.pass(60 * SECOND);
    expect(scene.posted.length).toBeGreaterThan(2);
  });

  test('opens again if the probe fails', async () => {
    await opened();
    scene.now += 60 * SECOND;
    await scene.send(newMessage('msg_1'));
    expect(scene.cloud.endpoints.get('ep_1')).toMatchObject({ failures: { N: '11' }, openUntil: { N: String(scene.now + 120 * SECOND) } });
  });

  test('in the end disables an endpoint that never comes back, and all that waits is dead', async () => {
    await opened();
    for (let hour = 0; hour < 24 * 6; hour++) await scene.pass(HOUR);
    expect(scene.cloud.endpoints.get('ep_1')).toMatchObject({ disabledBecause: { S: 'failing' } });
    expect(scene.log.flatMap(({ disabled }) => disabled ?? [])).toEqual(['failing']);
    expect([...scene.cloud.deliveries.values()].map(({ phase }) => phase.S)).toEqual(Array(10).fill('dead'));
  });

  test('whose endpoint is deleted meanwhile is nobody\'s', async () => {
    scene.outcome = () => { scene.cloud.endpoints.delete('ep_1'); return { type: 'answered', status: 500 }; };
    await scene.send(newMessage('msg_1'));
    expect(scene.cloud.endpoints.size).toBe(0);
    await scene.pass(5 * SECOND);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'dead' }, ending: { S: 'unknown-endpoint' } });
  });

  test('that others change all the time is left to them', async () => {
    scene.outcome = { type: 'answered', status: 500 };
    scene.cloud.disturb = (operation, when, { TableName }) => {
      if (operation === 'UpdateItem' && when === 'before' && TableName === 'endpoints') throw new CloudError('ConditionalCheckFailedException');
    };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    expect(scene.cloud.endpoints.get('ep_1')!.failures).toBeUndefined();
  });

  test('counts every failure of those that fail together', async () => {
    scene.outcome = { type: 'answered', status: 500 };
    await scene.send(newMessage('msg_1'), newMessage('msg_2'), newMessage('msg_3'));
    expect(scene.cloud.endpoints.get('ep_1')).toMatchObject({ failures: { N: '3' }, revision: { N: '3' } });
  });

  test('of a healthy endpoint costs no write', async () => {
    await scene.send(newMessage('msg_1'));
    expect(scene.cloud.calls).toEqual(['GetItem', 'PutItem', 'GetSecretValue', 'GetSecretValue', 'UpdateItem', 'UpdateItem']);
  });
});
