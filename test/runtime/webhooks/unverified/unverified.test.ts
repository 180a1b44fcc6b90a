import { KeptWorld, NOW, PREFIX, REJUDGING, signed } from './world';
import { CertificateRefused, TooManyCertificates } from '../../../../src/runtime/webhooks/certificates';
import { MAX_INLINE_BYTES } from '../../../../src/runtime/webhooks/inbox';
import { parseScheme } from '../../../../src/runtime/webhooks/parse-scheme';
import { receive } from '../../../../src/runtime/webhooks/receive';
import { rejudger } from '../../../../src/runtime/webhooks/rejudge';
import { readUnverified } from '../../../../src/runtime/webhooks/unverified';
import { ENDPOINT, requestOf, SCHEME, SECRET } from '../inbox/machine';
import { hmac, sampleOf } from '../senders';

const BODY = '{"id":"evt_1","note":"CANARY \u00e9"}';
const FORGED = signed(BODY, 'CANARY-of-a-forger-0123456789');
const ID = `${ENDPOINT}#id:evt_1`;

let world: KeptWorld;

beforeEach(() => { world = new KeptWorld(); });
afterEach(() => expect(JSON.stringify(world.log)).not.toContain('CANARY'));

/** Receives while keys cannot be read. */
async function receiveBlind(...events: ReturnType<typeof signed>[]): Promise<readonly number[]> {
  world.failing = ['GetSecretValue'];
  const statuses = [];
  for (const event of events) statuses.push(await world.receive(event));
  world.failing = [];
  return statuses;
}

describe('a request that comes while keys cannot be read', () => {
  test('is kept as it came before it is answered with 200, and is no record', async () => {
    expect(await receiveBlind(signed(BODY))).toEqual([200]);
    expect([world.aws.items, world.log]).toEqual([{}, [{ outcome: 'unverified', reason: 'InternalServerError' }]]);
    const [[key, text]] = world.kept;
    expect(key).toMatch(new RegExp(`^${PREFIX}0${NOW}-[0-9a-f]{64}$`));
    const { delivery, receivedAt } = readUnverified(text);
    expect([receivedAt, delivery.method, delivery.url, delivery.body.toString()]).toEqual([NOW, 'POST', 'https://hooks.example.com/orders?a=b', BODY]);
    expect(delivery.headers).toContainEqual(['Content-Type', 'application/json']);
  });

  test('is in the inbox, with the time at which it came, once keys can be read, and gone from where it was', async () => {
    await receiveBlind(signed(BODY));
    world.now += 3_600_000;
    await world.rejudge();
    expect(world.aws.items[ID]).toMatchObject({ state: { S: 'RECEIVED' }, receivedAt: { N: String(NOW) } });
    expect(Buffer.from(world.aws.items[ID].body.B!, 'base64').toString()).toBe(BODY);
    expect([world.kept.size, world.log.at(-1)]).toEqual([0, { outcome: 'stored', dedupeId: expect.any(String) as string }]);
  });

  test('is dropped if it was forged, and no record', async () => {
    expect(await receiveBlind(FORGED)).toEqual([200]);
    await world.rejudge();
    expect([world.aws.items, world.kept.size, world.log.at(-1)]).toEqual([{}, 0, { outcome: 'dropped', reason: 'forged' }]);
  });

  test.each([[{ ...requestOf(BODY), multiValueHeaders: null }, 'missing-header'], [requestOf(BODY, 'CANARY'), 'malformed-signature']])(
    'is refused and not kept if no key could make it genuine: %#', async (event, reason) => {
      expect(await receiveBlind(event)).toEqual([401]);
      expect([world.kept.size, world.log]).toEqual([0, [{ outcome: 'refused', reason }]]);
    },
  );

  test('is judged by the clock of when it came: fresh then is fresh, stale then is stale', async () => {
    world = new KeptWorld(REJUDGING, parseScheme({ preset: 'stripe' }));
    const stripe = (seconds: number) => ({
      ...requestOf(BODY), multiValueHeaders: { 'Stripe-Signature': [`t=${seconds},v1=${hmac('sha256', 'hex', `${seconds}.`, BODY)}`] },
    });
    expect(await receiveBlind(stripe(NOW / 1000 - 299), stripe(NOW / 1000 - 301))).toEqual([200, 401]);
    world.now += 86_400_000;
    await world.rejudge();
    expect(world.log.at(-1)).toMatchObject({ outcome: 'stored' });
  });
});

describe('a request is kept, too,', () => {
  test('while the secret has no key of use, and held for as long', async () => {
    world.secret = 'short';
    expect(await world.receive(signed(BODY))).toBe(200);
    expect(world.log.at(-1)).toEqual({ outcome: 'unverified', reason: 'NoKeys' });
    await world.rejudge();
    expect([world.kept.size, world.log.at(-1)]).toEqual([1, { outcome: 'held', reason: 'no-usable-key' }]);
    world.secret = SECRET;
    await world.rejudge();
    expect([world.kept.size, Object.keys(world.aws.items)]).toEqual([0, [ID]]);
  });

  test.each(['PutItem', 'PutObject'])('while the inbox fails to store it, but for the bucket itself: %s', async (operation) => {
    world.failing = [operation];
    const large = signed(JSON.stringify({ id: 'evt_1', note: 'x'.repeat(MAX_INLINE_BYTES) }));
    expect(await world.receive(large)).toBe(operation === 'PutItem' ? 200 : 503);
    world.failing = [];
    await world.rejudge();
    expect(Object.keys(world.aws.items)).toEqual(operation === 'PutItem' ? [ID] : []);
  });

  test('not because it names a key that nobody has: whoever sends chooses that', async () => {
    const { scheme, delivery } = sampleOf('plaid');
    world = new KeptWorld(REJUDGING, scheme);
    world.secret = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', kid: 'k2', use: 'sig', ...P256_POINT }] });
    world.now = 1767225600_000;
    const event = { httpMethod: 'POST', body: delivery.body.toString(), isBase64Encoded: false, multiValueHeaders: Object.fromEntries(delivery.headers.map(([name, value]) => [name, [value]])) };
    expect(await world.receive(event)).toBe(503);
    expect([world.kept.size, world.log]).toEqual([0, [{ outcome: 'fault', reason: 'unknown-key' }]]);
  });

  test('not if it is about what the scheme does not take, whoever signed it', async () => {
    const scheme = parseScheme({ preset: 'github', require: [{ pointer: '/id', oneOf: ['evt_2'] }] });
    world = new KeptWorld(REJUDGING, scheme);
    const github = (body: string) => ({ ...requestOf(body), multiValueHeaders: { 'X-Hub-Signature-256': [`sha256=${hmac('sha256', 'hex', body)}`] } });
    expect(await receiveBlind(github(BODY), github('{"id":"evt_2"}'))).toEqual([401, 200]);
    expect([world.kept.size, world.log[0]]).toEqual([1, { outcome: 'refused', reason: 'not-allowed' }]);
  });

  test.each([
    ['deliveries name more certificates than are asked for', new TooManyCertificates()],
    ['it names a certificate that the sender refuses to give', new CertificateRefused()],
  ])('not because %s', async (_what, fault) => {
    const keep = jest.fn();
    const handler = receive({ scheme: SCHEME, publicUrl: 'https://hooks.example.com/' }, {
      keys: { current: () => Promise.reject(fault), tryRefresh: async () => undefined },
      inbox: { accept: jest.fn() },
      unverified: { keep },
      confirm: jest.fn(),
      now: () => NOW,
      log: () => undefined,
    });
    expect((await handler(signed(BODY))).statusCode).toBe(503);
    expect(keep).not.toHaveBeenCalled();
  });
});

/** The generator of the curve, which is some public key. */
const P256_POINT = { x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY', y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU' };

describe('who judges later', () => {
  test('goes through all pages, oldest first, and leaves those of other endpoints and records alone', async () => {
    for (let index = 0; index < 5; index++) {
      world.now++;
      await receiveBlind(signed(JSON.stringify({ id: `evt_${index}` })));
    }
    world.kept.set('unverified/orders-2/x', 'CANARY').set('orders/y', 'CANARY');
    await world.rejudge();
    expect(world.aws.stream).toEqual([0, 1, 2, 3, 4].map((index) => `${ENDPOINT}#id:evt_${index}`));
    expect([...world.kept.keys()]).toEqual(['unverified/orders-2/x', 'orders/y']);
  });

  test('does nothing if nothing is kept', async () => {
    await world.rejudge();
    expect(world.calls).toEqual(['ListObjectsV2']);
  });

  test('ends in an error while keys cannot be read, and leaves everything where it is', async () => {
    await receiveBlind(signed(BODY), FORGED);
    world.failing = ['GetSecretValue'];
    await expect(world.rejudge()).rejects.toThrow('not every request could be judged');
    expect([world.kept.size, world.log.at(-1)]).toEqual([2, { outcome: 'fault', reason: 'InternalServerError' }]);
  });

  test('goes on after an object that is no request', async () => {
    world.kept.set(`${PREFIX}0`, '{"receivedAt":"CANARY"}');
    await receiveBlind(signed(BODY));
    await expect(world.rejudge()).rejects.toThrow('not every request could be judged');
    expect([[...world.kept.keys()], Object.keys(world.aws.items)]).toEqual([[`${PREFIX}0`], [ID]]);
  });

  test('leaves alone what was listed and is gone, since another invocation has judged it', async () => {
    await receiveBlind(signed(BODY));
    await Promise.all([world.rejudge(), world.rejudge()]);
    expect([world.kept.size, Object.keys(world.aws.items)]).toEqual([0, [ID]]);

    await receiveBlind(signed(BODY));
    world.onList = () => world.kept.clear();
    world.log.length = 0;
    await world.rejudge();
    expect([world.log, world.calls.slice(-2)]).toEqual([[], ['ListObjectsV2', expect.stringMatching(/^GetObject /)]]);
  });

  test('begins none once half of its time is over', async () => {
    await receiveBlind(signed(BODY));
    await world.rejudge(-1);
    expect(world.kept.size).toBe(1);
  });

  test('takes no other task', async () => {
    await expect(rejudger({ scheme: SCHEME, budgetMilliseconds: 1 }, {} as never)({} as never)).rejects.toThrow("the event must be the task 'rejudge'");
  });

  test('confirms a subscription, and drops a challenge that nobody waits for any more', async () => {
    const topic = 'arn:aws:sns:eu-west-1:000000000000:orders';
    const url = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=abc`;
    world = new KeptWorld(REJUDGING, parseScheme({ ...SCHEME, handshake: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [topic] }] }));
    await receiveBlind(signed(JSON.stringify({ id: 'evt_1', Type: 'SubscriptionConfirmation', TopicArn: topic, SubscribeURL: url })));
    await world.rejudge();
    expect([world.confirmed, world.log.at(-1)]).toEqual([[url], { outcome: 'handshake' }]);

    world = new KeptWorld(REJUDGING, parseScheme({ ...SCHEME, handshake: 'slack' }));
    await receiveBlind(signed(JSON.stringify({ type: 'url_verification', challenge: 'abc' })));
    await world.rejudge();
    expect([world.aws.items, world.log.at(-1)]).toEqual([{}, { outcome: 'dropped', reason: 'handshake' }]);
  });
});
