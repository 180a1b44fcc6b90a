import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { readKeys } from '../../../src/runtime/webhooks/key-formats';
import { Key } from '../../../src/runtime/webhooks/keys';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { PresetName } from '../../../src/runtime/webhooks/presets';
import { Scheme } from '../../../src/runtime/webhooks/scheme';
import { Verdict } from '../../../src/runtime/webhooks/verdict';

/** A genuine delivery of a sender, signed by code that shares nothing with what verifies it. */
export interface Sample {
  readonly preset: PresetName;
  readonly scheme: Scheme;
  readonly keys: readonly Key[];
  readonly delivery: Delivery;
}

export const NOW = 1767225600;
export const ISO = '2026-01-01T00:00:00Z';
export const SENT_TO = 'https://hooks.example.com/in/a?portal=1';
export const SECRET = 'CANARY-secret-that-is-long-enough';
export const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:orders';

const HEX_SECRET = Buffer.from(SECRET).toString('hex');
const WHSEC = `whsec_${Buffer.from(SECRET).toString('base64')}`;

export const ED25519 = generateKeyPairSync('ed25519');
export const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const BODY: Buffer = Buffer.from(JSON.stringify({
  id: 'evt_1', event_id: 'evt_1', event: { id: 'evt_1' }, meta: { webhook_id: 'evt_1' }, webhookTimestamp: NOW * 1000, note: 'café $& $$ {body} CANARY'.padEnd(Number(process.env.SAMPLE_CHARACTERS ?? 0), '.'),
}));

export function hmac(hash: string, encoding: 'hex' | 'base64' | 'base64url', ...parts: readonly (string | Buffer)[]): string {
  const mac = createHmac(hash, SECRET);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
}

/** `headers` by name, everything else as most senders have it. */
export function delivery(headers: Readonly<Record<string, string>>, body: Buffer = BODY, url = SENT_TO, method = 'POST'): Delivery {
  return { method, url, headers: Object.entries({ 'Content-Type': 'application/json', ...headers }), body };
}

export function secretKey(text = SECRET, id?: string): Key {
  return readKeys(text, 'utf8', id)[0];
}

function sample(preset: PresetName, sent: Delivery, keys: readonly Key[] = [secretKey()], members: object = {}): Sample {
  return { preset, scheme: parseScheme({ preset, ...members }), keys, delivery: sent };
}

const CERTIFICATES = { sns: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem', paypal: 'https://api.paypal.com/v1/notifications/certs/CERT-abc' };

export function publicKey(pair: typeof RSA, id?: string): Key {
  return readKeys(pair.publicKey.export({ format: 'pem', type: 'spki' }) as string, 'pem', id)[0];
}

const FORM = Buffer.from('Body=caf%C3%A9%20%26+co&From=%2B15005550006&Media=b&Media=a&Media=b');
const SNS_FIELDS = { Message: 'line\nline', MessageId: 'evt_1', Timestamp: ISO, TopicArn: TOPIC, Type: 'Notification' };
const ADYEN_FIELDS = { pspReference: 'P1', merchantAccountCode: 'Acc', merchantReference: 'order:1', amount: { value: 100, currency: 'EUR' }, eventCode: 'AUTHORISATION', success: 'true' };

/** The body of an SNS message, signed. */
export function snsBody(fields: Readonly<Record<string, string>> = SNS_FIELDS, more: Readonly<Record<string, unknown>> = {}): Buffer {
  const content = Object.keys(fields).sort().map((name) => `${name}\n${fields[name]}\n`).join('');
  return Buffer.from(JSON.stringify({
    ...fields, SignatureVersion: '2', SigningCertURL: CERTIFICATES.sns, Signature: sign('sha256', Buffer.from(content), RSA.privateKey).toString('base64'), ...more,
  }));
}

/** The body of an Adyen notification, signed. */
export function adyenBody(fields: Readonly<Record<string, unknown>> = ADYEN_FIELDS, signed = 'P1::Acc:order:1:100:EUR:AUTHORISATION:true'): Buffer {
  return Buffer.from(JSON.stringify({
    notificationItems: [{ NotificationRequestItem: { ...fields, additionalData: { hmacSignature: hmac('sha256', 'base64', signed) } } }],
  }));
}

/** A JWT, signed with HS256 or ES256. */
export function jwt(header: Readonly<Record<string, unknown>>, claims: unknown): string {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  if (header.alg !== 'ES256') return `${input}.${hmac('sha256', 'base64url', input)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key: P256.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export const bodyHash = (encoding: 'hex' | 'base64url', body: Buffer = BODY) => createHash('sha256').update(body).digest(encoding);

function contentfulHeaders(): Readonly<Record<string, string>> {
  const names = ['x-contentful-signed-headers', 'x-contentful-timestamp', 'x-contentful-topic'];
  const values = { [names[0]]: names.join(','), [names[1]]: `${NOW}000`, [names[2]]: 'publish' };
  const canonical = `POST\n/in/a?portal%253D1\n${names.map((name) => `${name}:${values[name]}`).join(';')}\n`;
  return { ...values, 'x-contentful-signature': hmac('sha256', 'hex', canonical, BODY) };
}

/** The headers of an HTTP message signature by Ed25519. */
export function messageHeaders(parameters = `created=${NOW};keyid="ed"`, components = '"@method" "@target-uri" "content-digest"'): Readonly<Record<string, string>> {
  const digest = `sha-256=:${createHash('sha256').update(BODY).digest('base64')}:`;
  const input = `(${components});${parameters}`;
  const values: Readonly<Record<string, string>> = { '"@method"': 'POST', '"@target-uri"': SENT_TO, '"content-digest"': digest };
  const base = [...components.split(' ').map((name) => `${name}: ${values[name]}`), `"@signature-params": ${input}`].join('\n');
  return {
    'Content-Digest': digest,
    'Signature-Input': `sig1=${input}`,
    'Signature': `sig1=:${sign(null, Buffer.from(base), ED25519.privateKey).toString('base64')}:`,
  };
}

export function edKey(id?: string): Key {
  return readKeys(Buffer.from(ED25519.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex'), 'ed25519-hex', id)[0];
}

const timed = (header: string, time: string | number, separator: string, label = 'v1', encoding: 'hex' | 'base64url' = 'hex', comma = ',') =>
  delivery({ [header]: `t=${time}${comma}${label}=${hmac('sha256', encoding, `${time}${separator}`, BODY)}` });

const standard = (prefix: string) => delivery({
  [`${prefix}-id`]: 'evt_1', [`${prefix}-timestamp`]: `${NOW}`, [`${prefix}-signature`]: `v1,${hmac('sha256', 'base64', `evt_1.${NOW}.`, BODY)}`,
});

const bodyOnly = (header: string, encoding: 'hex' | 'base64', prefix = '', hash = 'sha256') => delivery({ [header]: prefix + hmac(hash, encoding, BODY) });

/** One genuine delivery of each known sender. */
export const SAMPLES: readonly Sample[] = [
  sample('standard-webhooks', standard('Webhook'), readKeys(WHSEC, 'standard-webhooks')),
  sample('svix', standard('svix'), readKeys(WHSEC, 'standard-webhooks')),
  sample('stripe', timed('Stripe-Signature', NOW, '.')),
  sample('mux', timed('Mux-Signature', NOW, '.')),
  sample('workos', timed('WorkOS-Signature', `${NOW}000`, '.', 'v1', 'hex', ', ')),
  sample('sanity', timed('sanity-webhook-signature', `${NOW}000`, '.', 'v1', 'base64url')),
  sample('paddle', delivery({ 'Paddle-Signature': `ts=${NOW};h1=${hmac('sha256', 'hex', `${NOW}:`, BODY)}` })),
  sample('convoy', timed('X-Convoy-Signature', NOW, ',')),
  sample('convoy-simple', bodyOnly('X-Convoy-Signature', 'base64', '', 'sha512')),
  sample('github', bodyOnly('X-Hub-Signature-256', 'hex', 'sha256=')),
  sample('shopify', bodyOnly('X-Shopify-Hmac-Sha256', 'base64')),
  sample('slack', delivery({ 'X-Slack-Request-Timestamp': `${NOW}`, 'X-Slack-Signature': `v0=${hmac('sha256', 'hex', `v0:${NOW}:`, BODY)}` })),
  sample('zoom', delivery({ 'x-zm-request-timestamp': `${NOW}`, 'x-zm-signature': `v0=${hmac('sha256', 'hex', `v0:${NOW}:`, BODY)}` })),
  sample('zendesk', delivery({ 'X-Zendesk-Webhook-Signature-Timestamp': ISO, 'X-Zendesk-Webhook-Signature': hmac('sha256', 'base64', ISO, BODY) })),
  sample('hubspot-v3', delivery({
    'X-HubSpot-Request-Timestamp': `${NOW}000`, 'X-HubSpot-Signature-v3': hmac('sha256', 'base64', `POST${SENT_TO}`, BODY, `${NOW}000`),
  })),
  sample('square', delivery({ 'x-square-hmacsha256-signature': hmac('sha256', 'base64', SENT_TO, BODY) })),
  sample('twilio', delivery({
    'X-Twilio-Signature': hmac('sha1', 'base64', `${SENT_TO}Bodycafé & coFrom+15005550006MediaaMediab`),
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
  }, FORM)),
  sample('adyen-payment', delivery({}, adyenBody()), readKeys(HEX_SECRET, 'hex')),
  sample('adyen-platform', bodyOnly('HmacSignature', 'base64'), readKeys(HEX_SECRET.toUpperCase(), 'hex')),
  sample('docusign', delivery({ 'X-DocuSign-Signature-1': hmac('sha256', 'base64', 'another key'), 'X-DocuSign-Signature-2': hmac('sha256', 'base64', BODY) })),
  sample('salesforce-ens', bodyOnly('x-sfmc-ens-signature', 'base64')),
  sample('intercom', bodyOnly('X-Hub-Signature', 'hex', 'sha1=', 'sha1')),
  sample('line', bodyOnly('x-line-signature', 'base64')),
  sample('razorpay', bodyOnly('x-razorpay-signature', 'hex')),
  sample('gocardless', bodyOnly('Webhook-Signature', 'hex')),
  sample('coinbase-commerce', bodyOnly('x-cc-webhook-signature', 'hex')),
  sample('easypost', bodyOnly('X-Hmac-Signature', 'hex', 'hmac-sha256-hex=')),
  sample('linear', bodyOnly('Linear-Signature', 'hex')),
  sample('box', delivery({ 'box-delivery-timestamp': '2025-12-31T16:00:00-08:00', 'box-signature-secondary': hmac('sha256', 'base64', BODY, '2025-12-31T16:00:00-08:00') })),
  sample('contentful', delivery(contentfulHeaders())),
  sample('discord', delivery({
    'X-Signature-Timestamp': `${NOW}`, 'X-Signature-Ed25519': sign(null, Buffer.concat([Buffer.from(`${NOW}`), BODY]), ED25519.privateKey).toString('hex'),
  }), [edKey()]),
  sample('sendgrid', delivery({
    'X-Twilio-Email-Event-Webhook-Timestamp': `${NOW}`,
    'X-Twilio-Email-Event-Webhook-Signature': sign('sha256', Buffer.concat([Buffer.from(`${NOW}`), BODY]), P256.privateKey).toString('base64'),
  }), readKeys(P256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), 'spki-base64')),
  sample(
    'plaid', delivery({ 'Plaid-Verification': jwt({ alg: 'ES256', kid: 'k1', typ: 'JWT' }, { iat: NOW, request_body_sha256: bodyHash('hex') }) }),
    readKeys(JSON.stringify({ keys: [{ ...P256.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }] }), 'jwks'),
  ),
  sample('qstash', delivery({
    'Upstash-Signature': jwt({ alg: 'HS256', typ: 'JWT' }, {
      iss: 'Upstash', sub: SENT_TO, exp: NOW + 300, nbf: NOW - 5, iat: NOW, jti: 'evt_1', body: bodyHash('base64url'),
    }),
  })),
  sample('paypal', delivery({
    'PAYPAL-TRANSMISSION-ID': 'evt_1',
    'PAYPAL-TRANSMISSION-TIME': ISO,
    'PAYPAL-CERT-URL': CERTIFICATES.paypal,
    'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
    'PAYPAL-TRANSMISSION-SIG': sign('sha256', Buffer.from(`evt_1|${ISO}|WH1|${crc32(BODY)}`), RSA.privateKey).toString('base64'),
  }), [publicKey(RSA, CERTIFICATES.paypal)], { settings: { webhookId: 'WH1' } }),
  sample('aws-sns', delivery({}, snsBody()), [publicKey(RSA, CERTIFICATES.sns)], { require: [{ pointer: '/TopicArn', oneOf: [TOPIC] }] }),
  sample('okta', delivery({ Authorization: SECRET })),
  sample('rfc9421', delivery(messageHeaders()), [edKey('ed')]),
];

export function sampleOf(preset: PresetName): Sample {
  return SAMPLES.find((one) => one.preset === preset)!;
}

/** A verdict with its dedupe key, which is made when it is read, and which equality of objects does not look at. */
export function known(verdict: Verdict): object {
  return verdict.outcome === 'genuine' ? { ...verdict, dedupeKey: verdict.dedupeKey } : verdict;
}

/** The delivery with a header set, in place of any of that name; undefined removes it. */
export function withHeader(sent: Delivery, name: string, value: string | undefined): Delivery {
  const others = sent.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...sent, headers: value === undefined ? others : [...others, [name, value]] };
}

export function headerOf(sent: Delivery, name: string): string {
  return sent.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())![1];
}
