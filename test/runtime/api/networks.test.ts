import * as fc from 'fast-check';
import { isWithin, Network, tryNetwork } from '../../../src/runtime/api/networks';

/** Eight groups of 16 bits, as RFC 4291, 2.2 writes them without shortening. */
const v6Text = (bits: bigint) => Array.from({ length: 8 }, (_, group) => (bits >> BigInt(16 * (7 - group)) & 0xffffn).toString(16)).join(':');
const v4Text = (bits: bigint) => Array.from({ length: 4 }, (_, byte) => bits >> BigInt(8 * (3 - byte)) & 0xffn).join('.');

interface Drawn { readonly bits: bigint; readonly length: number; readonly width: number }
const drawn = (width: number): fc.Arbitrary<Drawn> => fc.record({ bits: fc.bigInt(0n, (1n << BigInt(width)) - 1n), length: fc.nat(width), width: fc.constant(width) });
const textOf = ({ bits, length, width }: Drawn) => `${width === 32 ? v4Text(bits) : v6Text(bits)}/${length}`;

/** What arithmetic says: the first bits are the same. */
const contains = ({ bits, length, width }: Drawn, address: bigint) => bits >> BigInt(width - length) === address >> BigInt(width - length);

/** Another address of which some of the first bits are the same. */
const near = ({ bits, width }: Drawn, at: number) => bits ^ 1n << BigInt(at % width);

const isMapped = (bits: bigint) => bits >> 32n === 0xffffn;
const network = (text: string): Network => tryNetwork(text)!;

test.each([[32, v4Text], [128, v6Text]])('an address of %d bits is in a network if its first bits are the same', (width, write) => {
  fc.assert(fc.property(drawn(width), fc.nat(), fc.bigInt(0n, (1n << BigInt(width)) - 1n), (one, at, other) => {
    fc.pre(width === 32 || ![one.bits, other, near(one, at)].some(isMapped));
    for (const address of [one.bits, near(one, at), other]) {
      expect(isWithin([network(textOf(one))], write(address))).toBe(contains(one, address));
    }
  }), { numRuns: 500 });
});

test('an IPv4 address mapped into IPv6 is that address', () => {
  fc.assert(fc.property(drawn(32), fc.nat(), (one, at) => {
    for (const address of [one.bits, near(one, at)]) {
      const answers = [`::ffff:${v4Text(address)}`, v6Text(0xffffn << 32n | address)].map((text) => isWithin([network(textOf(one))], text));
      expect(answers).toEqual([contains(one, address), contains(one, address)]);
    }
  }));
});

test('no network of IPv6 holds an IPv4 address, and none of IPv4 an IPv6 address', () => {
  for (const address of ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201']) {
    expect(['::/0', '::ffff:0:0/96', '::ffff:192.0.2.1/128'].map((text) => isWithin([network(text)], address))).toEqual([false, false, false]);
  }
  expect(isWithin([network('0.0.0.0/0')], '2001:db8::1')).toBe(false);
});

test('one network among several is enough, and none holds nothing', () => {
  const networks = ['192.0.2.0/24', '2001:db8::/32'].map(network);
  expect(['192.0.2.255', '192.0.3.0', '2001:db8:ffff::1', '2001:db9::'].map((address) => isWithin(networks, address))).toEqual([true, false, true, false]);
  expect(isWithin([], '192.0.2.1')).toBe(false);
});

test.each([
  undefined, null, 7, '', 'localhost', '192.0.2', '192.0.2.1 ', '192.0.2.1, 192.0.2.1', '0300.0.2.1', '3221225985', '192.0.2.1/32', ['192.0.2.1'],
])('%j is no address, so it is in no network', (address) => {
  expect(isWithin(['0.0.0.0/0', '::/0'].map(network), address)).toBe(false);
});

test('a network is read as written', () => {
  expect(tryNetwork('10.0.0.0/8')).toEqual({ address: '10.0.0.0', prefixLength: 8, family: 'ipv4' });
  expect(tryNetwork('2001:DB8::/32')).toEqual({ address: '2001:DB8::', prefixLength: 32, family: 'ipv6' });
});

test.each([
  '', '/', '/8', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/-1', '10.0.0.0/8.5', '10.0.0.0/1e1', '10.0.0/8', '10.0.0.0/8 ', '10.0.0.0/8\n',
  '010.0.0.0/8', '2001:db8::/129', '2001:db8::1::/32', 'fe80::1%eth0/64', '10.0.0.0/255.0.0.0', 'example.com/8',
])('%j is no network', (text) => {
  expect(tryNetwork(text)).toBeUndefined();
});

test('any text is a network or none, and never an error', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.]{0,20}\/[0-9]{0,4}$/)), fc.string(), (text, address) => {
    const read = tryNetwork(text);
    expect(read === undefined || [32, 128].some((width) => read.prefixLength <= width)).toBe(true);
    expect([true, false]).toContain(isWithin(read ? [read] : [], address));
  }), { numRuns: 2000 });
});
