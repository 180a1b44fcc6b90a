import * as fc from 'fast-check';
import { isWithin, Network, tryNetwork } from '../../src/formats/networks';

/** An address as the text of its bits. */
const bits = (width: number) => fc.array(fc.constantFrom('0', '1'), { minLength: width, maxLength: width }).map((each) => each.join(''));
const MAPPED = `${'0'.repeat(80)}${'1'.repeat(16)}`;

/** Four bytes, or eight groups as RFC 4291, 2.2 writes them without shortening. */
function textOf(address: string): string {
  const parts = (size: number) => address.match(new RegExp(`.{${size}}`, 'g'))!.map((part) => parseInt(part, 2));
  return address.length === 32 ? parts(8).join('.') : parts(16).map((part) => part.toString(16)).join(':');
}

/** The same address but for one bit. */
function flipped(address: string, at: number): string {
  const index = at % address.length;
  return address.slice(0, index) + (address[index] === '0' ? '1' : '0') + address.slice(index + 1);
}

const network = (text: string): Network => tryNetwork(text)!;

test.each([32, 128])('an address of %d bits is in a network if its first bits are the same', (width) => {
  fc.assert(fc.property(bits(width), fc.nat(width), fc.nat(), bits(width), (own, length, at, other) => {
    const addresses = [own, flipped(own, at), other];
    fc.pre(!addresses.some((address) => address.startsWith(MAPPED)));
    for (const address of addresses) {
      expect(isWithin([network(`${textOf(own)}/${length}`)], textOf(address))).toBe(address.startsWith(own.slice(0, length)));
    }
  }), { numRuns: 500 });
});

test('an IPv4 address mapped into IPv6 is that address', () => {
  fc.assert(fc.property(bits(32), fc.nat(32), fc.nat(), (own, length, at) => {
    for (const address of [own, flipped(own, at)]) {
      const answers = [`::ffff:${textOf(address)}`, textOf(MAPPED + address)].map((text) => isWithin([network(`${textOf(own)}/${length}`)], text));
      expect(answers).toEqual(Array(2).fill(address.startsWith(own.slice(0, length))));
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
  undefined, null, 7, '', 'localhost', '192.0.2', '192.0.2.1 ', '192.0.2.1, 192.0.2.1', '0300.0.2.1', '3221225985', '192.0.2.1/32', ['192.0.2.1'], '2001:db8::1%eth0',
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
