/** A range of addresses that is not the public internet, in CIDR notation, and what it is. */
export type SpecialRange = readonly [cidr: string, what: string];

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771) and class E (RFC 1112, 4). */
export const SPECIAL_IPV4: readonly SpecialRange[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private use'],
  ['100.64.0.0/10', 'shared address space'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link local, where instance metadata and task credentials are'],
  ['172.16.0.0/12', 'private use'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.0.2.0/24', 'documentation'],
  ['192.31.196.0/24', 'AS112'],
  ['192.52.193.0/24', 'automatic multicast tunneling'],
  ['192.88.99.0/24', '6to4 relays'],
  ['192.168.0.0/16', 'private use'],
  ['192.175.48.0/24', 'AS112'],
  ['198.18.0.0/15', 'benchmarking'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved, and broadcast'],
];

/** All that is assigned for global unicast (RFC 4291, 2.4; IANA IPv6 Address Space); what is elsewhere is refused, whether known or not. */
export const GLOBAL_UNICAST = '2000::/3';

/** What is special within global unicast (IANA IPv6 Special-Purpose Address Registry). */
export const SPECIAL_IPV6: readonly SpecialRange[] = [
  ['2001::/23', 'protocol assignments, Teredo and ORCHID among them'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', '6to4, which has an IPv4 address within'],
  ['2620:4f:8000::/48', 'AS112'],
  ['3fff::/20', 'documentation'],
];
