import { Random } from './random';
import { Delivery } from '../../../../src/runtime/webhooks/delivery';
import { ISO, NOW, SAMPLES, SENT_TO } from '../senders';

type Header = readonly [string, string];

/** Pieces of which signatures, times, tokens, structured fields, forms and JSON are made. */
const PIECES = [
  'v1', 'v1a', 'v0', 'h1', 't=', 'ts=', 'v1=', 'v1,', 'v1a,', 'sha256=', 'sha1=', '=', ',', ';', ':', ' ', '.', '"', '(', ')', '\\', '|', '&', '%',
  '+', '\n', '\0', '\t',
  'é', '\u00a0', '\ufeff', '\ud800', '-', '{', '}', '[', ']', '$&', '$$', '${', '{body}', `${NOW}`, `${NOW}000`, `${NOW + 86400}`, ISO, '2026-02-30T00:00:00Z',
  'AAAA', 'AA==', 'AB==', 'deadbeef', 'DEADBEEF', '0'.repeat(64), 'created=', 'keyid=', 'alg=', 'sig1=', '@method', 'content-digest', 'sha-256=:', 'none', 'e30',
  'eyJhbGciOiJub25lIn0',
  '__proto__', 'constructor', 'null', 'NaN', 'Infinity', '1e9', '0x10', '-1', '%zz', '%ff', '<x>',
];

/** Values that genuine deliveries have, which take a mutation further than noise. */
const VALUES = [...new Set(SAMPLES.flatMap(({ delivery }) => delivery.headers.map(([, value]) => value)))];
const NAMES = [...new Set(SAMPLES.flatMap(({ delivery }) => delivery.headers.map(([name]) => name)))];
const BODIES = SAMPLES.map(({ delivery }) => delivery.body);
/** The address is from configuration, with parameters that a sender may add, and so always one. */
const URLS = [
  SENT_TO, `${SENT_TO}&x=1`, `${SENT_TO}&bodySHA256=00`, `${SENT_TO}&x=%27`, SENT_TO.replace('hooks', 'other'), SENT_TO.replace('/in', ''), SENT_TO.replace('?', '/?'),
];
const METHODS = ['POST', 'GET', 'post', '', 'PUT\n'];

/** The delivery after one to four changes. */
export function mutated(random: Random, delivery: Delivery): Delivery {
  let changed = delivery;
  for (let changes = 1 + random.below(4); changes > 0; changes--) changed = change(random, changed);
  return changed;
}

function change(random: Random, delivery: Delivery): Delivery {
  const { headers, body } = delivery;
  const kind = random.below(20);
  if (kind < 9 && headers.length > 0) {
    const at = random.below(headers.length);
    return { ...delivery, headers: headers.map(([name, value], index): Header => index === at ? [name, mutatedText(random, value)] : [name, value]) };
  }
  if (kind < 13) return { ...delivery, headers: otherHeaders(random, headers) };
  if (kind < 18) return { ...delivery, body: mutatedBytes(random, body) };
  return kind === 18 ? { ...delivery, url: random.pick(URLS) } : { ...delivery, method: random.pick(METHODS) };
}

function otherHeaders(random: Random, headers: readonly Header[]): readonly Header[] {
  const [name, value] = headers.length > 0 ? random.pick(headers) : [random.pick(NAMES), random.pick(VALUES)];
  switch (random.below(5)) {
    case 0: return headers.filter((_, index) => index !== random.below(headers.length));
    case 1: return [...headers, [random.below(2) === 0 ? name.toUpperCase() : name, random.below(2) === 0 ? value : mutatedText(random, value)]];
    case 2: return [[name, random.pick(VALUES)], ...headers];
    case 3: return [...headers, [random.pick(NAMES), random.pick(VALUES)]];
    default: return headers.map(([other, text]): Header => [other, other === name ? random.pick(VALUES) : text]);
  }
}

/** Text after one change. */
export function mutatedText(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + random.below(8));
  switch (random.below(8)) {
    case 0: return text.slice(0, start) + String.fromCharCode(random.below(128)) + text.slice(start + 1);
    case 1: return text.slice(0, start) + random.pick(PIECES) + text.slice(start);
    case 2: return text.slice(0, start) + text.slice(end);
    case 3: return text.slice(0, end) + text.slice(start);
    case 4: return text.slice(0, start) + random.pick(PIECES) + text.slice(end);
    case 5: return text.slice(0, start) + text.slice(start).toUpperCase();
    case 6: return soup(random);
    default: return text.slice(0, start);
  }
}

/** Text of pieces alone. */
export function soup(random: Random): string {
  return Array.from({ length: random.below(12) }, () => random.pick(PIECES)).join('');
}

/** Bytes after one change. */
export function mutatedBytes(random: Random, bytes: Buffer): Buffer {
  const start = random.below(bytes.length + 1);
  switch (random.below(6)) {
    case 0: return Buffer.concat([bytes.subarray(0, start), random.bytes(1), bytes.subarray(start + 1)]);
    case 1: return Buffer.concat([bytes.subarray(0, start), Buffer.from(random.pick(PIECES)), bytes.subarray(start)]);
    case 2: return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.below(8))]);
    case 3: return Buffer.concat([bytes, Buffer.from(random.pick(['\r\n', ' ', '\0', '&a=b', '}']))]);
    case 4: return random.pick(BODIES);
    default: return random.below(2) === 0 ? Buffer.from(soup(random)) : random.bytes(random.below(40));
  }
}
