import { ARN, CloudError, secretOf } from './cloud';
import { newMessage, Scene, START } from './scene';
import { QUEUED_MILLISECONDS, SENDING_MILLISECONDS } from '../../../../src/runtime/webhooks/outbound/delivery-table';
import { KeyStore } from '../../../../src/runtime/webhooks/outbound/key-store';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../../src/runtime/webhooks/verify';

const SCHEME = parseScheme({ preset: 'standard-webhooks' });
const SECOND = 1000;
const HOUR = 3_600_000;

let scene: Scene;
beforeEach(() => { scene = new Scene(); });
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|v1,|a2tra/));

/** What a receiver with that secret says of what was posted at some time. */
function judged(index: number, secret = secretOf('k'), now = scene.now) {
  const { headers, body } = scene.posted[index];
  return verify({ method: 'POST', url: 'https://hooks.customer.com/in', headers: Object.entries(headers), body }, SCHEME, readKeys(secret, 'standard-webhooks'), now / 1000);
}

describe('a new message', () => {
  test('is stored, signed, sent and done', async () => {
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [] });
    expect(judged(0)).toMatchObject({ outcome: 'genuine', dedupeKey: 'id:msg_1' });
    expect(scene.posted[0]).toMatchObject({ host: 'hooks.customer.com', body: Buffer.from('{"a":"CANARY"}') });
    expect(Object.keys(scene.posted[0].headers)).toEqual(['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp', 'webhook-signature']);
    const { phase, ending, expires, dueAt, dueShard, claim } = scene.cloud.delivery('msg_1')!;
    expect([phase, ending, expires, dueAt, dueShard, claim]).toEqual([{ S: 'delivered' }, { S: 'delivered' }, { N: String(START / 1000 + 30 * 86_400) }, undefined, undefined, undefined]);
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
    expect([judged(1), judged(0)].map((verdict) => 'signedAtSeconds' in verdict && verdict.signedAtSeconds)).toEqual([START / 1000 + 5, START / 1000]);
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
    expect(scene.log).toMatchObject([{ outcome: 'dead', status: 410, reason: 'gone' }, { outcome: 'dead', reason: 'endpoint-disabled' }]);
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

describe('keys', () => {
  test('in rotation both sign, and either receiver takes it', async () => {
    scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, JSON.stringify({ secret: Buffer.alloc(32, 'p').toString('base64'), kid: 'v1' }));
    await scene.send(newMessage('msg_1'));
    expect([judged(0), judged(0, secretOf('p')), judged(0, secretOf('x'))].map(({ outcome }) => outcome)).toEqual(['genuine', 'genuine', 'refused']);
  });

  test('are read again after five minutes', async () => {
    await scene.send(newMessage('msg_1'));
    scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, secretOf('k'));
    scene.cloud.secrets.set(`${ARN} AWSCURRENT`, secretOf('n'));
    await scene.send(newMessage('msg_2'));
    scene.now += 300 * SECOND;
    await scene.send(newMessage('msg_3'));
    expect([judged(1, secretOf('n')), judged(2, secretOf('n')), judged(2)].map(({ outcome }) => outcome)).toEqual(['refused', 'genuine', 'genuine']);
  });

  test('before a first rotation may be a placeholder', async () => {
    scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, 'CANARY');
    await scene.send(newMessage('msg_1'));
    expect(judged(0).outcome).toBe('genuine');
  });

  test.each(['AWSCURRENT', 'AWSPREVIOUS'])('that cannot be read send nothing, and cost no attempt: %s', async (stage) => {
    scene.cloud.disturb = (_operation, _when, { VersionStage }) => { if (VersionStage === stage) throw new CloudError('InternalServiceError'); };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect([scene.posted, scene.log]).toMatchObject([[], [{ outcome: 'fault', reason: 'InternalServiceError' }]]);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'queued' }, attempt: { N: '1' } });
  });

  test('that are none send nothing either', async () => {
    scene.cloud.secrets.set(`${ARN} AWSCURRENT`, 'CANARY');
    await scene.send(newMessage('msg_1'));
    expect(scene.log).toMatchObject([{ outcome: 'fault', reason: 'KeyError' }]);
    await expect(new KeyStore({ send: async () => ({}) as never }).keysOf(ARN, START)).rejects.toThrow('must hold a key');
  });

  test('of very many endpoints are not all kept', async () => {
    for (let index = 0; index < 1001; index++) {
      scene.cloud.secrets.set(`${ARN}-${index} AWSCURRENT`, secretOf('k'));
      await scene.ports.keys.keysOf(`${ARN}-${index}`, scene.now);
    }
    const before = scene.cloud.calls.length;
    await scene.ports.keys.keysOf(`${ARN}-0`, scene.now);
    expect(scene.cloud.calls.length - before).toBe(2);
  });
});

describe('what is lost, dies or hangs', () => {
  test('a message that is lost on its way is asked for again, more and more rarely', async () => {
    scene.cloud.disturb = (operation, when) => { if (operation === 'GetSecretValue' && when === 'before') throw new CloudError('InternalServiceError'); };
    await scene.send(newMessage('msg_1')); // and SQS gives it up
    const waits: number[] = [];
    let last = scene.now;
    for (let minute = 0; minute < 60 * 60; minute++) {
      scene.now += 60 * SECOND;
      await scene.sweep();
      if (scene.cloud.queue.splice(0).length > 0) { waits.push((scene.now - last) / QUEUED_MILLISECONDS); last = scene.now; }
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
    scene.cloud.disturb = () => undefined;
    await scene.pass(64 * QUEUED_MILLISECONDS);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'delivered' }, attempt: { N: '1' } });
  });

  test('an attempt that was begun and not ended counts as made', async () => {
    scene.outcome = () => { throw new Error('the function ran out of time'); };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    await scene.send(newMessage('msg_1'));
    expect(scene.posted).toHaveLength(1);
    scene.outcome = { type: 'answered', status: 200 };
    await scene.pass(SENDING_MILLISECONDS);
    expect(scene.posted).toHaveLength(2);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'delivered' }, attempt: { N: '2' } });
  });

  test('one whose every attempt dies ends in a dead letter', async () => {
    scene.outcome = () => { throw new Error('the function ran out of time'); };
    await scene.send(newMessage('msg_1'));
    for (let attempt = 0; attempt < 12; attempt++) await scene.pass(SENDING_MILLISECONDS);
    expect(scene.posted).toHaveLength(10);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'dead' }, ending: { S: 'abandoned' } });
    expect(scene.log.filter(({ outcome, dead }) => outcome === 'swept' && dead === 1)).toHaveLength(1);
  });

  test('a claim that was answered too late is one\'s own when it is sent again', async () => {
    await scene.ports.deliveries.accept({ endpoint: 'ep_1', message: 'msg_1', attempt: 1, body: '{}' }, 'acme', START);
    const claim = (name: string) => scene.ports.deliveries.claim({ endpoint: 'ep_1', message: 'msg_1', attempt: 1 }, name, START);
    expect([await claim('mine'), await claim('mine'), await claim('theirs')]).toEqual([expect.anything(), expect.anything(), undefined]);
  });

  test('a table that cannot be read or written has the message come again', async () => {
    for (const failing of ['GetItem', 'PutItem', 'UpdateItem']) {
      scene.cloud.disturb = (operation, when) => { if (operation === failing && when === 'before') throw new CloudError('ProvisionedThroughputExceededException'); };
      expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    }
    scene.outcome = { type: 'answered', status: 500 };
    scene.cloud.disturb = (operation, when, { TableName }) => { if (operation === 'UpdateItem' && when === 'before' && TableName === 'endpoints') throw new CloudError('InternalServerError'); };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect(scene.posted).toHaveLength(1);
  });
});
