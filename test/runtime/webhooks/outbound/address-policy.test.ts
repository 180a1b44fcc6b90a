import * as fc from 'fast-check';
import { publicAddresses } from '../../../../src/runtime/webhooks/outbound/address-policy';

const isAllowed = publicAddresses();

/** For each range the last address before and the first after it that are public, where there are such. */
test.each([
  '1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '169.253.255.255', '169.255.0.0',
  '172.15.255.255', '172.32.0.0', '191.255.255.255', '192.0.1.0', '192.0.3.0', '192.31.195.255', '192.31.197.0', '192.52.192.255', '192.52.194.0',
  '192.88.98.255', '192.88.100.0', '192.167.255.255', '192.169.0.0', '192.175.47.255', '192.175.49.0', '198.17.255.255', '198.20.0.0',
  '198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0', '223.255.255.255',
  '2001:200::', '2001:db7:ffff::1', '2001:db9::', '2003::', '2001:ffff:ffff::', '2620:4f:7fff::', '2620:4f:8001::', '3ffe:ffff::', '3fff:1000::', '2600:9000::1',
  '::ffff:8.8.8.8', '::ffff:808:808', '0:0:0:0:0:ffff:8.8.8.8',
])('%s is of the public internet', (address) => {
  expect(isAllowed(address)).toBe(true);
});

test.each([
  '0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254', '169.254.170.2', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.31.196.1', '192.52.193.1',
  '192.88.99.1', '192.168.1.1', '192.175.48.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255',
  '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '::ffff:0:127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '100::1', '1::1',
  '2001::1', '2001:1ff:ffff::', '2001:db8::1', '2002:7f00:1::', '2620:4f:8000::1', '3fff::1', '4000::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1',
  'fe80::1%eth0', 'fec0::1', 'ff02::1', '2600::1%1',
])('%s is not', (address) => {
  expect(isAllowed(address)).toBe(false);
});

test.each(['', 'localhost', '127.1', '2130706433', '0x7f.0.0.1', '8.8.8.8 ', '8.8.8.8/32', '08.8.8.8', '[2600::1]', '8.8.8.8:443'])('%p is no address', (text) => {
  expect(isAllowed(text)).toBe(false);
});

test('networks of one\'s own are refused, too, mapped or not', () => {
  const policy = publicAddresses(['52.94.0.0/16', '2600:1f00::/24']);
  expect(['52.94.1.1', '::ffff:52.94.1.1', '2600:1f00::1', '52.95.0.1', '2600:1e00::1'].map(policy)).toEqual([false, false, false, true, true]);
});

test('a network that is none stops the start', () => {
  expect(() => publicAddresses(['52.94.0.0'])).toThrow('a network must be in CIDR notation');
});

test('an IPv4 address and the same one mapped are judged alike; any other embedding is refused', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => {
    const [a, b, c, d] = address.split('.').map(Number);
    const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    expect(isAllowed(`::ffff:${address}`)).toBe(isAllowed(address));
    expect(isAllowed(`::ffff:${hex}`)).toBe(isAllowed(address));
    expect([`::${hex}`, `::ffff:0:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::`, `2001:0:${hex}::`].filter(isAllowed)).toEqual([]);
  }), { numRuns: 5000 });
});

test('of IPv6 nothing outside 2000::/3 is let through, and nothing throws', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV6(), fc.string()), (text) => {
    if (isAllowed(text) && text.includes(':') && !/^[0:]*:ffff:/i.test(text)) expect(text).toMatch(/^[23][0-9a-f]{3}:/i);
  }), { numRuns: 20_000 });
});
