import * as fc from 'fast-check';
import { CANARY, flipped, unsigned } from './hostile';
import { NOW, SAMPLES, SECRET, SENT_TO } from './senders';
import { tryForm } from '../../../src/runtime/webhooks/canonical/form';
import { Delivery, ProxyEvent, readDelivery } from '../../../src/runtime/webhooks/delivery';
import { tryDecode, tryText } from '../../../src/runtime/webhooks/encodings';
import { answerHandshake } from '../../../src/runtime/webhooks/handshakes';
import { tryJson } from '../../../src/runtime/webhooks/json';
import { certificateOf, certificateUrl } from '../../../src/runtime/webhooks/key-source';
import { Scheme } from '../../../src/runtime/webhooks/scheme';
import { tryDictionary } from '../../../src/runtime/webhooks/structured-fields';
import { readTimestamp } from '../../../src/runtime/webhooks/timestamps';
import { REASONS, Refused } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

test('what was not signed is refused for a reason of the list, and never throws', () => {
  fc.assert(fc.property(unsigned, ([{ scheme, keys }, delivery]) => {
    const verdict = verify(delivery, scheme, keys, NOW);
    expect(JSON.stringify(verdict)).not.toContain(CANARY);
    if (knowsPassword(scheme, delivery)) return;
    expect(verdict).toBeInstanceOf(Refused);
    expect(REASONS).toContain((verdict as Refused).reason);
  }), { numRuns: 10_000 });
});

test('addresses of certificates and handshakes never throw, and name only what is allowed', () => {
  fc.assert(fc.property(unsigned, ([{ scheme, keys }, delivery]) => {
    const certificate = certificateOf(scheme);
    const url = certificate && certificateUrl(delivery, certificate);
    if (typeof url === 'string') expect(url).toMatch(/^https:\/\/(api(\.sandbox)?\.paypal\.com|sns\.)/);
    const answer = answerHandshake(scheme, delivery, { outcome: 'genuine', dedupeKey: '', key: { index: 0 }, integrity: 'body' }, keys);
    expect(JSON.stringify(answer) ?? '').not.toContain(SECRET);
  }), { numRuns: 5000 });
});

function knowsPassword({ type }: Scheme, { headers }: Delivery): boolean {
  return type === 'static' && headers.some(([, value]) => value === SECRET);
}

/** Public-key signatures take long, so fewer of their bits are tried; steps that are odd reach every bit of a byte. */
const SLOW = ['discord', 'sendgrid', 'plaid', 'paypal', 'aws-sns', 'rfc9421'];

test.each(SAMPLES)('$preset: one bit of body, signature, time or id, and it is another delivery', (sample) => {
  const { scheme, keys, delivery, preset } = sample;
  const genuine = verify(delivery, scheme, keys, NOW);
  const accepted = [...flipped(sample, SLOW.includes(preset) ? 11 : 3)].map((other) => [other, verify(other, scheme, keys, NOW)] as const)
    .filter(([, verdict]) => verdict.outcome === 'genuine');
  const integrity = 'integrity' in genuine ? genuine.integrity : undefined;
  if (integrity === 'body' || integrity === 'checksum') expect(accepted).toEqual([]);
  // Where only some fields are signed, the rest may be any, and is known to be.
  if (integrity === 'fields') expect(accepted.every(([, verdict]) => JSON.stringify(verdict) === JSON.stringify(genuine))).toBe(true);
  if (integrity === 'none') expect(accepted.every(([{ headers }]) => headers.some(([, value]) => value === SECRET))).toBe(true);
});

test('no verdict holds a secret, a signature or text of the body', () => {
  for (const { delivery, scheme, keys } of SAMPLES) {
    const text = JSON.stringify(verify(delivery, scheme, keys, NOW));
    expect(text).not.toContain(CANARY);
    for (const [name, value] of delivery.headers) if (/sig|hmac|authorization|verification/i.test(name) && !/time/i.test(name)) expect(text).not.toContain(value);
  }
});

describe('no parser throws, whatever it reads', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json(), fc.base64String(), fc.webQueryParameters());

  test('encodings are read to what writes them, or not at all', () => {
    fc.assert(fc.property(text, fc.constantFrom('hex' as const, 'base64' as const, 'base64url' as const), (one, encoding) => {
      const bytes = tryDecode(one, encoding);
      if (bytes) expect(bytes.toString(encoding)).toBe(one);
    }));
  });

  test('every encoding of bytes is read', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.constantFrom('hex' as const, 'base64' as const, 'base64url' as const), (bytes, encoding) => {
      expect(tryDecode(Buffer.from(bytes).toString(encoding), encoding)).toEqual(Buffer.from(bytes));
    }));
  });

  test('text, JSON, forms, fields and times', () => {
    fc.assert(fc.property(text, fc.uint8Array(), (one, bytes) => {
      for (const body of [Buffer.from(one), Buffer.from(bytes)]) {
        const read = tryText(body);
        if (read !== undefined && !Buffer.from(read).equals(body)) throw new Error('read to something else');
        tryJson(body);
      }
      tryForm(one);
      tryDictionary(one);
      expect((['s', 'ms', 'iso8601'] as const).map((unit) => readTimestamp(one, unit))).not.toContain(NaN);
    }), { numRuns: 5000 });
  });

  test('JSON reads as JSON.parse does', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1), (value, space) => {
      expect(tryJson(Buffer.from(JSON.stringify(value, undefined, space)))).toEqual(JSON.parse(JSON.stringify(value)));
    }), { numRuns: 2000 });
  });

  test('forms read as URLSearchParams does', () => {
    const pairs: fc.Arbitrary<[string, string][]> = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { minLength: 1 });
    fc.assert(fc.property(pairs, (fields) => {
      expect(tryForm(new URLSearchParams(fields).toString())).toEqual(fields);
    }));
  });

  test('events of API Gateway', () => {
    const values = fc.dictionary(fc.string(), fc.array(fc.oneof(fc.string(), fc.constant('\ud800')), { maxLength: 3 }), { maxKeys: 5 });
    const event: fc.Arbitrary<ProxyEvent> = fc.record({
      httpMethod: fc.string(),
      multiValueHeaders: fc.option(values),
      multiValueQueryStringParameters: fc.option(values),
      body: fc.option(fc.oneof(fc.string(), fc.base64String())),
      isBase64Encoded: fc.boolean(),
    });
    fc.assert(fc.property(event, (one) => {
      const delivery = readDelivery(one, SENT_TO);
      if (!(delivery instanceof Refused)) expect(delivery.url.startsWith(SENT_TO)).toBe(true);
    }), { numRuns: 2000 });
  });
});
