import { ARN, CloudError, secretOf } from './cloud';
import { newMessage, Scene, START } from './scene';
import { webhookSigningKey } from '../../../../src/runtime/secrets/webhook-signing-key';
import { readKeys } from '../../../../src/runtime/webhooks/key-formats';
import { KeyStore } from '../../../../src/runtime/webhooks/outbound/key-store';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { verify } from '../../../../src/runtime/webhooks/verify';

const SCHEME = parseScheme({ preset: 'standard-webhooks' });
const SECOND = 1000;

let scene: Scene;
beforeEach(() => { scene = new Scene(); });
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|v1,|a2tra/));

/** What a receiver with that secret says of what was posted, at the time of the scene. */
function judged(index: number, secret = secretOf('k')) {
  const { headers, body } = scene.posted[index];
  return verify({ method: 'POST', url: 'https://hooks.customer.com/in', headers: Object.entries(headers), body }, SCHEME, readKeys(secret, 'standard-webhooks'), scene.now / 1000);
}

describe('keys', () => {
  test('in rotation both sign, and either receiver takes it', async () => {
    scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, JSON.stringify({ secret: Buffer.alloc(32, 'p').toString('base64'), kid: 'v1' }));
    await scene.send(newMessage('msg_1'));
    expect([judged(0), judged(0, secretOf('p')), judged(0, secretOf('x'))].map(({ outcome }) => outcome)).toEqual(['genuine', 'genuine', 'refused']);
  });

  test('of a rotating secret may be private ones, of which receivers have the public half', async () => {
    const content = await webhookSigningKey((size) => Buffer.alloc(size, 's')).issue('v2');
    scene.cloud.secrets.set(`${ARN} AWSCURRENT`, content);
    scene.cloud.secrets.set(`${ARN} AWSPREVIOUS`, secretOf('k'));
    await scene.send(newMessage('msg_1'));
    const publicHalf = Buffer.from((JSON.parse(content) as { secret: string }).secret.slice(5), 'base64').subarray(32);
    expect([judged(0, `whpk_${publicHalf.toString('base64')}`), judged(0)].map(({ outcome }) => outcome)).toEqual(['genuine', 'genuine']);
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
