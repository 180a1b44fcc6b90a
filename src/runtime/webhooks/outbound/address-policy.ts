import { BlockList, isIP } from 'node:net';
import { GLOBAL_UNICAST, SPECIAL_IPV4, SPECIAL_IPV6 } from './special-ranges';
import { Network, tryNetwork } from '../../../formats/networks';

/** Whether a connection may be made to an address, which is the text of one address or it may not. */
export type AddressPolicy = (address: string) => boolean;

/** IPv4 addresses as a socket for both families writes them (RFC 4291, 2.5.5.2): they are judged as what they stand for. */
const MAPPED = listOf(['::ffff:0:0/96']);

const SPECIAL = listOf([...SPECIAL_IPV4, ...SPECIAL_IPV6].map(([cidr]) => cidr));
const GLOBAL = listOf([GLOBAL_UNICAST]);

/**
 * Lets through addresses of the public internet alone.
 *
 * IPv6 is an allow-list, since what embeds an IPv4 address (`::7f00:1`, NAT64, 6to4, Teredo) or is local has more forms than any table:
 * `2000::/3` without its special ranges. `denied` are networks of one's own that are reached by public addresses, in CIDR notation.
 */
export function publicAddresses(denied: readonly string[] = []): AddressPolicy {
  const own = listOf(denied);
  return (address) => {
    // A zone, as in fe80::1%eth0, means something on one machine only (RFC 4007, 11).
    if (isIP(address) === 0 || address.includes('%')) return false;
    const plain = unwrapped(address);
    const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
    return (family === 'ipv4' || GLOBAL.check(plain, family)) && !SPECIAL.check(plain, family) && !own.check(plain, family);
  };
}

/** The IPv4 address within, where there is one of the mapped form, however it is written. */
function unwrapped(address: string): string {
  if (isIP(address) === 4 || !MAPPED.check(address, 'ipv6')) return address;
  // WHATWG URL writes the last 32 bits of any form as two groups in hexadecimal.
  const [high, low] = new URL(`http://[${address}]`).hostname.slice('[::ffff:'.length, -1).split(':').map((group) => parseInt(group, 16));
  return [high, low].flatMap((group) => [Math.floor(group / 256), group % 256]).join('.');
}

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const { address, prefixLength, family } of cidrs.map(networkOf)) list.addSubnet(address, prefixLength, family);
  return list;
}

function networkOf(cidr: string): Network {
  const network = tryNetwork(cidr);
  if (!network) throw new Error('a network must be in CIDR notation, such as 192.0.2.0/24');
  return network;
}
