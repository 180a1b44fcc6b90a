import { BlockList } from 'node:net';
import { tryNetwork } from '../../../src/formats/networks';

/** An address of an endpoint that must lead nowhere, and what its name resolves to, one answer for each time that it is asked. */
export interface Target {
  readonly what: string;
  readonly url: string;
  readonly answers: readonly (readonly string[])[];
}

/** A name that any customer could register. */
const NAME = 'hooks.customer.com';

/** Leads nowhere (RFC 5737), and stands for an address of the public internet. */
export const ELSEWHERE = '192.0.2.1';

/** Written from the requirements, apart from the table of the guard, which it judges. */
const RANGES = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24',
  '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96', '::ffff:0:0/104', '::ffff:10.0.0.0/104', '::ffff:127.0.0.0/104', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32',
  '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8', 'fd00:ec2::254/128', '4000::/3', '6000::/3', '8000::/1',
];

/** Ways in which an IPv4 address is written within one of IPv6. */
const EMBEDDINGS: Readonly<Record<string, (hex: string) => string>> = {
  'IPv4-mapped': (hex) => `::ffff:${hex}`,
  'IPv4-compatible': (hex) => `::${hex}`,
  'IPv4-translated': (hex) => `::ffff:0:${hex}`,
  'NAT64': (hex) => `64:ff9b::${hex}`,
  'local NAT64': (hex) => `64:ff9b:1::${hex}`,
  '6to4': (hex) => `2002:${hex}::1`,
  'Teredo': (hex) => `2001:0:${hex}::1`,
};

/** The twelve ways that were measured on other libraries, to a server on loopback at `port`. */
function measured(port: number): readonly Target[] {
  const literals = [
    `127.0.0.1:${port}`, `[::1]:${port}`, `[::ffff:127.0.0.1]:${port}`, `[::127.0.0.1]:${port}`, `2130706433:${port}`, `0x7f.1:${port}`, `0177.0.0.1:${port}`,
    `127.1:${port}`, `0.0.0.0:${port}`, `localhost:${port}`, '169.254.169.254',
  ];
  return [
    ...literals.map((authority) => ({ what: 'measured', url: `https://${authority}/latest/meta-data`, answers: [['127.0.0.1']] })),
    { what: 'measured', url: `https://${NAME}:${port}/`, answers: [['127.0.0.1']] },
  ];
}

/** Other spellings of the same, as customers' tickets and the literature have them. */
function spelled(port: number): readonly Target[] {
  const authorities = [
    `[::]:${port}`, `017700000001:${port}`, `0x7f000001:${port}`, `127.0.1:${port}`, `１２７.０.０.１:${port}`, `127。0。0。1:${port}`, `127.0.0.1.:${port}`, `localhost.:${port}`,
    `LOCALHOST:${port}`, `ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:${port}`, `app.localhost:${port}`, `db.internal:${port}`, `printer.local:${port}`, `1.0.0.127.in-addr.arpa:${port}`, `metadata:${port}`,
    `${NAME}.:${port}`, `user@${NAME}:${port}`, `@${NAME}:${port}`, `${NAME}%2f@127.0.0.1:${port}`, `127%2e0%2e0%2e1:${port}`, `${NAME}\\@127.0.0.1:${port}`,
  ];
  const others = [
    `http://${NAME}:${port}/`, `https:${NAME}:${port}/`, `//${NAME}:${port}/`, `ftp://${NAME}:${port}/`, 'file:///etc/passwd', `https://${NAME}:${port}/#f`,
    ` https://${NAME}:${port}/`, `https://${NAME}:${port}/\r\nHost: internal`, `https://${NAME}:22/`, `https://${NAME}:8443/`,
  ];
  return [...authorities.map((authority) => `https://${authority}/`), ...others].map((url) => ({ what: 'spelled', url, answers: [['127.0.0.1']] }));
}

/** First, last and an inner address of each range, and each in IPv4 in every embedding, as what a name resolves to. */
function ranges(port: number): readonly Target[] {
  const url = `https://${NAME}:${port}/`;
  return RANGES.flatMap((cidr) => addressesOf(cidr).flatMap((address) => [
    { what: cidr, url, answers: [[address]] },
    { what: `${cidr}, beside a good one`, url, answers: [[address, ELSEWHERE]] },
    ...address.includes(':') ? [] : Object.entries(EMBEDDINGS).map(([how, write]) => ({ what: `${cidr}, ${how}`, url, answers: [[write(hexOf(address))]] })),
  ]));
}

/** A name that is good when it is checked and bad when it is connected to, and one that is bad when it is tried again. */
function rebinding(port: number): readonly Target[] {
  const url = `https://${NAME}:${port}/`;
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].flatMap((address) => [
    { what: 'rebinding', url, answers: [[ELSEWHERE], [address]] },
    { what: 'rebinding after two', url, answers: [[ELSEWHERE], [ELSEWHERE], [address]] },
  ]);
}

/** Every target; `port` is where a server on loopback listens. */
export function targets(port: number): readonly Target[] {
  return [...measured(port), ...spelled(port), ...ranges(port), ...rebinding(port)];
}

function addressesOf(cidr: string): readonly string[] {
  const { address, prefixLength, family } = tryNetwork(cidr)!;
  const bits = family === 'ipv4' ? 32 : 128;
  const first = valueOf(address, family);
  const size = 2n ** BigInt(bits - prefixLength);
  const found = [first, first + size / 3n, first + size - 1n].map((value) => family === 'ipv4' ? dotted(value) : grouped(value));
  const range = new BlockList();
  range.addSubnet(address, prefixLength, family);
  if (!found.every((one) => range.check(one, family))) throw new Error(`${cidr}: the proof computes addresses outside`);
  return [...new Set(found)];
}

function valueOf(address: string, family: 'ipv4' | 'ipv6'): bigint {
  if (family === 'ipv4') return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
  const [head, tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::').map((half) => half.split(':').filter(Boolean));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

function dotted(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => value / 2n ** shift % 256n).join('.');
}

function grouped(value: bigint): string {
  return Array.from({ length: 8 }, (_, index) => (value / 2n ** BigInt(112 - 16 * index) % 65536n).toString(16)).join(':');
}

/** An IPv4 address as two groups of IPv6. */
function hexOf(address: string): string {
  const value = valueOf(address, 'ipv4');
  return `${(value / 65536n).toString(16)}:${(value % 65536n).toString(16)}`;
}
