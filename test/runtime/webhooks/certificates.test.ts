import { sign } from 'node:crypto';
import { generate } from 'selfsigned';
import { delivery, ISO, NOW as NOW_SECONDS, sampleOf, SAMPLES, snsBody, TOPIC } from './senders';
import { CertificateRefused, Certificates, CertificateUnavailable, TooManyCertificates } from '../../../src/runtime/webhooks/certificates';
import { CertificateKeys, deliveryKeys } from '../../../src/runtime/webhooks/delivery-keys';
import { areUseless, hopeless, judge } from '../../../src/runtime/webhooks/judge';
import { certificateOf } from '../../../src/runtime/webhooks/key-source';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';

const NOW = NOW_SECONDS * 1000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
const URL_OF = (name: string) => `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${name}.pem`;
const SNS = URL_OF('abc');
const SCHEME = parseScheme({ preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [TOPIC] }] });

let now: number;
let log: object[];
let asked: string[];
let answer: (url: string) => Promise<Response>;
let certificate: { readonly cert: string; readonly private: string };

async function certificateOfDays(before: number, after: number, keySize = 2048) {
  return generate([{ name: 'commonName', value: 'sns.amazonaws.com' }], {
    algorithm: 'sha256', keySize, notBeforeDate: new Date(NOW + before * DAY), notAfterDate: new Date(NOW + after * DAY),
  });
}

beforeAll(async () => { certificate = await certificateOfDays(-1, 1); });

beforeEach(() => {
  now = NOW;
  log = [];
  asked = [];
  answer = async () => new Response(certificate.cert);
});

afterEach(() => expect(JSON.stringify(log)).not.toMatch(/CANARY|sns\./));

const request = (async (url: string, options: RequestInit) => {
  asked.push(url);
  expect(options).toMatchObject({ redirect: 'error', signal: expect.any(AbortSignal) as AbortSignal });
  return answer(url);
}) as typeof fetch;

const ports = { request, now: () => now, log: (entry: object) => void log.push(entry) };
const unread = { send: () => Promise.reject(new Error('no secret is read')) } as never;

/** An SNS message, signed with the key of the certificate. */
function message(fields: Readonly<Record<string, unknown>> = {}) {
  const signed = { Message: 'line', MessageId: 'evt_1', Timestamp: ISO, TopicArn: TOPIC, Type: 'Notification' };
  const content = Object.entries(signed).map(([name, value]) => `${name}\n${value}\n`).join('');
  return delivery({}, snsBody(signed, { Signature: sign('sha256', Buffer.from(content), certificate.private).toString('base64'), ...fields }));
}

describe('a certificate', () => {
  test('is asked for once within an hour, by however many at once, and its key has its URL as its id', async () => {
    const certificates = new Certificates(ports);
    const [keys] = await Promise.all([1, 2, 3].map(() => certificates.certificate(SNS)));
    expect(keys).toMatchObject([{ type: 'public', id: SNS }]);
    now += HOUR - 1;
    expect(await certificates.certificate(SNS)).toEqual(keys);
    expect(asked).toEqual([SNS]);
    now++;
    answer = async () => new Response(null, { status: 503 });
    await expect(certificates.certificate(SNS)).rejects.toThrow(CertificateUnavailable); // an old one does not take its place
    expect(asked).toEqual([SNS, SNS]);
  });

  test('is the first of its chain', async () => {
    const chain = `${certificate.cert}\n${(await certificateOfDays(-9, -8)).cert}`;
    answer = async () => new Response(chain);
    expect(await new Certificates(ports).certificate(SNS)).toHaveLength(1);
  });

  test.each<[string, () => Promise<string>, string]>([
    ['has expired', async () => (await certificateOfDays(-2, -1)).cert, 'certificate-not-valid-now'],
    ['is not valid yet', async () => (await certificateOfDays(1, 2)).cert, 'certificate-not-valid-now'],
    ['has a short key', async () => (await certificateOfDays(-1, 1, 1024)).cert, 'certificate-not-readable'],
    ['is none', async () => '-----BEGIN CERTIFICATE-----\nCANARY\n-----END CERTIFICATE-----', 'certificate-not-readable'],
    ['is a public key', async () => 'CANARY', 'certificate-not-readable'],
  ])('that %s is told, and verifies nothing', async (_what, pem, reason) => {
    const text = await pem();
    answer = async () => new Response(text);
    const certificates = new Certificates(ports);
    expect([await certificates.certificate(SNS), await certificates.certificate(SNS)]).toEqual([[], []]);
    expect([asked, log]).toEqual([[SNS], [{ outcome: 'unusable-key', reason }]]);
  });

  test.each([404, 410])('that there is not, says %d, is none for half a minute', async (status) => {
    answer = async () => new Response('CANARY', { status });
    const certificates = new Certificates(ports);
    expect([await certificates.certificate(SNS), await certificates.certificate(SNS)]).toEqual([[], []]);
    now += 30_000;
    answer = async () => new Response(certificate.cert);
    expect([await certificates.certificate(SNS), asked].map(({ length }) => length)).toEqual([1, 2]);
  });

  test.each<[string, () => Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new Error('CANARY'))],
    ['fails', async () => new Response('CANARY', { status: 500 })],
    ['refuses', async () => new Response(null, { status: 403 })],
    ['answers nothing', async () => new Response(null)],
    ['answers without end', async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) }))],
  ])('cannot be had for half a minute from a sender that %s', async (_what, answered) => {
    answer = answered;
    const certificates = new Certificates(ports);
    for (let again = 0; again < 3; again++) await expect(certificates.certificate(SNS)).rejects.toThrow('the sender could not be asked for its certificate');
    expect(asked).toHaveLength(1);
    now += 30_000;
    answer = async () => new Response(certificate.cert);
    expect(await certificates.certificate(SNS)).toHaveLength(1);
  });

  const notFound = new TypeError('fetch failed', { cause: Object.assign(new Error('CANARY'), { code: 'ENOTFOUND' }) });
  const away = new TypeError('fetch failed', { cause: Object.assign(new Error('CANARY'), { code: 'EAI_AGAIN' }) });

  test.each<[string, () => Promise<Response>, boolean]>([
    ['a host that is not in the DNS', () => Promise.reject(notFound), true],
    ['an address that is refused', async () => new Response(null, { status: 403 }), true],
    ['a DNS that does not answer', () => Promise.reject(away), false],
    ['too many requests', async () => new Response(null, { status: 429 }), false],
    ['a sender that fails', async () => new Response(null, { status: 500 }), false],
  ])('that cannot be had for %s is told apart, for whoever sends may have chosen that', async (_what, answered, isOfTheAddress) => {
    answer = answered;
    const certificates = new Certificates(ports);
    for (let again = 0; again < 2; again++) {
      const error = await certificates.certificate(SNS).catch((reason: unknown) => reason);
      expect([error instanceof CertificateRefused, error instanceof CertificateUnavailable]).toEqual([isOfTheAddress, true]);
      expect(error).toHaveProperty('message', 'the sender could not be asked for its certificate');
    }
  });

  test('of which there are too many is asked for a minute later; those that are known go on', async () => {
    const certificates = new Certificates(ports);
    await certificates.certificate(SNS);
    answer = async () => new Response(null, { status: 404 });
    for (let flood = 0; flood < 100; flood++) await certificates.certificate(URL_OF(`x${flood}`)).catch((error: unknown) => expect(error).toBeInstanceOf(TooManyCertificates));
    expect(asked).toHaveLength(30);
    expect(await certificates.certificate(SNS)).toHaveLength(1);
    now += 60_000;
    await certificates.certificate(URL_OF('y'));
    expect(asked).toHaveLength(31);
  });
});

describe('a delivery that names its certificate', () => {
  const keys = () => deliveryKeys({ scheme: SCHEME }, { ...ports, client: unread });

  test('is verified by that, and the certificate is asked for once', async () => {
    const ring = keys();
    for (let again = 0; again < 2; again++) expect((await judge(message(), SCHEME, NOW, ring)).verdict.outcome).toBe('genuine');
    expect(asked).toEqual([SNS]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a host that is not the sender\'s', { SigningCertURL: 'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-abc.pem' }, 'key-not-allowed'],
    ['no certificate', { SigningCertURL: undefined }, 'key-not-allowed'],
    ['a good one, and a signature that is none', { Signature: 'CANARY!' }, 'malformed-signature'],
  ])('is refused before the sender is asked if it names %s', async (_what, fields, reason) => {
    expect((await judge(message(fields), SCHEME, NOW, keys())).verdict).toMatchObject({ reason });
    expect(asked).toEqual([]);
  });

  test('is refused by the key of the certificate, and none is asked for again', async () => {
    expect((await judge(message({ Message: 'other' }), SCHEME, NOW, keys())).verdict).toMatchObject({ reason: 'forged' });
    expect(asked).toEqual([SNS]);
  });

  test('cannot be judged while the certificate cannot be had', async () => {
    answer = async () => new Response(null, { status: 500 });
    await expect(judge(message(), SCHEME, NOW, keys())).rejects.toThrow(CertificateUnavailable);
  });

  test('of PayPal is asked for its certificate only while it is fresh', async () => {
    const { scheme, delivery: sent } = sampleOf('paypal');
    const ring = new CertificateKeys(scheme, certificateOf(scheme)!, new Certificates(ports));
    expect(await ring.current(sent, NOW + 2 * DAY)).toEqual([]);
    expect(asked).toEqual([]);
    expect(await ring.current(sent, NOW)).toHaveLength(1);
    expect(asked).toEqual(['https://api.paypal.com/v1/notifications/certs/CERT-abc']);
  });
});

describe('of a delivery', () => {
  test.each(SAMPLES.map((sample) => [sample.preset, sample] as const))('that is genuine it is never said that no key could verify it: %s', (_preset, { delivery: sent, scheme, keys }) => {
    expect(hopeless(sent, scheme, NOW)).toBeUndefined();
    expect([areUseless(keys, scheme), areUseless([], scheme)]).toEqual([false, !certificateOf(scheme)]);
  });
});
