import * as fc from 'fast-check';
import { ISO, NOW, Sample, SAMPLES, SENT_TO } from './senders';
import { Delivery } from '../../../src/runtime/webhooks/delivery';

export const CANARY = 'CANARY';

/** Headers of a sample that are not part of what is judged, or of which another copy of what is in them suffices. */
const IDLE_HEADERS = ['content-type', 'x-docusign-signature-1'];

/** Pieces of which signatures, times, tokens, structured fields and forms are made. */
const piece = fc.constantFrom(
  'v1', 'v1a', 'v0', 'h1', 't', 'ts', 'sha256', 'sha1', '=', ',', ';', ':', ' ', '.', '"', '(', ')', '\\', '|', '&', '%', '+', '\n', '\0', '\t', 'é', '\u00a0', '-', '{', '}',
  `${NOW}`, `${NOW}000`, ISO, 'AAAA', 'AA==', 'deadbeef', '0'.repeat(64), 'created', 'keyid', 'alg', 'sig1', '@method', 'content-digest', 'sha-256', 'none', 'e30',
  CANARY, '__proto__', 'constructor', '\ud800',
);

const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const value = fc.oneof(soup, fc.string(), fc.string({ unit: 'binary' }), fc.json(), fc.base64String());

const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.oneof(soup, fc.json()).map((text) => Buffer.from(text)),
);

/** A sample, and a delivery that has its headers and many of its values, but was not signed. */
export const unsigned: fc.Arbitrary<readonly [Sample, Delivery]> = fc.constantFrom(...SAMPLES).chain((sample) => {
  const names = sample.delivery.headers.map(([name]) => name);
  const pair = fc.tuple(fc.constantFrom(...names), fc.oneof(value, fc.constantFrom(...sample.delivery.headers.map(([, one]) => one))));
  const headers = fc.oneof(
    fc.array(pair, { maxLength: 8 }),
    fc.tuple(...names.map((name) => value.map((text) => [name, text] as const))),
  );
  const url = fc.oneof(fc.constant(SENT_TO), fc.webUrl({ withQueryParameters: true }));
  const method = fc.oneof(fc.constant('POST'), fc.string());
  return fc.record({ method, url, headers, body }).map((delivery) => [sample, delivery] as const);
});

/** Every delivery that differs from a genuine one by one bit of the body, or of a header that is judged. */
export function* flipped({ delivery }: Sample, step = 1): Generator<Delivery> {
  for (let bit = 0; bit < delivery.body.length * 8; bit += step) yield { ...delivery, body: flip(delivery.body, bit) };
  for (const [index, [name, text]] of delivery.headers.entries()) {
    if (IDLE_HEADERS.includes(name.toLowerCase())) continue;
    const bytes = Buffer.from(text, 'latin1');
    for (let bit = 0; bit < bytes.length * 8; bit += step) {
      yield { ...delivery, headers: delivery.headers.map((one, other) => other === index ? [name, flip(bytes, bit).toString('latin1')] : one) };
    }
  }
}

function flip(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const mask = 2 ** (bit % 8);
  const at = Math.floor(bit / 8);
  copy[at] += Math.floor(copy[at] / mask) % 2 === 1 ? -mask : mask;
  return copy;
}
