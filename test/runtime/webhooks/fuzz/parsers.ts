import { mutatedBytes, mutatedText, soup } from './mutate';
import { Random } from './random';
import { Subject } from './subject';
import { KEY_FORMATS } from '../../../../src/runtime/webhooks/key-formats';
import { PRESETS } from '../../../../src/runtime/webhooks/presets';
import { BODY, SAMPLES, SENT_TO } from '../senders';

/** Reads one input of its own making with one parser; throws where the parser does, or where it reads something that was not written. */
type Trial = (subject: Subject, random: Random) => void;

const ENCODINGS = ['hex', 'base64', 'base64url'] as const;
const UNITS = ['s', 'ms', 'iso8601'] as const;

const TEXTS = [
  ...new Set(SAMPLES.flatMap(({ delivery }) => delivery.headers.map(([, value]) => value))),
  'a=1, b="x";p=?1, c=:AAAA:, d=(e f);g', 'Body=caf%C3%A9+x&From=%2B1', '2026-01-01T00:00:00.123+01:00', '1767225600', '00ff', '/+8=', 'whsec_AAAAAAAAAAAAAAAAAAAAAAAA',
  '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}', '{"secret":"AAAAAAAAAAAAAAAAAAAAAAAA","kid":"v1"}', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
];
const SCHEMES = Object.values(PRESETS);
const VALUES: readonly unknown[] = [null, true, 0, -1, 1.5, 300, 86401, '', 'x', '/a', '^https://a$', '^https://($', [], ['body'], [null], {}, { literal: '.' }, { header: 'x-a' }, { pointer: '/id' }];

const MEMBERS = ['id', 'key', 'content', 'timestamp', 'require', '__proto__', 'other'];

/** Every parser that reads what somebody else wrote. */
export const TRIALS: Readonly<Record<string, Trial>> = {
  encodings({ tryDecode }, random) {
    const encoding = random.pick(ENCODINGS);
    const text = anyText(random);
    const bytes = tryDecode(text, encoding);
    if (bytes && Buffer.from(bytes).toString(encoding) !== text) throw new Error(`${encoding} was read to what it does not write`);
    const written = random.bytes(random.below(40)).toString(encoding);
    if (tryDecode(written, encoding)?.toString(encoding) !== written) throw new Error(`${encoding} was not read`);
  },
  text({ tryText }, random) {
    const bytes = anyBytes(random);
    const read = tryText(bytes);
    if (read !== undefined && !Buffer.from(read).equals(bytes)) throw new Error('bytes were read to other text');
  },
  json({ tryJson, at }, random) {
    const bytes = anyBytes(random);
    const read = tryJson(bytes);
    const isOther = read !== undefined && JSON.stringify(read) !== JSON.stringify(JSON.parse(bytes.toString()));
    if (isOther) throw new Error('JSON was read to something else');
    at(read, '/notificationItems/0/__proto__/constructor');
  },
  forms({ tryForm }, random) {
    const text = anyText(random);
    const read = tryForm(text);
    if (read && JSON.stringify(read) !== JSON.stringify([...new URLSearchParams(text)])) throw new Error('a form was read to other fields');
  },
  fields({ tryDictionary }, random) {
    const text = anyText(random);
    const read = tryDictionary(text);
    if (read && ![...read.keys()].every((key) => text.includes(key))) throw new Error('a dictionary was read to other keys');
  },
  times({ readTimestamp }, random) {
    const text = anyText(random);
    const unit = random.pick(UNITS);
    const read = readTimestamp(text, unit);
    if (typeof read !== 'number') return;
    if (!Number.isFinite(read) || read < -62_135_596_800) throw new Error('a time was read to none');
    if (unit !== 'iso8601' && String(unit === 's' ? read : Math.round(read * 1000)) !== text) throw new Error('a time was read to another');
  },
  keys({ readKeys, readSecret }, random) {
    const text = anyText(random);
    for (const read of [() => readKeys(text, random.pick(KEY_FORMATS)), () => readSecret(text, random.pick(KEY_FORMATS)).keys]) {
      const keys = orRefusal(read, (error) => error.name === 'KeyError' && (text.length < 16 || !error.message.includes(text)));
      if (keys?.some((key) => key.type === 'secret' && key.bytes.length < 16)) throw new Error('a short secret was read');
    }
  },
  schemes({ parseScheme }, random) {
    const written = JSON.parse(JSON.stringify(random.pick(SCHEMES))) as Record<string, unknown>;
    disturb(random, written);
    const given: unknown = JSON.parse(JSON.stringify(written));
    orRefusal(() => parseScheme(given), (error) => error.constructor.name === 'Error' && error.message.startsWith('scheme'));
  },
  events({ readDelivery }, random) {
    const header = [anyText(random), random.below(9) === 0 ? undefined : [anyText(random)]];
    const delivery = readDelivery({
      httpMethod: anyText(random),
      multiValueHeaders: random.below(9) === 0 ? null : Object.fromEntries([header]) as Record<string, string[]>,
      multiValueQueryStringParameters: random.below(3) === 0 ? null : { [anyText(random)]: [anyText(random)] },
      body: random.below(9) === 0 ? null : anyText(random),
      isBase64Encoded: random.below(2) === 0,
    }, SENT_TO);
    if ('url' in delivery && !delivery.url.startsWith(SENT_TO)) throw new Error('an event chose its URL');
  },
};

function anyText(random: Random): string {
  const text = random.below(4) === 0 ? soup(random) : random.pick(TEXTS);
  return random.below(5) === 0 ? text : mutatedText(random, text);
}

function anyBytes(random: Random): Buffer {
  const body = random.below(2) === 0 ? BODY : random.pick(SAMPLES).delivery.body;
  return random.below(2) === 0 ? mutatedBytes(random, body) : Buffer.from(anyText(random));
}

/** What was read, or undefined if it was refused as it should be; throws any other error. */
function orRefusal<T>(read: () => T, isRefusal: (error: Error) => boolean): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isRefusal(error as Error)) return undefined;
    throw error;
  }
}

/** Replaces, removes or adds a member, somewhere. */
function disturb(random: Random, object: Record<string, unknown>): void {
  const name = random.pick(Object.keys(object));
  const value = object[name];
  const isDeep = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (isDeep && random.below(3) > 0) return disturb(random, value as Record<string, unknown>);
  const kind = random.below(4);
  if (kind === 0) delete object[name];
  else if (kind === 1) Object.defineProperty(object, random.pick(MEMBERS), { value: random.pick(VALUES), enumerable: true, configurable: true });
  else if (kind === 2 && typeof value === 'string') object[name] = mutatedText(random, value);
  else object[name] = random.pick(VALUES);
}
