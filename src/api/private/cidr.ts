import { isIPv4, isIPv6 } from 'node:net';

/** The version of the protocol that a range of addresses in CIDR notation is of (RFC 4632; RFC 4291, 2.3); undefined for anything else, and for all addresses. */
export function versionOfCidr(cidr: string): 'IPV4' | 'IPV6' | undefined {
  const [, address, bits] = /^([0-9A-Fa-f:.]+)\/([1-9]\d{0,2})$/.exec(cidr) ?? [];
  if (address === undefined) return undefined;
  if (isIPv4(address) && Number(bits) <= 32) return 'IPV4';
  return isIPv6(address) && Number(bits) <= 128 ? 'IPV6' : undefined;
}
