import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { NOW, runOn, SECRET } from './ports';
import { readKeys } from '../../../src/runtime/webhooks/key-formats';
import { Key } from '../../../src/runtime/webhooks/keys';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { PresetName, PRESETS } from '../../../src/runtime/webhooks/presets';
import { verify } from '../../../src/runtime/webhooks/verify';

const URL = 'https://hooks.example.com/in/a';
const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:orders';
const SNS_CERTIFICATE = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem';
const PAYPAL_CERTIFICATE = 'https://api.paypal.com/v1/notifications/certs/CERT-abc';
const BODY = JSON.stringify({ id: 'evt_1', event_id: 'evt_1', webhookTimestamp: NOW * 1000, note: "it's $& {body}" });

const ED25519 = generateKeyPairSync('ed25519');
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

interface Pair { readonly publicKey: KeyObject; readonly privateKey: KeyObject }

/** What a preset needs that is not a secret and the usual body. */
interface Special {
  readonly pair?: Pair;
  readonly secret?: string;
  readonly keyId?: string;
  readonly body?: string;
  readonly args?: readonly string[];
}

const SPECIAL: Readonly<Partial<Record<PresetName, Special>>> = {
  'standard-webhooks': { secret: `whsec_${Buffer.from(SECRET).toString('base64')}` },
  'svix': { secret: `whsec_${Buffer.from(SECRET).toString('base64')}` },
  'adyen-platform': { secret: Buffer.from(SECRET).toString('hex') },
  'adyen-payment': {
    secret: Buffer.from(SECRET).toString('hex'),
    body: JSON.stringify({ notificationItems: [{ NotificationRequestItem: { pspReference: 'P1', eventCode: 'AUTHORISATION', success: 'true' } }] }),
  },
  'twilio': { body: 'Body=a%26b&From=%2B1', args: ['--header', 'Content-Type: application/x-www-form-urlencoded'] },
  'discord': { pair: ED25519 },
  'sendgrid': { pair: P256 },
  'plaid': { pair: P256, keyId: 'k1' },
  'rfc9421': { pair: ED25519, keyId: 'k1' },
  'paypal': { pair: RSA, keyId: PAYPAL_CERTIFICATE, args: ['--setting', 'webhookId=WH1', '--header', `paypal-cert-url: ${PAYPAL_CERTIFICATE}`] },
  'aws-sns': {
    pair: RSA,
    keyId: SNS_CERTIFICATE,
    body: JSON.stringify({
      Type: 'Notification', MessageId: 'm1', TopicArn: TOPIC, Message: 'hello', Timestamp: '2026-01-01T00:00:00Z', SignatureVersion: '2', SigningCertURL: SNS_CERTIFICATE,
    }),
  },
};

const pem = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ format: 'pem', type }) as string;
const SIGNING = (Object.keys(PRESETS) as PresetName[]).filter((name) => PRESETS[name].type !== 'static');

test.each(SIGNING)('%s: what is sent is genuine', async (preset) => {
  const { pair, secret = SECRET, keyId, body = BODY, args = [] } = SPECIAL[preset] ?? {};
  const key = pair ? pem(pair.privateKey, 'pkcs8') : secret;
  const { code, sent, stderr } = await runOn(
    { body: body, key: `${key}\n` },
    ['sign', '--scheme', preset, '--secret-file', 'key', '--url', URL, '--body', 'body', '--send', ...keyId !== undefined ? ['--key-id', keyId] : [], ...args],
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

  const scheme = parseScheme({ preset, ...preset === 'paypal' && { settings: { webhookId: 'WH1' } } });
  const keys: readonly Key[] = pair ? readKeys(pem(pair.publicKey, 'spki'), 'pem', keyId) : readKeys(secret, scheme.key);
  expect(verify(sent[0], scheme, keys, NOW)).toHaveProperty('outcome', 'genuine');
});

const STRIPE = ['sign', '--scheme', 'stripe', '--secret-env', 'KEY', '--url', URL, '--body', "it's a body"];

test('prints a line that a shell takes apart into just these words, without the key', async () => {
  const { code, stdout, sent } = await runOn({ "it's a body": BODY }, [...STRIPE, '--header', "X-Note: it's $HOME `id` \\"]);
  expect({ code, sent: sent.length }).toEqual({ code: 0, sent: 0 });
  expect(stdout).not.toContain(SECRET);
  const words = execFileSync('sh', ['-c', stdout.replace(/^curl /, "printf '%s\\0' ")], { encoding: 'utf8' }).split('\0');
  expect(words).toEqual([
    '--disable', '--globoff', '--request', 'POST', '--header', 'content-type: application/json', '--header', "X-Note: it's $HOME `id` \\",
    '--header', expect.stringMatching(/^stripe-signature: t=1767225600,v1=[0-9a-f]{64}$/), '--header', 'Expect:', '--data-binary', "@it's a body", '--', URL, '',
  ]);
});

test('writes the body into the line where the signature is part of it', async () => {
  const { secret, body } = SPECIAL['adyen-payment']!;
  const { stdout } = await runOn({ body: body!, key: secret! }, ['sign', '--scheme', 'adyen-payment', '--secret-file', 'key', '--url', URL, '--body', 'body']);
  expect(stdout).toMatch(/--data-binary '\{"notificationItems":.*"hmacSignature":"[A-Za-z0-9+/]{43}="\}/);
});

test('signs with the Ed25519 key of Standard Webhooks, the id and the time that are given, and a key from the standard input', async () => {
  const { d, x } = ED25519.privateKey.export({ format: 'jwk' });
  const whsk = `whsk_${Buffer.concat([Buffer.from(d!, 'base64url'), Buffer.from(x!, 'base64url')]).toString('base64')}`;
  const argv = ['sign', '--scheme', 'standard-webhooks', '--secret-stdin', '--url', URL, '--body', 'b', '--id', 'msg_1', '--at', '2026-01-02T00:00:00Z', '--send'];
  const { sent } = await runOn({ b: BODY }, argv, { stdin: () => Buffer.from(`${whsk}\r\n`) });
  expect(Object.fromEntries(sent[0].headers)).toMatchObject({ 'webhook-id': 'msg_1', 'webhook-timestamp': '1767312000', 'webhook-signature': expect.stringMatching(/^v1a,/) });
});

test('a secret of a RotatingSecret signs', async () => {
  const key = JSON.stringify({ secret: Buffer.from(SECRET).toString('base64'), kid: 'v1' });
  const { code, stderr } = await runOn({ b: BODY, key }, ['sign', '--scheme', 'standard-webhooks', '--secret-file', 'key', '--url', URL, '--body', 'b']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

describe('sending', () => {
  test.each([[204, 0], [302, 1], [401, 1]])('status %d ends with exit code %d', async (status, code) => {
    expect(await runOn({ "it's a body": BODY }, [...STRIPE, '--send'], { send: async () => status })).toMatchObject({ code, stdout: `${URL}: ${status}\n` });
  });

  test('says nothing of why it could not be done but that', async () => {
    const send = async () => { throw new Error(SECRET); };
    expect(await runOn({ "it's a body": BODY }, [...STRIPE, '--send'], { send })).toMatchObject({
      code: 3, stderr: `cdk-secure-integrations: ${URL}: the request could not be sent; check the address\n`,
    });
  });
});

describe('what a receiver would refuse is not given out', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ['a topic that the body lacks', 'aws-sns', pem(RSA.privateKey, 'pkcs8'), 'malformed-body', []],
    ['an id with a dot', 'standard-webhooks', `whsec_${Buffer.from(SECRET).toString('base64')}`, 'malformed-id', ['--id', 'a.b']],
    ['a secret where a private key is needed', 'discord', '00'.repeat(31) + '01', 'no-usable-key', []],
    ['a key of another curve', 'sendgrid', pem(ED25519.privateKey, 'pkcs8'), 'no-usable-key', []],
    ['a secret for tokens with public keys', 'plaid', pem(RSA.privateKey, 'pkcs8'), 'no-usable-key', []],
    ['a key that messages are not signed with', 'rfc9421', pem(generateKeyPairSync('x25519').privateKey, 'pkcs8'), 'no-usable-key', []],
    ['a certificate of somebody else', 'paypal', pem(RSA.privateKey, 'pkcs8'), 'key-not-allowed', ['--setting', 'webhookId=W', '--header', 'paypal-cert-url: https://evil.example/']],
  ])('%s', async (_, scheme, key, reason, args) => {
    const argv = ['sign', '--scheme', scheme, '--secret-file', 'key', '--url', URL, '--body', 'b', ...args];
    const { code, stdout, stderr } = await runOn({ b: BODY, key }, argv);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(reason === 'no-usable-key' ? /no-usable-key|a public key signs nothing/ : reason);
  });
});

test.each<[string, readonly string[], string]>([
  ['a password', ['--scheme', 'okta'], '--scheme must be one that signs, got a password; send that yourself'],
  ['two keys', ['--scheme', 'stripe', '--secret-stdin'], "'webhook sign' must be given one key, got 2; leave the others out"],
  ['an address of a file', ['--scheme', 'stripe', '--url', 'file:///etc/passwd'], '--url must be an address of http or https; correct it'],
])('%s is wrong usage', async (_, args, message) => {
  expect(await runOn({ b: BODY }, ['sign', '--secret-env', 'KEY', '--url', URL, '--body', 'b', ...args])).toMatchObject({ code: 2, stderr: `cdk-secure-integrations: ${message}\n` });
});

test.each([
  ['short', 'the secret must have at least 16 bytes'],
  ['-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----', 'the private key must be PEM without a passphrase'],
])('a key that is none is named by where it is from alone', async (key, message) => {
  const { code, stderr } = await runOn({ b: BODY, key }, ['sign', '--scheme', 'stripe', '--secret-file', 'key', '--url', URL, '--body', 'b']);
  expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining(`key: ${message}; `) });
  expect(stderr).not.toContain('CANARY');
});

test('a standard input that cannot be read is told, and nothing of why but the code', async () => {
  const stdin = () => { throw Object.assign(new Error('CANARY'), { code: 'EAGAIN' }); };
  const { code, stderr } = await runOn({ b: BODY }, ['sign', '--scheme', 'stripe', '--secret-stdin', '--url', URL, '--body', 'b'], { stdin });
  expect([code, stderr]).toEqual([3, expect.stringContaining('--secret-stdin: the standard input cannot be read (EAGAIN); pipe the key into it')]);
  expect(stderr).not.toContain('CANARY');
});

test('a private key that no receiver takes signs nothing', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  const { code, stdout, stderr } = await runOn({ b: BODY, key }, ['sign', '--scheme', 'rfc9421', '--secret-file', 'key', '--url', URL, '--body', 'b']);
  expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('key: an RSA key must have 2048 bits')]);
});

test('a body that is written anew has nothing in the line that a terminal would act on', async () => {
  const hex = Buffer.from(SECRET).toString('hex');
  const item = { pspReference: 'P1', merchantAccountCode: 'M', merchantReference: 'R\u009b2J\u202e\u007f\ud83d\ude00', amount: { value: 1, currency: 'EUR' }, eventCode: 'A', success: 'true' };
  const b = JSON.stringify({ notificationItems: [{ NotificationRequestItem: item }] });
  const { code, stdout } = await runOn({ b, key: hex }, ['sign', '--scheme', 'adyen-payment', '--secret-file', 'key', '--url', URL, '--body', 'b']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^[\x20-\x7e]*\n$/)]);
  expect(stdout).toContain('R\\u009b2J\\u202e\\u007f\\ud83d\\ude00');
});
