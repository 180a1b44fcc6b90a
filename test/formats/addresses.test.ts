import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { hasHostBits, isMapped, tryCanonicalAddress } from '../../src/formats/addresses';
import { tryInstant } from '../../src/formats/instant';
import { tryNetwork } from '../../src/formats/networks';

test.each([
  ['192.0.2.1', '192.0.2.1'], ['::ffff:192.0.2.1', '192.0.2.1'], ['::FFFF:c000:201', '192.0.2.1'], ['::', '0:0:0:0:0:0:0:0'], ['::1', '0:0:0:0:0:0:0:1'],
  ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'], ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0:0:0:0:1'], ['64:ff9b::192.0.2.1', '64:ff9b:0:0:0:0:c000:201'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'], ['::ffff:0:192.0.2.1', '0:0:0:0:ffff:0:c000:201'],
])('%s is the address %s', (address, canonical) => {
  expect(tryCanonicalAddress(address)).toBe(canonical);
});

test.each([undefined, null, 7, '', 'x', '192.0.2', '010.0.0.1', '999.1.1.1', 'fe80::1%eth0', '1::2::3', ['192.0.2.1'], '192.0.2.1/32'])('%j is no address', (address) => {
  expect(tryCanonicalAddress(address)).toBeUndefined();
});

test('an address has one spelling, which is an address, and no text is an error', () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) => {
    const canonical = tryCanonicalAddress(address);
    expect(canonical === undefined).toBe(isIP(address) === 0);
    if (canonical !== undefined) expect(tryCanonicalAddress(canonical)).toBe(canonical);
  }), { numRuns: 1000 });
});

test('bits beyond the prefix are seen', () => {
  const seen = (text: string) => hasHostBits(tryNetwork(text)!);
  expect(['192.0.2.0/24', '192.0.2.1/32', '192.0.2.128/25', '2001:db8::/32', '2001:db8::1/128', '0.0.0.0/0', '::/0'].map(seen)).toEqual(Array(7).fill(false));
  expect(['192.0.2.1/24', '192.0.2.64/25', '2001:db8::1/127', '2001:db8:8000::/32', '10.0.0.0/4'].map(seen)).toEqual(Array(5).fill(true));
});

test('networks of IPv4 within IPv6 are seen', () => {
  const seen = (text: string) => isMapped(tryNetwork(text)!);
  expect(['::ffff:0:0/96', '::ffff:192.0.2.0/120', '::/96', '::ffff:0:0/95', '192.0.2.0/24', '2001:db8::/32'].map(seen)).toEqual([true, true, false, false, false, false]);
});

test.each([
  ['2026-01-31T00:00:00Z', 1769817600000], ['2024-02-29T23:59:59Z', 1709251199000], ['2026-06-30T12:00:00.5Z', 1782820800500], ['1970-01-01T00:00:00.000Z', 0],
])('%s is a time', (text, time) => {
  expect(tryInstant(text)).toBe(time);
});

test.each([
  undefined, null, 1769817600000, '', '2026-01-31', '2026-01-31T00:00:00', '2026-01-31T00:00:00+00:00', '2026-01-31T01:00:00+01:00', '2026-01-31t00:00:00z', '2026-01-31 00:00:00Z',
  '2026-02-30T00:00:00Z', '2025-02-29T00:00:00Z', '2026-01-31T24:00:00Z', '2026-06-30T23:59:60Z', '2026-13-01T00:00:00Z', ' 2026-01-31T00:00:00Z', '+002026-01-31T00:00:00Z',
])('%j is no time in UTC', (text) => {
  expect(tryInstant(text)).toBeUndefined();
});
