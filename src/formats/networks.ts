import { BlockList, isIP } from 'node:net';

/** A network in CIDR notation (RFC 4632; RFC 4291, 2.3). */
export interface Network {
  readonly address: string;
  readonly prefixLength: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Without a zone, which means something on one machine only (RFC 4007, 11). */
const CIDR = /^([0-9a-fA-F:.]{2,45})\/(0|[1-9]\d{0,2})$/;

/** IPv4 addresses as a socket for both families writes them (RFC 4291, 2.5.5.2). */
const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Reads a network such as `192.0.2.0/24` or `2001:db8::/32`; undefined for anything else. */
export function tryNetwork(text: string): Network | undefined {
  const [, address, length] = CIDR.exec(text) ?? [];
  const version = isIP(address ?? '');
  const prefixLength = Number(length);
  if (version === 0 || prefixLength > (version === 4 ? 32 : 128)) return undefined;
  return { address, prefixLength, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/**
 * Whether an address is in one of the networks; nothing but an address is in any.
 *
 * An IPv4 address is the same mapped into IPv6 or not, and is in networks of IPv4 alone: else `::/0` would let in all of IPv4.
 */
export function isWithin(networks: readonly Network[], address: unknown): boolean {
  // Node takes zones for part of an address, and ignores them when it compares.
  const version = typeof address === 'string' && !address.includes('%') ? isIP(address) : 0;
  if (version === 0) return false;
  const written = version === 4 ? 'ipv4' : 'ipv6';
  const family = MAPPED.check(address as string, written) ? 'ipv4' : written;
  const list = new BlockList();
  for (const network of networks) if (network.family === family) list.addSubnet(network.address, network.prefixLength, family);
  return list.check(address as string, written);
}
