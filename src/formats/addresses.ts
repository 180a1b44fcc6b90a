import { isIPv4, isIPv6 } from 'node:net';
import type { Network } from './networks';

/** What begins the bits of an IPv4 address in IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED = '0'.repeat(80) + '1'.repeat(16);

/** The bits of an address as text: 32 or 128 of them; undefined for anything else, and for addresses with a zone. */
function tryBits(address: string): string | undefined {
  if (isIPv4(address)) return address.split('.').map((byte) => bitsOf(Number(byte), 8)).join('');
  if (!isIPv6(address) || address.includes('%')) return undefined;
  const [before, after] = address.split('::').map(groupsOf);
  const zeros = '0'.repeat(128 - before.length - (after ?? '').length);
  return before + zeros + (after ?? '');
}

/** RFC 4291, 2.2: the last of the groups may be an IPv4 address. */
function groupsOf(part: string): string {
  const groups = part === '' ? [] : part.split(':');
  return groups.map((group) => (group.includes('.') ? tryBits(group)! : bitsOf(parseInt(group, 16), 16))).join('');
}

function bitsOf(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

/**
 * One spelling for each address: IPv4 where it is mapped into IPv6, else all eight groups without leading zeros; undefined for what is no address.
 */
export function tryCanonicalAddress(address: unknown): string | undefined {
  const bits = typeof address === 'string' ? tryBits(address) : undefined;
  if (bits === undefined) return undefined;
  const plain = bits.startsWith(MAPPED) ? bits.slice(MAPPED.length) : bits;
  const parts = (size: number) => plain.match(new RegExp(`.{${size}}`, 'g'))!.map((part) => parseInt(part, 2));
  return plain.length === 32 ? parts(8).join('.') : parts(16).map((group) => group.toString(16)).join(':');
}

/** Whether a network's address has bits beyond its prefix: it may name one machine where it was to name many, or the reverse. */
export function hasHostBits({ address, prefixLength }: Network): boolean {
  return tryBits(address)!.slice(prefixLength).includes('1');
}

/** Whether a network lies among the IPv4 addresses that IPv6 maps, which `isWithin` finds in networks of IPv4 alone. */
export function isMapped({ address, prefixLength }: Network): boolean {
  return prefixLength >= MAPPED.length && tryBits(address)!.startsWith(MAPPED);
}
