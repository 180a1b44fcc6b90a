import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProofs } from './proof';
import { proof, proveVectors } from './webhook-vectors';
import type * as verifier from '../../src/runtime/webhooks/verify';
import { verify } from '../../src/runtime/webhooks/verify';
import { loadMutant, Mutation } from '../runtime/mutant';
import { BODY, NOW, P256, RSA, SAMPLES, SECRET, TOPIC } from '../runtime/webhooks/senders';
import { Vector, VECTORS } from '../runtime/webhooks/vectors';

async function run(...args: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  return { code: await runProofs(['webhook-vectors'], () => proof, args, (line) => lines.push(line)), lines };
}

function fileOf(content: object): string {
  const file = join(mkdtempSync(join(tmpdir(), 'vectors-')), 'vectors.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A vector of a preset's sample, under any name of its scheme. */
function vectorOf(preset: string, more: Partial<Vector> = {}): Vector {
  const { delivery: { method, url, headers, body } } = SAMPLES.find((one) => one.preset === preset)!;
  return {
    id: preset,
    scheme: preset,
    expect: 'valid',
    request: { method, url, headers: Object.fromEntries(headers), bodyBase64: body.toString('base64') },
    secrets: [{ type: 'hmac', value: SECRET, encoding: 'utf8' }],
    nowMs: NOW * 1000,
    toleranceSec: 300,
    ...more,
  };
}

function figures(...vectors: readonly Vector[]): string {
  return proveVectors(vectors, verify, () => undefined).figures;
}

function complaint(vector: Vector): string {
  const lines: string[] = [];
  proveVectors([vector], verify, (line) => lines.push(line));
  return lines.at(-1)!;
}

test('holds for the vectors of the project, and ends with its figures', async () => {
  const { code, lines } = await run();
  expect([code, lines.at(-1)]).toEqual([0, 'webhook-vectors: 71/71']);
});

test('takes any file of the format, and fails where it expects something else', async () => {
  const [one, two] = VECTORS;
  const { code, lines } = await run(fileOf({ vectors: [one, { ...two, expect: two.expect === 'valid' ? 'invalid' : 'valid' }] }));
  expect([code, lines.at(-1)]).toEqual([1, 'webhook-vectors: 1/2']);
});

test.each([[{}, "has no 'vectors'"], [{ vectors: [] }, "has no 'vectors'"], [{ count: 2, vectors: [VECTORS[0]] }, 'says that it has 2 vectors, and has 1']])(
  'does not hold for a file that is no file of vectors: %#', async (content, message) => {
    await expect(run(fileOf(content))).rejects.toThrow(message);
  });

/** Names that a file may give to schemes, beside the presets' own. */
const NAMES = [
  ['standard-webhooks', 'standard-webhooks-v1'], ['standard-webhooks', 'Standard Webhooks'], ['standard-webhooks', 'svix'], ['stripe', 'stripe-v1'],
  ['hubspot-v3', 'hubspot'], ['coinbase-commerce', 'coinbase'], ['salesforce-ens', 'salesforce-mc-ens'], ['convoy', 'convoy-advanced'], ['convoy', 'convoy'],
  ['convoy-simple', 'convoy'], ['docusign', 'docusign-connect'], ['qstash', 'upstash-qstash'], ['line', 'LINE'], ['linear', 'linear'], ['twilio', 'twilio-form'],
] as const;

test.each(NAMES)('a delivery of %s is judged by its preset where the file says %s', (preset, scheme) => {
  const whsec = { type: 'hmac', value: `whsec_${Buffer.from(SECRET).toString('base64')}`, encoding: 'whsec-base64' };
  const secrets = [preset === 'standard-webhooks' ? whsec : { type: 'hmac', value: SECRET, encoding: 'utf8' }];
  expect(complaint(vectorOf(preset, { scheme, secrets }))).not.toMatch(/^failed/);
  expect(figures(vectorOf(preset, { scheme, secrets }))).toBe('1/1');
});

test('either kind of Adyen is told by its header', () => {
  const secrets = [{ type: 'hmac', value: Buffer.from(SECRET).toString('hex'), encoding: 'hex' }];
  expect(figures(vectorOf('adyen-platform', { scheme: 'adyen', secrets }), vectorOf('adyen-payment', { scheme: 'adyen', secrets }))).toBe('2/2');
});

test('settings, topics, header names and addresses are taken from the configuration', () => {
  const pem = RSA.publicKey.export({ format: 'pem', type: 'spki' }) as string;
  const url = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem';
  const sns = vectorOf('aws-sns', { secrets: [{ type: 'x509-cert', value: pem, url }], config: { allowedTopicArns: [TOPIC] } });
  expect(figures(sns, { ...sns, config: { allowedTopicArns: [`${TOPIC}x`] }, expect: 'invalid' })).toBe('2/2');
  const renamed = vectorOf('github', { config: { header: 'X-Signature' } });
  const digest = createHmac('sha256', SECRET).update(BODY).digest('hex');
  expect(figures({ ...renamed, request: { ...renamed.request, headers: { 'x-signature': `sha256=${digest}` } } })).toBe('1/1');
  const square = vectorOf('square');
  expect(figures({ ...square, publicUrl: square.request.url, request: { ...square.request, url: 'https://elsewhere.example.com/' } })).toBe('1/1');
  expect(complaint({ ...square, config: { notificationUrl: 'https://elsewhere.example.com/' } })).toMatch('is refused as forged');
});

test('the tolerance is the vector’s, even one that no receiver can be configured with', () => {
  const later = { nowMs: (NOW + 200_000) * 1000 };
  expect(figures(vectorOf('stripe', { ...later, toleranceSec: 200_000 }), vectorOf('stripe', { ...later, toleranceSec: 199_999, expect: 'invalid' }))).toBe('2/2');
  expect(figures(vectorOf('stripe', { toleranceSec: null }), vectorOf('github', { ...later, toleranceSec: 1 }))).toBe('2/2');
});

test('a key may be written in any way that the type has', () => {
  const bytes = Buffer.from(SECRET);
  const github = (value: unknown, encoding: string) => vectorOf('github', { secrets: [{ type: 'hmac', value, encoding }] });
  const sendgrid = (value: unknown, encoding?: string) => vectorOf('sendgrid', { secrets: [{ type: 'ecdsa-p256-public', value, encoding }] });
  expect(figures(
    github(bytes.toString('hex'), 'hex'), github(bytes.toString('base64'), 'base64'), github(bytes.toString('base64url'), 'base64url'),
    sendgrid(P256.publicKey.export({ format: 'pem', type: 'spki' })), sendgrid(P256.publicKey.export({ format: 'jwk' }), 'jwk'),
    sendgrid(P256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), 'base64'),
  )).toBe('6/6');
});

test.each<[string, Partial<Vector>, string | RegExp]>([
  ['a scheme that is not known', { scheme: 'unheard-of' }, "cannot be judged: there is no preset for the scheme 'unheard-of'"],
  ['a key that is not known', { secrets: [{ type: 'hmac', value: SECRET, encoding: 'morse' }] }, "cannot be judged: no key is known to be written in 'morse'"],
  ['a key of no known writing', { secrets: [{ type: 'rsa', value: 'x' }] }, "cannot be judged: a key of type 'rsa' has to say how it is written"],
  ['a public key in hex', { secrets: [{ type: 'rsa', value: 'aa', encoding: 'hex' }] }, "cannot be judged: no key of type 'rsa' is known to be written in hex"],
  ['a secret of few bytes', { secrets: [{ type: 'hmac', value: 'short', encoding: 'utf8' }] }, 'is refused as no-usable-key: its secret has 5 bytes, and receivers take none under 16'],
  ['a repetition of nothing', { dedupe: { sameAs: 'none' } }, "repeats 'none', which is no genuine vector of the file"],
  ['a repetition that must be none', { dedupe: { sameAs: 'github', mustBeDuplicate: false } }, "is a duplicate of 'github'"],
])('%s is a failure, and is told', (_, more, message) => {
  expect(complaint(vectorOf('github', more))).toBe(`failed: github (${more.scheme ?? 'github'}): ${message}`);
});

test('tells what it has no use for, and what is refused for want of a key', () => {
  const lines: string[] = [];
  const empty = vectorOf('github', { expect: 'invalid', config: { colour: 'red' }, secrets: [{ type: 'hmac', value: '', encoding: 'utf8' }] });
  expect(proveVectors([empty], verify, (line) => lines.push(line)).figures).toBe('1/1');
  expect(lines).toEqual(expect.arrayContaining([
    'github: its preset has no use for the configuration colour', 'github: is refused because no receiver can be configured with its keys',
  ]));
});

/** Mistakes that verifiers have made; each fails some vector. */
test.each<[string, Mutation]>([
  ['takes any signature', { file: 'keys', from: "matched ? nameOf(matched) : new Refused('forged')", to: 'nameOf(matched ?? usable[0])' }],
  ['takes what is to come', { file: 'timestamps', from: "if (seconds - nowSeconds > toleranceSeconds) return new Refused('premature');", to: '' }],
  ['decodes leniently', { file: 'encodings', from: 'isExact(text, encoding) ? Buffer.from(text, encoding) : undefined', to: 'Buffer.from(text, encoding)' }],
  ['tells deliveries apart by their signatures', { file: 'detached', from: '?? keyOfContent(content)', to: '?? keyOfContent([found[0].text])' }],
])('fails for a verifier that %s', (_mistake, mutation) => {
  const mutant = loadMutant<typeof verifier>('webhooks', ['verify'], mutation);
  expect(proveVectors(VECTORS, mutant.verify, () => undefined).holds).toBe(false);
});
