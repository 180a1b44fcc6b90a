import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 addresses written as IPv6 (RFC 4291, 2.5.5.2), which no request comes from as such: a range of them would match nothing. */
const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/**
 * The version of the protocol that a range of addresses in CIDR notation is of (RFC 4632; RFC 4291, 2.3); undefined for anything else, for all
 * addresses, and for IPv4 written as IPv6.
 */
export function versionOfCidr(cidr: string): 'IPV4' | 'IPV6' | undefined {
  const [, address, bits] = /^([0-9A-Fa-f:.]+)\/([1-9]\d{0,2})$/.exec(cidr) ?? [];
  if (address === undefined) return undefined;
  if (isIPv4(address) && Number(bits) <= 32) return 'IPV4';
  return isIPv6(address) && Number(bits) <= 128 && !(Number(bits) >= 96 && MAPPED.check(address, 'ipv6')) ? 'IPV6' : undefined;
}
