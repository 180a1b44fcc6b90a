import * as fc from 'fast-check';
import { Consumer, tryParseConsumer } from '../../../src/runtime/api/consumer';
import { limitRefusalOf } from '../../../src/runtime/api/consumer-limits';
import { tryClientConsumer, tryKeyConsumer, UnusableConsumer } from '../../../src/runtime/api/consumers';

const HOLDER = '0a1b2c3d4e';
const ISSUER = 'https://login.example.com/tenant?x=1';

/** Shortest descriptions, and one with everything. */
const KEYS = `name=acme&holder=${HOLDER}&scopes=orders:read`;
const CLIENT = `name=acme&issuer=${ISSUER}&client=app=1`;
const ALL = `name=acme&holder=${HOLDER}&from=192.0.2.0/24,2001:db8::/32&until=2027-06-30&scopes=orders:read,orders:write&suspended=true`;

/** Settings that are written as their stage variable, and read back. */
const settings = fc.record({
  name: fc.stringMatching(/^[A-Za-z0-9._~:-]{1,128}$/),
  identity: fc.oneof(
    fc.stringMatching(/^[0-9a-f]{10}$/).map((holder) => ({ holder })),
    fc.tuple(fc.stringMatching(/^https:\/\/[A-Za-z0-9.~:/?#=_-]{1,40}$/), fc.stringMatching(/^[A-Za-z0-9.~:/?#=,_-]{1,40}$/))
      .map(([issuer, client]) => ({ issuer, client })),
  ),
  from: fc.array(fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(128))), { maxLength: 4 }),
  until: fc.option(fc.date({ min: new Date('2000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))),
  scopes: fc.array(fc.stringMatching(/^[A-Za-z0-9.~:/?#=_-]{1,20}$/), { minLength: 1, maxLength: 4 }),
  suspended: fc.boolean(),
});

type Drawn = typeof settings extends fc.Arbitrary<infer T> ? T : never;

function write({ name, identity, from, until, scopes, suspended }: Drawn): string {
  const pairs: Array<[string, string]> = [['name', name], ...Object.entries(identity)];
  if (from.length > 0) pairs.push(['from', from.map(([address, length]) => `${address}/${length}`).join(',')]);
  if (until !== null) pairs.push(['until', until]);
  pairs.push(['scopes', scopes.join(',')]);
  if (suspended) pairs.push(['suspended', 'true']);
  return pairs.map(([key, value]) => `${key}=${value}`).join('&');
}

describe('a stage variable', () => {
  test('is read as it was written, whatever the settings', () => {
    fc.assert(fc.property(settings, (drawn) => {
      expect(tryParseConsumer(write(drawn))).toEqual({
        name: drawn.name,
        ...drawn.identity,
        networks: drawn.from.length === 0 ? undefined : drawn.from.map(([address, prefixLength]) => ({ address, prefixLength, family: address.includes(':') ? 'ipv6' : 'ipv4' })),
        endsAt: drawn.until === null ? undefined : Date.parse(drawn.until),
        scopes: drawn.scopes,
        suspended: drawn.suspended,
      });
    }), { numRuns: 1000 });
  });

  test('may leave out what is not limited', () => {
    expect(tryParseConsumer(CLIENT)).toEqual({ name: 'acme', issuer: ISSUER, client: 'app=1', suspended: false });
    expect(tryParseConsumer(KEYS)).toEqual({ name: 'acme', holder: HOLDER, scopes: ['orders:read'], suspended: false });
  });

  test.each([
    ['nothing', ''],
    ['no name', `holder=${HOLDER}&scopes=a`],
    ['an empty name', `name=&holder=${HOLDER}&scopes=a`],
    ['a name with a space', `name=a b&holder=${HOLDER}&scopes=a`],
    ['no identity', 'name=acme&scopes=a'],
    ['two identities', `name=acme&holder=${HOLDER}&issuer=${ISSUER}&client=app&scopes=a`],
    ['an issuer without client', `name=acme&issuer=${ISSUER}&scopes=a`],
    ['a client without issuer', 'name=acme&client=app&scopes=a'],
    ['an empty client', `name=acme&issuer=${ISSUER}&client=&scopes=a`],
    ['an issuer over plain HTTP', 'name=acme&issuer=http://login.example.com&client=app'],
    ['a holder that is too short', 'name=acme&holder=0a1b2c3d4&scopes=a'],
    ['a holder in capitals', 'name=acme&holder=0A1B2C3D4E&scopes=a'],
    ['keys without scopes', `name=acme&holder=${HOLDER}`],
    ['an empty list of scopes', `name=acme&holder=${HOLDER}&scopes=`],
    ['an empty scope', `name=acme&holder=${HOLDER}&scopes=a,,b`],
    ['a scope with a quotation mark', `name=acme&holder=${HOLDER}&scopes=a"b`],
    ['a scope with a space', `name=acme&issuer=${ISSUER}&client=app&scopes=a b`],
    ['an empty list of networks', `name=acme&holder=${HOLDER}&from=&scopes=a`],
    ['one network that is none', `name=acme&holder=${HOLDER}&from=10.0.0.0/8,10.0.0.1&scopes=a`],
    ['a day that no month has', `name=acme&holder=${HOLDER}&until=2027-02-30&scopes=a`],
    ['a month that no year has', `name=acme&holder=${HOLDER}&until=2027-13-01&scopes=a`],
    ['a time', `name=acme&holder=${HOLDER}&until=2027-06-30T00:00:00Z&scopes=a`],
    ['suspended=false', `${KEYS}&suspended=false`],
    ['suspended twice', `${KEYS}&suspended=true&suspended=true`],
    ['a property twice', `name=acme&holder=${HOLDER}&scopes=a&scopes=b`],
    ['properties in another order', `holder=${HOLDER}&name=acme&scopes=a`],
    ['a property that is unknown', `${KEYS}&admin=true`],
    ['something before it', ` ${KEYS}`],
    ['a line break after it', `${KEYS}\n`],
  ])('that has %s describes no consumer', (_name, text) => {
    expect(tryParseConsumer(text)).toBeUndefined();
  });

  test('that was cut or changed describes no consumer or has the same form, and is never an error', () => {
    const text = fc.oneof(fc.string(), fc.tuple(fc.constantFrom(KEYS, CLIENT, ALL), fc.nat(), fc.nat(8), fc.string({ maxLength: 5 }))
      .map(([base, at, cut, more]) => base.slice(0, at % base.length) + more + base.slice(at % base.length + cut)));
    fc.assert(fc.property(text, (changed) => {
      const read = tryParseConsumer(changed);
      if (!read) return;
      expect(changed.startsWith(`name=${read.name}&`)).toBe(true);
      expect(read.suspended).toBe(changed.endsWith('&suspended=true'));
      expect(read.networks !== undefined).toBe(changed.includes('&from='));
      expect(read.endsAt !== undefined).toBe(changed.includes('&until='));
      expect(read.scopes !== undefined).toBe(changed.includes('&scopes='));
    }), { numRuns: 3000 });
  });
});

describe('a consumer', () => {
  const variables = { consumer_1: KEYS, consumer_2: CLIENT, scopes_1: 'orders:read', other: 'x' };

  test('is found by the holder of its keys', () => {
    expect(tryKeyConsumer(variables, HOLDER)).toMatchObject({ name: 'acme', holder: HOLDER });
    expect(tryKeyConsumer(variables, 'ffffffffff')).toBeUndefined();
  });

  test('is found by its issuer and client together', () => {
    expect(tryClientConsumer(variables, ISSUER, 'app=1')).toMatchObject({ name: 'acme', client: 'app=1' });
    expect(tryClientConsumer(variables, ISSUER, 'app')).toBeUndefined();
    expect(tryClientConsumer(variables, `${ISSUER}/`, 'app=1')).toBeUndefined();
  });

  test.each([null, undefined, {}])('is nowhere in a stage whose variables are %j', (none) => {
    expect(tryKeyConsumer(none, HOLDER)).toBeUndefined();
    expect(tryClientConsumer(none, ISSUER, 'app=1')).toBeUndefined();
  });

  test.each<[string, Record<string, unknown>]>([
    ['is broken', { consumer_1: KEYS, consumer_2: 'name=acme' }],
    ['is no text', { consumer_1: KEYS, consumer_2: 7 }],
    ['describes the same one', { consumer_1: KEYS, consumer_2: `name=other&holder=${HOLDER}&scopes=admin` }],
  ])('is not decided on while another variable %s', (_name, broken) => {
    expect(() => tryKeyConsumer(broken, HOLDER)).toThrow(new UnusableConsumer('consumer_2'));
  });

  test('is found beside two others that are the same', () => {
    const others = { consumer_1: KEYS, consumer_2: CLIENT, consumer_3: `${CLIENT}&suspended=true` };
    expect(tryKeyConsumer(others, HOLDER)).toMatchObject({ name: 'acme' });
    expect(() => tryClientConsumer(others, ISSUER, 'app=1')).toThrow('the stage variable consumer_3 must describe a consumer');
  });
});

describe('limits', () => {
  const END = Date.parse('2027-06-30T00:00:00Z');
  const judged = (text: string, at: number, sourceIp?: unknown) =>
    limitRefusalOf(tryParseConsumer(text) as Consumer, { requestContext: { identity: { sourceIp } } } as never, new Date(at));

  test('none is kept where none is set', () => {
    expect(judged(KEYS, END, '192.0.2.1')).toBeUndefined();
    expect(judged(KEYS, END)).toBeUndefined();
  });

  test.each<[string, string, number, unknown, string | undefined]>([
    ['inside its network', '&from=192.0.2.0/24', END, '192.0.2.77', undefined],
    ['inside its network, mapped into IPv6', '&from=192.0.2.0/24', END, '::ffff:192.0.2.77', undefined],
    ['outside its network', '&from=192.0.2.0/24', END, '192.0.3.1', 'consumer-address'],
    ['from nowhere', '&from=192.0.2.0/24', END, undefined, 'consumer-address'],
    ['from several places', '&from=192.0.2.0/24', END, '192.0.2.1, 192.0.3.1', 'consumer-address'],
    ['in its last millisecond', '&until=2027-06-30', END - 1, undefined, undefined],
    ['when its day begins', '&until=2027-06-30', END, undefined, 'consumer-expired'],
    ['by a clock that has no time', '&until=2027-06-30', NaN, undefined, 'consumer-expired'],
  ])('are kept %s', (_name, limits, at, sourceIp, refusal) => {
    expect(judged(KEYS.replace('&scopes', `${limits}&scopes`), at, sourceIp)).toBe(refusal);
  });

  test('a suspension goes before all others, and an event without an identity is outside every network', () => {
    expect(judged(ALL, END, '192.0.3.1')).toBe('consumer-suspended');
    const limited = tryParseConsumer(KEYS.replace('&scopes', '&from=0.0.0.0/0&scopes')) as Consumer;
    expect(limitRefusalOf(limited, { requestContext: {} } as never, new Date(END))).toBe('consumer-address');
  });
});
