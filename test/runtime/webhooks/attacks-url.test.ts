import { createHash } from 'node:crypto';
import { BODY, delivery, headerOf, hmac, NOW, publicKey, RSA, sampleOf, secretKey, SENT_TO, snsBody, TOPIC, withHeader } from './senders';
import { judge, VECTORS } from './vectors';
import { tryForm } from '../../../src/runtime/webhooks/canonical/form';
import type { Delivery } from '../../../src/runtime/webhooks/delivery';
import { certificateOf, certificateUrl } from '../../../src/runtime/webhooks/key-source';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import type { Scheme } from '../../../src/runtime/webhooks/scheme';
import { verify } from '../../../src/runtime/webhooks/verify';

const refused = (reason: string) => ({ outcome: 'refused', reason });
/** Where the delivery has its certificate fetched from. */
const addressIn = (sent: Delivery, scheme: Scheme) => certificateUrl(sent, certificateOf(scheme)!);
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

function twilio(signed: string, url: string, body: string, headers: Readonly<Record<string, string>> = FORM) {
  const sent = delivery({ ...headers, 'X-Twilio-Signature': hmac('sha1', 'base64', signed) }, Buffer.from(body, 'latin1'), url);
  return verify(sent, sampleOf('twilio').scheme, [secretKey()], NOW);
}

test.each([
  'https://abc.execute-api.eu-west-1.amazonaws.com/prod/in/a?portal=1', 'https://hooks.example.com/a?portal=1', 'https://hooks.example.com/in/a',
  'https://hooks.example.com:443/in/a?portal=1', 'https://hooks.example.com/in/a/?portal=1', 'http://hooks.example.com/in/a?portal=1', `${SENT_TO}&b=2`,
])('44: a delivery to another address, %s, is refused', (url) => {
  for (const preset of ['square', 'hubspot-v3', 'twilio'] as const) {
    const { scheme, keys, delivery: sent } = sampleOf(preset);
    expect(verify({ ...sent, url }, scheme, keys, NOW)).toEqual(refused('forged'));
  }
  const { scheme, keys, delivery: sent } = sampleOf('qstash');
  expect(verify({ ...sent, url }, scheme, keys, NOW)).toEqual(refused('not-allowed'));
  const { scheme: rfc, keys: rfcKeys, delivery: message } = sampleOf('rfc9421');
  expect(verify({ ...message, url }, rfc, rfcKeys, NOW)).toEqual(refused('forged'));
});

test('44: HubSpot decodes some characters of its URL, and no others', () => {
  const url = 'https://hooks.example.com/in?a=%40%3a%7E%20%25';
  const headers = { 'X-HubSpot-Request-Timestamp': `${NOW}000`, 'X-HubSpot-Signature-v3': hmac('sha256', 'base64', 'POSThttps://hooks.example.com/in?a=@:%7E%20%25', BODY, `${NOW}000`) };
  expect(verify(delivery(headers, BODY, url), sampleOf('hubspot-v3').scheme, [secretKey()], NOW)).toHaveProperty('outcome', 'genuine');
});

test('another method is refused where it is signed', () => {
  for (const preset of ['hubspot-v3', 'contentful', 'rfc9421'] as const) {
    const { scheme, keys, delivery: sent } = sampleOf(preset);
    expect(verify({ ...sent, method: 'PUT' }, scheme, keys, NOW)).toEqual(refused('forged'));
  }
});

describe('Twilio', () => {
  const hash = createHash('sha256').update('{}').digest('hex');
  const json = { 'Content-Type': 'application/json' };
  const url = (query: string) => `https://hooks.example.com/in?${query}`;

  test('46: a body that is no form has its hash in the URL, once', () => {
    const sent = (query: string, body = '{}') => twilio(url(query), url(query), body, json);
    expect(sent(`a=1&bodySHA256=${hash}`)).toHaveProperty('outcome', 'genuine');
    expect(sent(`bodySHA256=${hash}`, '{ }')).toEqual(refused('digest-mismatch'));
    expect(sent(`bodySHA256=${hash.toUpperCase()}`)).toEqual(refused('digest-mismatch'));
    expect(sent('a=1')).toEqual(refused('not-covered'));
    expect(sent(`bodySHA256=${hash}&bodySHA256=${hash}`)).toEqual(refused('not-covered'));
    expect(sent(`xbodySHA256=${hash}`)).toEqual(refused('not-covered'));
    expect(twilio(SENT_TO, SENT_TO, 'a=b', {})).toEqual(refused('not-covered'));
  });

  test('46: the type of a body is said once', () => {
    const { scheme, keys, delivery: sent } = sampleOf('twilio');
    expect(verify({ ...sent, headers: [...sent.headers, ['content-type', 'text/plain']] }, scheme, keys, NOW)).toEqual(refused('duplicate-header'));
    expect(verify(withHeader(sent, 'content-type', undefined), scheme, keys, NOW)).toEqual(refused('not-covered'));
    expect(verify(withHeader(sent, 'content-type', 'application/x-www-form-urlencodedx'), scheme, keys, NOW)).toEqual(refused('not-covered'));
  });

  test('47: fields whose boundary moved have one signature, which is the scheme’s; others do not', () => {
    expect(twilio(`${SENT_TO}abc`, SENT_TO, 'a=bc')).toHaveProperty('outcome', 'genuine');
    expect(twilio(`${SENT_TO}abc`, SENT_TO, 'ab=c')).toHaveProperty('integrity', 'fields');
    expect(twilio(`${SENT_TO}abc`, SENT_TO, 'a=bd')).toEqual(refused('forged'));
  });

  test.each(['a', '=b', 'a=b=c', 'a=%', 'a=%ff', 'a=b&', 'a=%zz', 'a=b c', 'a=é', 'a=\0'])('refuses %j, which is no form', (body) => {
    expect(twilio(SENT_TO, SENT_TO, body)).toEqual(refused('malformed-body'));
  });

  test('takes a form without fields, and none with a thousand and one', () => {
    expect(twilio(SENT_TO, SENT_TO, '')).toHaveProperty('outcome', 'genuine');
    expect(tryForm(Array.from({ length: 1000 }, () => 'a=').join('&'))).toHaveLength(1000);
    expect(tryForm(Array.from({ length: 1001 }, () => 'a=').join('&'))).toBeUndefined();
  });
});

describe('49: PayPal', () => {
  const { scheme, keys, delivery: sent } = sampleOf('paypal');

  test('a body with the same checksum is genuine, and the verdict says what that is worth', () => {
    const forged = VECTORS.find(({ id }) => id === 'paypal-crc32-collision')!;
    expect(judge(forged)).toMatchObject({ outcome: 'genuine', integrity: 'checksum', dedupeKey: 'id:FAKE-transmission-0001' });
  });

  test('another webhook’s delivery is refused', () => {
    const other = parseScheme({ preset: 'paypal', settings: { webhookId: 'WH2' } });
    expect(verify(sent, other, keys, NOW)).toEqual(refused('forged'));
  });

  test('another algorithm is refused', () => {
    expect(verify(withHeader(sent, 'paypal-auth-algo', 'SHA1withRSA'), scheme, keys, NOW)).toEqual(refused('not-allowed'));
  });

  test.each(['https://api.paypal.com.evil.example/v1/notifications/certs/CERT-a', 'https://evil.example/v1/notifications/certs/CERT-a', 'https://api.paypal.com/v1/notifications/certs/../../x',
    'https://api.paypal.com/v1/notifications/certs/CERT-a?x', 'https://api.paypal.com/v1/notifications/certs/CERT-a#x', ''])('asks for no certificate at %j', (url) => {
    expect(addressIn(withHeader(sent, 'paypal-cert-url', url), scheme)).toEqual(refused('key-not-allowed'));
    expect(verify(withHeader(sent, 'paypal-cert-url', url), scheme, keys, NOW)).toEqual(refused('key-not-allowed'));
  });

  test('a certificate of another address verifies nothing', () => {
    const url = 'https://api.sandbox.paypal.com/v1/notifications/certs/CERT-abc';
    expect(verify(withHeader(sent, 'paypal-cert-url', url), scheme, keys, NOW)).toEqual(refused('unknown-key'));
    expect(addressIn(withHeader(sent, 'paypal-cert-url', url), scheme)).toBe(url);
    expect(addressIn(withHeader(sent, 'paypal-cert-url', undefined), scheme)).toEqual(refused('missing-header'));
  });
});

test.each([
  'https://user@keys.example/a', 'https://keys.example:8443/a', 'https://KEYS.example/a', 'https://keys.example/a/../b', 'https://keys.example/a#b', 'https://[/a',
  `https://keys.example/${'a'.repeat(512)}`,
])('50: asks for no certificate at %s, whatever a pattern lets through', (url) => {
  const scheme = parseScheme({ ...sampleOf('github').scheme, certificate: { header: 'x-certificate', url: '^https://.+$' } });
  const asked = (address: string) => addressIn(delivery({ 'X-Certificate': address }), scheme);
  expect(asked(url)).toEqual(refused('key-not-allowed'));
  expect(asked('https://keys.example/a')).toBe('https://keys.example/a');
});

describe('50: SNS', () => {
  const { scheme, keys, delivery: sent } = sampleOf('aws-sns');

  test.each([
    'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem', 'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-abc.pem',
    'https://user@sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem', 'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-abc.pem',
    'https://sns.attacker-bucket.amazonaws.com/SimpleNotificationService-abc.pem', 'https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem',
    'https://sns.eu-west-1.amazonaws.com:444/SimpleNotificationService-abc.pem', 'https://sns.eu-west-1.amazonaws.com/x/../SimpleNotificationService-abc.pem',
    'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem\n', 'HTTPS://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem', 1, null, undefined,
  ])('asks for no certificate at %j', (SigningCertURL) => {
    const other = { ...sent, body: snsBody(undefined, { SigningCertURL }) };
    expect(addressIn(other, scheme)).toEqual(refused('key-not-allowed'));
    expect(verify(other, scheme, keys, NOW)).toEqual(refused('key-not-allowed'));
  });

  test.each(['us-gov-west-1', 'cn-north-1', 'ap-southeast-10'])('knows the endpoints of %s', (region) => {
    const url = `https://sns.${region}.amazonaws.com${region.startsWith('cn') ? '.cn' : ''}/SimpleNotificationService-abc.pem`;
    const other = { ...sent, body: snsBody(undefined, { SigningCertURL: url }) };
    expect(addressIn(other, scheme)).toBe(url);
    expect(verify(other, scheme, [publicKey(RSA, url)], NOW)).toHaveProperty('outcome', 'genuine');
  });

  test('a foreign topic is refused, and so is version 1', () => {
    const elsewhere = parseScheme({ preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [`${TOPIC}2`] }] });
    expect(verify(sent, elsewhere, keys, NOW)).toEqual(refused('not-allowed'));
    expect(verify({ ...sent, body: snsBody(undefined, { SignatureVersion: '1' }) }, scheme, keys, NOW)).toEqual(refused('not-allowed'));
  });
});

describe('Contentful', () => {
  const { scheme, keys, delivery: sent } = sampleOf('contentful');
  const SIGNED = 'x-contentful-signed-headers';
  const listing = (list: string) => verify(withHeader(sent, SIGNED, list), scheme, keys, NOW);

  test.each(['x-contentful-timestamp', 'x-contentful-signed-headers', 'x-contentful-topic'])('the list of signed headers is refused without %s', (name) => {
    const list = headerOf(sent, SIGNED).split(',').filter((one) => one !== name).join(',');
    expect(listing(list)).toEqual(refused(name.endsWith('topic') ? 'forged' : 'not-covered'));
  });

  test.each(['X-A', 'b,a', 'a,a', '', 'a,,b', 'a b', Array.from({ length: 65 }, (_, index) => `h${index + 100}`).join(',')])('refuses the list %j', (list) => {
    expect(listing(list)).toEqual(refused('malformed-header'));
  });

  test('refuses a delivery without the list, without a header of it, or with one twice', () => {
    expect(verify(withHeader(sent, SIGNED, undefined), scheme, keys, NOW)).toEqual(refused('missing-header'));
    expect(verify(withHeader(sent, 'x-contentful-topic', undefined), scheme, keys, NOW)).toEqual(refused('missing-header'));
    expect(verify({ ...sent, headers: [...sent.headers, ['x-contentful-topic', 'x']] }, scheme, keys, NOW)).toEqual(refused('duplicate-header'));
  });

  test('signs a path without query as it is', () => {
    const names = `${SIGNED},x-contentful-timestamp`;
    const canonical = `POST\n/in\n${SIGNED}:${names};x-contentful-timestamp:${NOW}000\n`;
    const headers = { [SIGNED]: names, 'x-contentful-timestamp': `${NOW}000`, 'x-contentful-signature': hmac('sha256', 'hex', canonical, BODY) };
    expect(verify(delivery(headers, BODY, 'https://hooks.example.com/in'), scheme, keys, NOW)).toHaveProperty('outcome', 'genuine');
  });
});
