import { gzipSync } from 'node:zlib';
import { BODY, NOW, SAMPLES, SENT_TO, adyenBody, delivery, hmac, known, sampleOf, secretKey, snsBody } from './senders';
import { readDelivery } from '../../../src/runtime/webhooks/delivery';
import { at, tryJson } from '../../../src/runtime/webhooks/json';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { PresetName } from '../../../src/runtime/webhooks/presets';
import { Refused } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });
const github = parseScheme({ preset: 'github' });

/** Judges bytes that GitHub signed. */
function signedBy(body: Buffer, sent = body, scheme = github) {
  return verify(delivery({ 'X-Hub-Signature-256': `sha256=${hmac('sha256', 'hex', body)}` }, sent), scheme, [secretKey()], NOW);
}

const text = (value: string) => Buffer.from(value, 'utf8');

test.each<[string, Buffer, Buffer]>([
  ['27: one byte that changed', text('{"amount":1}'), text('{"amount":2}')],
  ['28: JSON that was written anew', text('{ "a": 1.0 }'), text('{"a":1}')],
  ['29: a line end that was trimmed', text('[]\r\n'), text('[]')],
  ['30: a byte order mark', text('{}'), text('\ufeff{}')],
  ['31: characters that were decomposed', text('é'.normalize('NFC')), text('é'.normalize('NFD'))],
  ['32: bytes that are no UTF-8, and read alike', Buffer.from([0x7b, 0xff, 0xfd]), text('{\ufffd\ufffd')],
  ['33: text in another encoding', Buffer.from('é', 'latin1'), text('é')],
  ['38: a dollar sign that a template would swallow', text('US$100'), text('US$$100')],
  ['42: a form that was encoded anew', text('a=b+c'), text('a=b%20c')],
])('%s is refused', (_, signed, sent) => {
  expect(signedBy(signed)).toHaveProperty('outcome', 'genuine');
  expect(signedBy(signed, sent)).toEqual(refused('forged'));
});

test('36: accepts an empty body that is signed', () => {
  expect(signedBy(Buffer.alloc(0))).toHaveProperty('outcome', 'genuine');
});

test.each(['$&', '$$', '$1', '$`', '{timestamp}', '{body}', '%s', '${id}'])('38: %s in a body is just that', (pattern) => {
  const body = text(`{"note":"${pattern}"}`);
  const headers = { 'X-Slack-Request-Timestamp': `${NOW}`, 'X-Slack-Signature': `v0=${hmac('sha256', 'hex', `v0:${NOW}:`, body)}` };
  expect(verify(delivery(headers, body), sampleOf('slack').scheme, [secretKey()], NOW)).toHaveProperty('outcome', 'genuine');
});

test('39: hostile JSON pollutes nothing', () => {
  const body = text('{"__proto__":{"event_id":"evt_9"},"constructor":{"prototype":{"x":1}}}');
  const headers = { 'x-square-hmacsha256-signature': hmac('sha256', 'base64', SENT_TO, body) };
  const verdict = verify(delivery(headers, body), sampleOf('square').scheme, [secretKey()], NOW);
  expect(verdict).toHaveProperty('dedupeKey', expect.stringMatching(/^sha256:/));
  expect(({} as Record<string, unknown>).event_id ?? ({} as Record<string, unknown>).x).toBeUndefined();
  expect(at(JSON.parse('{"a":[1]}'), '/a/length')).toBe(1);
  expect(at({}, '/toString')).toBeUndefined();
});

test.each([
  ['a member twice', '{"id":"evt_1","id":"evt_2"}'],
  ['a member twice, written differently', '{"id":"evt_1","\\u0069d":"evt_2"}'],
  ['no JSON', 'id=evt_1'],
  ['an id that is empty', '{"id":""}'],
  ['an id that is an object', '{"id":{}}'],
  ['an id that is no whole number', '{"id":1.5}'],
])('39: a signed body with %s is told apart by its hash', (_, json) => {
  const headers = { 'X-Hub-Signature': `sha1=${hmac('sha1', 'hex', json)}` };
  expect(verify(delivery(headers, text(json)), sampleOf('intercom').scheme, [secretKey()], NOW)).toHaveProperty('dedupeKey', expect.stringMatching(/^sha256:/));
});

test.each([
  ['{"id":42}', 'id:42'],
  ['{"id":"a b"}', expect.stringMatching(/^id:sha256:[0-9a-f]{64}$/)],
  [`{"id":"${'x'.repeat(257)}"}`, expect.stringMatching(/^id:sha256:[0-9a-f]{64}$/)],
])('the signed identifier of %s makes a key of bounded length', (json, dedupeKey) => {
  const headers = { 'X-Hub-Signature': `sha1=${hmac('sha1', 'hex', json)}` };
  expect(verify(delivery(headers, text(json)), sampleOf('intercom').scheme, [secretKey()], NOW)).toHaveProperty('dedupeKey', dedupeKey);
});

test('40: JSON that is nested deeply is not looked into', () => {
  const nested = (depth: number) => text('['.repeat(depth) + ']'.repeat(depth));
  expect(tryJson(nested(64))).toBeDefined();
  expect(tryJson(nested(65))).toBeUndefined();
  expect(tryJson(nested(1_000_000))).toBeUndefined();
  expect(verify(delivery({}, nested(100_000)), sampleOf('aws-sns').scheme, sampleOf('aws-sns').keys, NOW)).toEqual(refused('malformed-body'));
});

test('41: a body is refused unread above the limit, and compressed ones are judged as sent', () => {
  expect(signedBy(Buffer.alloc(10 * 1024 * 1024))).toHaveProperty('outcome', 'genuine');
  expect(signedBy(Buffer.alloc(10 * 1024 * 1024 + 1))).toEqual(refused('body-too-large'));
  expect(signedBy(Buffer.alloc(101), undefined, parseScheme({ preset: 'github', maxBodyBytes: 100 }))).toEqual(refused('body-too-large'));
  expect(signedBy(gzipSync(BODY))).toHaveProperty('outcome', 'genuine');
  expect(signedBy(gzipSync(BODY), BODY)).toEqual(refused('forged'));
});

describe('an event of API Gateway', () => {
  const event = (members: object) => ({ httpMethod: 'POST', multiValueHeaders: { A: ['1', '2'], b: undefined }, body: null, isBase64Encoded: false, ...members });
  const read = (members: object, url = 'https://hooks.example.com/in') => readDelivery(event(members), url);

  test('34: gives the bytes, all of them', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    expect(read({ isBase64Encoded: true, body: all.toString('base64') })).toEqual({
      method: 'POST', url: 'https://hooks.example.com/in', headers: [['A', '1'], ['A', '2']], body: all,
    });
  });

  test.each(['e30', 'e30=\n', ' e30=', 'e31=', 'e3!0=', '_w=='])('35: refuses %j, which is not canonical base64', (body) => {
    expect(read({ isBase64Encoded: true, body })).toEqual(refused('malformed-body'));
  });

  test('37: may have no body and no headers', () => {
    expect(read({ httpMethod: 'GET', multiValueHeaders: null })).toMatchObject({ headers: [], body: Buffer.alloc(0) });
    expect(read({ isBase64Encoded: true })).toHaveProperty('body', Buffer.alloc(0));
    expect(read({ body: 'é' })).toHaveProperty('body', text('é'));
  });

  test('45: has no say in its URL but by query parameters, which are encoded', () => {
    const query = { multiValueHeaders: { 'Host': ['evil.example'], 'X-Forwarded-Host': ['evil.example'] } };
    expect(read(query)).toHaveProperty('url', 'https://hooks.example.com/in');
    expect(read({ multiValueQueryStringParameters: { 'bodySHA256': ['ab'], 'x&y': ['1 2', '\ud800'], 'z': undefined } }))
      .toHaveProperty('url', 'https://hooks.example.com/in?bodySHA256=ab&x%26y=1%202&x%26y=%EF%BF%BD');
    expect(read({ multiValueQueryStringParameters: { a: ['2'], c: ['3'] } }, `${SENT_TO}&a=1`)).toHaveProperty('url', `${SENT_TO}&a=1&c=3`);
  });
});

test('43: control characters in a body are bytes like others', () => {
  expect(signedBy(text('\0\u0001\u001b'))).toHaveProperty('outcome', 'genuine');
});

test('requirements on the body and on headers hold only as given', () => {
  const require = [{ pointer: '/a', oneOf: ['1'] }, { header: 'x-a', oneOf: ['2', '3'] }];
  const scheme = parseScheme({ preset: 'github', require });
  const judge = (json: string, headers: object) => verify(
    delivery({ 'X-Hub-Signature-256': `sha256=${hmac('sha256', 'hex', json)}`, ...headers }, text(json)), scheme, [secretKey()], NOW,
  );
  expect(judge('{"a":"1"}', { 'X-A': '3' })).toHaveProperty('outcome', 'genuine');
  expect(judge('{"a":1}', { 'X-A': '3' })).toEqual(refused('not-allowed'));
  expect(judge('{"a":"1"}', { 'X-A': '4' })).toEqual(refused('not-allowed'));
  expect(judge('{"a":"1"}', {})).toEqual(refused('not-allowed'));
});

describe('bodies that are parsed before they are verified', () => {
  const judge = (preset: PresetName, body: Buffer) => {
    const { scheme, keys } = sampleOf(preset);
    return verify(delivery({}, body), scheme, keys, NOW);
  };

  test.each(['aws-sns', 'adyen-payment', 'twilio'] as const)('41: %s has large ones refused unread', (preset) => {
    expect(judge(preset, Buffer.alloc(2 * 1024 * 1024 + 1))).toEqual(refused('body-too-large'));
  });

  test.each([
    ['no JSON', text('x')],
    ['no UTF-8', Buffer.from([0xff])],
    ['no signature', text('{"Type":"Notification"}')],
    ['an unknown type', snsBody(undefined, { Type: 'constructor' })],
    ['a value that is no text', snsBody(undefined, { Message: 1 })],
    ['half of a surrogate pair', text(snsBody().toString().replace('"line', '"\\ud800line'))],
    ['a missing field', snsBody(undefined, { TopicArn: undefined })],
    ['a line end in a field that has none', snsBody(undefined, { MessageId: 'evt_1\nTimestamp' })],
    ['a byte order mark', Buffer.concat([text('\ufeff'), snsBody()])],
    ['two members of one name', text(`{"Message":"forged",${snsBody().toString().slice(1)}`)],
  ])('SNS: refuses a body with %s', (_, body) => {
    expect(judge('aws-sns', body)).toEqual(refused('malformed-body'));
  });

  test('SNS: a subject is signed if it is there', () => {
    const fields = { Message: 'm', MessageId: 'evt_1', Subject: 's', Timestamp: '2026-01-01T00:00:00.000Z', TopicArn: 'arn:aws:sns:eu-west-1:000000000000:orders', Type: 'Notification' };
    expect(judge('aws-sns', snsBody(fields))).toHaveProperty('outcome', 'genuine');
    expect(judge('aws-sns', snsBody(fields, { Subject: 't' }))).toEqual(refused('forged'));
    expect(judge('aws-sns', snsBody(fields, { Subject: null }))).toEqual(refused('forged'));
  });

  test.each([
    ['48: a colon in a field that has none', adyenBody({ pspReference: 'P1::Acc', merchantReference: 'order:1', amount: { value: 100, currency: 'EUR' }, eventCode: 'AUTHORISATION', success: true })],
    ['an object for a field', adyenBody({ pspReference: {} })],
    ['half of a surrogate pair', text(adyenBody().toString().replace('order:1', '\\udfff'))],
    ['a fraction for an amount', adyenBody({ amount: { value: 1.5 } })],
    ['48: two notifications, one of them signed', text(adyenBody().toString().replace(']}', ',{"NotificationRequestItem":{}}]}'))],
    ['no notification', text('{"notificationItems":[]}')],
    ['items that are none', text(adyenBody().toString().replace('[', '{"0":').replace(']}', '}}'))],
  ])('Adyen: refuses %s', (_, body) => {
    expect(judge('adyen-payment', body)).toEqual(refused('malformed-body'));
  });

  test('48: fields that Adyen does not sign may be any, which is why integrity is of fields', () => {
    const body = text(adyenBody().toString().replace('{"pspReference"', '{"reason":"forged","pspReference"'));
    expect(judge('adyen-payment', body)).toMatchObject({ outcome: 'genuine', integrity: 'fields' });
    expect(known(judge('adyen-payment', body))).toEqual(known(judge('adyen-payment', adyenBody())));
  });
});

test('a verdict is no larger for a larger body', () => {
  const verdicts = SAMPLES.map(({ delivery: sent, scheme, keys }) => verify(sent, scheme, keys, NOW));
  expect(verdicts.every((verdict) => verdict instanceof Refused || verdict.dedupeKey.length <= 3 + 256)).toBe(true);
});
