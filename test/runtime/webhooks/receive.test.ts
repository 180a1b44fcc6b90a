import { createHmac } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { BUCKET, callAws, newWorld, TABLE, World } from './inbox/fake-aws';
import { ENDPOINT, requestOf, SCHEME, SECRET } from './inbox/machine';
import { Network, tryNetwork } from '../../../src/formats/networks';
import { BodyBucket } from '../../../src/runtime/webhooks/bodies';
import { confirmWith } from '../../../src/runtime/webhooks/confirm';
import { ProxyEvent } from '../../../src/runtime/webhooks/delivery';
import { Inbox, MAX_INLINE_BYTES } from '../../../src/runtime/webhooks/inbox';
import { KeyRing } from '../../../src/runtime/webhooks/key-ring';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { receive } from '../../../src/runtime/webhooks/receive';
import { retentionOf } from '../../../src/runtime/webhooks/retention';
import { Scheme } from '../../../src/runtime/webhooks/scheme';
import { Call, clientOf, ServiceError } from '../secrets/harness/service';

const NOW = Date.UTC(2026, 0, 1);
const OTHER = 'CANARY-other-secret-as-long-as-that';
const BODY = JSON.stringify({ id: 'evt_1', note: 'CANARY' });

interface Version { content: string; created: number }

let world: World;
let stages: Record<string, Version | undefined>;
let calls: string[];
let log: object[];
let failing: string[];
let now: number;
let confirmed: string[];

beforeEach(() => {
  world = newWorld(NOW);
  stages = { AWSCURRENT: { content: SECRET, created: NOW - 86_400_000 } };
  calls = [];
  log = [];
  failing = [];
  now = NOW;
  confirmed = [];
});

async function answer(call: Call): Promise<unknown> {
  calls.push(call.operation);
  if (failing.includes(call.operation)) throw new ServiceError('InternalServerError', 'CANARY');
  if (call.operation === 'GetSecretValue') {
    const version = stages[String(call.input.VersionStage)];
    if (!version) throw new ServiceError('ResourceNotFoundException');
    return { SecretString: version.content, CreatedDate: new Date(version.created) };
  }
  const answered = callAws(world, call);
  if ('error' in answered) throw Object.assign(new ServiceError(answered.error), { Item: answered.item });
  return answered.output;
}

function receiver(scheme: Scheme = SCHEME, settings: { sources?: readonly Network[]; maxAgeMilliseconds?: number } = {}) {
  const entry = (one: object) => log.push(one);
  return receive({ scheme, publicUrl: 'https://hooks.example.com/orders', sources: settings.sources }, {
    keys: new KeyRing({
      ...settings,
      client: clientOf<SecretsManagerClient>(answer),
      secretArn: 'arn',
      format: scheme.key,
      overlapMilliseconds: 3_600_000,
      now: () => now,
      log: entry,
    }),
    inbox: new Inbox({
      client: clientOf<DynamoDBClient>(answer),
      tableName: TABLE,
      bodies: new BodyBucket(clientOf<S3Client>(answer), BUCKET),
      endpoint: ENDPOINT,
      headers: ['content-type', 'x-topic', 'x-long'],
      retention: retentionOf(scheme),
    }),
    confirm: async (url) => void confirmed.push(url),
    now: () => now,
    log: entry,
  });
}

async function status(event: ProxyEvent, handler = receiver()): Promise<number> {
  return (await handler(event)).statusCode;
}

function signedWith(secret: string, body = BODY): ProxyEvent {
  return requestOf(body, createHmac('sha256', secret).update(body).digest('hex'));
}

afterEach(() => expect(JSON.stringify(log)).not.toContain('CANARY'));

describe('a genuine delivery', () => {
  test('is in the inbox with its body byte for byte before it is answered with 200', async () => {
    expect(await status(requestOf(BODY))).toBe(200);
    const item = world.items[`${ENDPOINT}#id:evt_1`];
    expect(Buffer.from(item.body.B!, 'base64').toString()).toBe(BODY);
    expect(item).toMatchObject({ state: { S: 'RECEIVED' }, headers: { S: '{"content-type":"application/json"}' }, isTombstone: { BOOL: true } });
    expect(item.expires).toBeUndefined();
    expect(log).toEqual([{ outcome: 'stored', dedupeId: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
  });

  test('of any bytes is kept as it is (item 43)', async () => {
    const body = '{"id":"evt_1","note":"\\u0000\u007f\u0001"}'.replace('\u0001', ' ');
    await status(requestOf(body));
    expect(Buffer.from(Object.values(world.items)[0].body.B!, 'base64').toString()).toBe(body);
  });

  test('is kept with the headers that came once and fit', async () => {
    const event = requestOf(BODY);
    const headers = { ...event.multiValueHeaders, 'X-Topic': ['one', 'two'], 'X-Long': ['x'.repeat(8192)], 'Authorization': ['CANARY'] };
    await status({ ...event, multiValueHeaders: headers });
    expect(world.items[`${ENDPOINT}#id:evt_1`].headers.S).toBe('{"content-type":"application/json"}');
  });

  test('is remembered for a week if its sender signs the time, else for 400 days without its payload', () => {
    const timed = [{ preset: 'stripe' }, { preset: 'okta' }, { preset: 'qstash' }].map((scheme) => retentionOf(parseScheme(scheme)));
    expect(timed.map(({ keepSeconds }) => keepSeconds / 86_400)).toEqual([7, 400, 7]);
    expect(retentionOf(parseScheme({ preset: 'github' }))).toEqual({ keepSeconds: 400 * 86_400, isTombstone: true });
    expect(retentionOf(parseScheme({ preset: 'stripe' }), 30 * 86_400)).toEqual({ keepSeconds: 30 * 86_400, isTombstone: false });
  });

  test('that comes again, or under another unsigned delivery id, is answered alike and is one record (items 60 and 61)', async () => {
    const event = requestOf(BODY);
    const first = await receiver()(event);
    const second = await receiver()({ ...event, multiValueHeaders: { ...event.multiValueHeaders, 'X-Delivery': ['other'] } });
    expect(second).toEqual(first);
    expect(Object.keys(world.items)).toHaveLength(1);
    expect(log).toMatchObject([{ outcome: 'stored' }, { outcome: 'duplicate' }]);
  });

  test('with the id of another one is quarantined, durably and once (item 63)', async () => {
    const other = requestOf(JSON.stringify({ id: 'evt_1', note: 'other' }));
    await status(requestOf(BODY));
    expect([await status(other), await status(other)]).toEqual([200, 200]);
    const states = Object.values(world.items).map(({ state, queue }) => `${state.S} ${queue.S}`);
    expect(states).toEqual([expect.stringMatching(/^RECEIVED pending-\d$/), 'QUARANTINED quarantined']);
    expect(log).toMatchObject([{ outcome: 'stored' }, { outcome: 'quarantined' }, { outcome: 'quarantined' }]);
  });

  test('whose put succeeded though the answer was lost is a duplicate when it comes again (item 64)', async () => {
    await status(requestOf(BODY));
    log = [];
    expect(await status(requestOf(BODY))).toBe(200);
    expect(log).toMatchObject([{ outcome: 'duplicate' }]);
  });

  test('is still a duplicate while its record should have expired and was not deleted (item 67)', async () => {
    await status(requestOf(BODY));
    world.items[`${ENDPOINT}#id:evt_1`] = { ...world.items[`${ENDPOINT}#id:evt_1`], state: { S: 'DISPATCHED' }, expires: { N: '1' } };
    expect(await status(requestOf(BODY))).toBe(200);
    expect(log).toMatchObject([{ outcome: 'stored' }, { outcome: 'duplicate' }]);
  });

  test('with a large body goes to S3 first', async () => {
    expect(await status(requestOf(JSON.stringify({ id: 'evt_1', note: 'x'.repeat(MAX_INLINE_BYTES) })))).toBe(200);
    expect(calls.slice(-2)).toEqual(['PutObject', 'PutItem']);
    expect(world.items[`${ENDPOINT}#id:evt_1`].bodyAt.S).toBe(Object.keys(world.objects)[0]);
  });

  test.each(['PutObject', 'PutItem'])('is answered with 503 while %s fails', async (operation) => {
    failing = [operation];
    expect(await status(requestOf(JSON.stringify({ id: 'evt_1', note: 'x'.repeat(MAX_INLINE_BYTES) })))).toBe(503);
    expect(log).toEqual([{ outcome: 'fault', reason: 'InternalServerError' }]);
    expect(world.items).toEqual({});
  });
});

describe('what is not genuine', () => {
  test('is answered with 401 and one body, whatever is wrong, and written nowhere (items 59 and 69)', async () => {
    const genuine = requestOf(BODY);
    const answers = await Promise.all([
      requestOf(BODY, 'ff'.repeat(32)),
      { ...genuine, multiValueHeaders: null },
      { ...genuine, body: '!CANARY!' },
      { ...genuine, body: 'A'.repeat(14 * 1024 * 1024) },
      { ...genuine, body: 'A'.repeat(11 * 1024 * 1024), isBase64Encoded: false },
      { ...genuine, body: null },
    ].map((event) => receiver()(event)));
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]).toMatchObject({ statusCode: 401, body: '{"message":"Unauthorized"}' });
    expect(calls.filter((operation) => operation !== 'GetSecretValue')).toEqual([]);
    expect(log).toContainEqual({ outcome: 'refused', reason: 'body-too-large' });
  });
});

describe('where the sender says that it sends from', () => {
  const sources = ['192.0.2.0/24', '2001:db8::/32'].map((text) => tryNetwork(text)!);
  const from = (sourceIp?: string | null): ProxyEvent => ({ ...requestOf(BODY), requestContext: { identity: { sourceIp } } });

  test.each(['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1'])('a request from there is judged: %s', async (address) => {
    expect(await status(from(address), receiver(SCHEME, { sources }))).toBe(200);
  });

  test.each<[string, ProxyEvent]>([
    ['elsewhere', from('198.51.100.1')], ['no address', from('192.0.2.1, 198.51.100.1')], ['nowhere', from(null)], ['no identity', requestOf(BODY)],
    ['elsewhere with a header of there', { ...from('198.51.100.1'), multiValueHeaders: { ...requestOf(BODY).multiValueHeaders, 'X-Forwarded-For': ['192.0.2.1'] } }],
  ])('one from %s is refused like any other, before a key is read', async (_where, event) => {
    const refused = await receiver(SCHEME, { sources })(event);
    expect([calls, log]).toEqual([[], [{ outcome: 'refused', reason: 'source-not-allowed' }]]);
    expect(refused).toEqual(await receiver()(requestOf(BODY, 'ff'.repeat(32))));
  });
});

describe('keys', () => {
  test('that are older than they may be are told each time that they are read, and verify all the same', async () => {
    const handler = receiver(SCHEME, { maxAgeMilliseconds: 86_400_000 });
    expect(await status(requestOf(BODY), handler)).toBe(200);
    expect(log).not.toContainEqual({ outcome: 'overdue-key' });
    now += 300_000;
    expect([await status(requestOf(BODY), handler), await status(requestOf(BODY), handler)]).toEqual([200, 200]);
    expect(log.filter((entry) => (entry as { outcome: string }).outcome === 'overdue-key')).toHaveLength(1);
  });

  test('are read again for a delivery that none of them verifies, twice a minute at most (item 56)', async () => {
    const handler = receiver();
    await status(requestOf(BODY), handler);
    stages = { AWSCURRENT: { content: OTHER, created: NOW }, AWSPREVIOUS: { content: SECRET, created: 0 } };
    expect(await status(signedWith(OTHER), handler)).toBe(401); // they were read a moment ago
    now += 31_000;
    expect(await status(signedWith(OTHER), handler)).toBe(200);
    calls = [];
    for (let flood = 0; flood < 10; flood++) expect(await status(signedWith('CANARY-of-a-forger-0123456789'), handler)).toBe(401);
    expect(calls).toEqual([]);
  });

  test('of both stages work within the overlap, the previous one not after it', async () => {
    stages = { AWSCURRENT: { content: OTHER, created: NOW }, AWSPREVIOUS: { content: SECRET, created: 0 } };
    expect([await status(signedWith(OTHER)), await status(signedWith(SECRET))]).toEqual([200, 200]);
    now += 3_600_000;
    expect([await status(signedWith(OTHER)), await status(signedWith(SECRET))]).toEqual([200, 401]);
  });

  test('of a rotation work as long as they have their label, however old they are: a version may become current late, or again', async () => {
    const [older, newer] = [SECRET, OTHER].map((secret, index) => JSON.stringify({ secret, kid: `v${index}` }));
    stages = { AWSCURRENT: { content: newer, created: NOW - 86_400_000 }, AWSPREVIOUS: { content: older, created: 0 } };
    expect([await status(signedWith(OTHER)), await status(signedWith(SECRET))]).toEqual([200, 200]);
    stages = { AWSCURRENT: { content: older, created: 0 }, AWSPREVIOUS: { content: newer, created: NOW - 86_400_000 } };
    expect([await status(signedWith(OTHER)), await status(signedWith(SECRET))]).toEqual([200, 200]);
    delete stages.AWSPREVIOUS;
    expect([await status(signedWith(OTHER)), await status(signedWith(SECRET))]).toEqual([401, 200]);
  });

  test('that somebody moved back work within the overlap of the newer one', async () => {
    stages = { AWSCURRENT: { content: SECRET, created: 0 }, AWSPREVIOUS: { content: OTHER, created: NOW } };
    expect(await status(signedWith(OTHER))).toBe(200);
    now += 3_600_000;
    expect(await status(signedWith(OTHER))).toBe(401);
  });

  test('that cannot be read are 503, never 401, and old ones do not take their place (item 57)', async () => {
    const handler = receiver();
    await status(requestOf(BODY), handler);
    failing = ['GetSecretValue'];
    expect(await status(requestOf(BODY), handler)).toBe(200);
    now += 60_000;
    expect([await status(signedWith(OTHER), handler), await status(signedWith(OTHER), handler)]).toEqual([503, 503]);
    now += 300_000;
    expect(await status(requestOf(BODY), handler)).toBe(503);
  });

  test('that a rotation made are taken with their id, and text of a sender as it is', async () => {
    const bytes = Buffer.from(SECRET).toString('base64');
    const scheme = parseScheme({ preset: 'standard-webhooks' });
    for (const content of [JSON.stringify({ secret: bytes, kid: 'v1' }), JSON.stringify({ secret: `whsec_${bytes}` }), `whsec_${bytes}`]) {
      stages = { AWSCURRENT: { content, created: NOW } };
      const seconds = String(NOW / 1000);
      const signature = `v1,${createHmac('sha256', SECRET).update(`msg_1.${seconds}.${BODY}`).digest('base64')}`;
      const headers = { 'webhook-id': ['msg_1'], 'webhook-timestamp': [seconds], 'webhook-signature': [signature] };
      expect(await status({ ...requestOf(BODY), multiValueHeaders: headers }, receiver(scheme))).toBe(200);
    }
    expect(world.items[`${ENDPOINT}#id:msg_1`]).toMatchObject({ signedAt: { N: String(NOW / 1000) } });
  });

  test.each(['', '{', '{"keys":[]}', 'short', '{"secret":1}'])('of no use are told, and 503: %j', async (content) => {
    stages = { AWSCURRENT: { content, created: NOW } };
    expect(await status(requestOf(BODY), receiver())).toBe(503);
    expect(log).toContainEqual({ outcome: 'unusable-key', stage: 'AWSCURRENT' });
  });

  test.each([[{}, 0, 2], [{ SecretString: SECRET }, 1, 0]])('of versions without text are of no use, nor previous ones without a date: %#', async (output, keys, told) => {
    const client = clientOf<SecretsManagerClient>(async () => output);
    const ring = new KeyRing({ client, secretArn: 'arn', format: 'utf8', overlapMilliseconds: 1, now: () => now, log: (one) => log.push(one) });
    expect(await ring.current()).toHaveLength(keys);
    expect(log).toHaveLength(told);
  });

  test('of the previous version alone do not work, since nobody knows for how long', async () => {
    stages = { AWSCURRENT: { content: 'short', created: NOW }, AWSPREVIOUS: { content: SECRET, created: 0 } };
    expect(await status(requestOf(BODY))).toBe(503);
  });
});

describe('a handshake', () => {
  test('is answered, and is no event', async () => {
    const scheme = parseScheme({ ...SCHEME, handshake: 'slack' });
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect(await receiver(scheme)(requestOf(body))).toMatchObject({ statusCode: 200, body: 'abc' });
    expect([world.items, log]).toEqual([{}, [{ outcome: 'handshake' }]]);
  });

  test('that is an address is confirmed before it is answered', async () => {
    const topic = 'arn:aws:sns:eu-west-1:000000000000:orders';
    const scheme = parseScheme({ ...SCHEME, handshake: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [topic] }] });
    const url = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=abc`;
    const body = JSON.stringify({ id: 'evt_1', Type: 'SubscriptionConfirmation', TopicArn: topic, SubscribeURL: url });
    expect(await status(requestOf(body), receiver(scheme))).toBe(200);
    expect(confirmed).toEqual([url]);
  });

  test.each<[string, () => Promise<Response>, string | undefined]>([
    ['is confirmed', async () => new Response('CANARY'), undefined],
    ['is confirmed without a body', async () => new Response(null, { status: 204 }), undefined],
    ['is not confirmed', async () => new Response('CANARY', { status: 500 }), 'the sender did not confirm'],
    ['cannot be reached', () => Promise.reject(new Error('CANARY')), 'the sender could not be asked'],
  ])('whose address %s is told so, following no redirect', async (_what, answered, message) => {
    const request = jest.fn(answered);
    const done = confirmWith(request as typeof fetch)('https://sns.eu-west-1.amazonaws.com/?Token=CANARY');
    if (message === undefined) await done;
    else await expect(done).rejects.toThrow(message);
    expect(request.mock.calls).toEqual([[expect.anything(), expect.objectContaining({ redirect: 'error' })]]);
  });
});
