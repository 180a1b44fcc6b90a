import { hasHostBits, isMapped } from './addresses';
import { checkDirectories } from './directory-check';
import { checkKeys } from './key-check';
import { tryNetwork } from './networks';
import { checkMembers, isObject } from './objects';
import type { Refusal } from './refusal';

/** What the names of partners are made of: what AWS allows (API Reference, "CreateUser"), without capitals, so that no two differ by them alone. */
const NAME = /^[a-z0-9][a-z0-9_.-]{2,99}$/;

const ROLE = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;

/** Rules of a security group at most, if its quota is raised as far as it goes. */
const MAX_NETWORKS = 1000;

/**
 * Nobody has more: IPv4 was assigned by /8 at most (IANA, "IPv4 Address Space Registry"), and IPv6 is allocated in far smaller parts. Two halves are
 * every address as much as the whole is.
 */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 16 };

const MEMBERS = ['version', 'name', 'disabled', 'keys', 'networks', 'roleArn', 'passwordRequired', 'directories'];

/** Whether text is a legal name of a partner. */
export function isPartnerName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name);
}

/** All that is wrong with a record, in the order of its members; nothing for one that is sound. */
export function checkPartnerRecord(value: unknown): Refusal[] {
  if (!isObject(value)) return [{ path: '', problem: 'is no object' }];
  const name = isPartnerName(value.name) ? [] : [{
    path: 'name', problem: 'is no name of a partner', remedy: '3 to 100 of a-z, 0-9, "_", "." and "-", the first a letter or a digit',
  }];
  return [
    ...checkMembers(value, '', MEMBERS),
    ...(value.version === 1 ? [] : [{ path: 'version', problem: 'is not 1' }]),
    ...name,
    ...['disabled', 'passwordRequired'].flatMap((path) => (typeof value[path] === 'boolean' ? [] : [{ path, problem: 'is neither true nor false' }])),
    ...checkKeys(value.keys),
    ...checkNetworks(value.networks),
    ...(typeof value.roleArn === 'string' && ROLE.test(value.roleArn) ? [] : [{ path: 'roleArn', problem: 'is no ARN of a role' }]),
    ...checkDirectories(value.directories),
  ];
}

/** What is wrong with the networks that a partner signs in from. */
export function checkNetworks(value: unknown): Refusal[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_NETWORKS) {
    return [{ path: 'networks', problem: `is no list of 1 to ${MAX_NETWORKS} networks` }];
  }
  return value.flatMap((cidr: unknown, index) => {
    const problem = problemOfNetwork(cidr);
    return problem ? [{ path: `networks[${index}]`, ...problem }] : [];
  });
}

function problemOfNetwork(cidr: unknown): Omit<Refusal, 'path'> | undefined {
  const network = typeof cidr === 'string' ? tryNetwork(cidr) : undefined;
  if (!network) return { problem: 'is no network in CIDR notation', remedy: 'such as 203.0.113.0/24, 203.0.113.7/32 or 2001:db8::/48' };
  if (network.prefixLength === 0) return { problem: 'is every address there is', remedy: 'name the networks of the partner' };
  const shortest = SHORTEST_PREFIX[network.family];
  if (network.prefixLength < shortest) return { problem: `is more than anybody has; /${shortest} is the shortest prefix`, remedy: 'name the networks of the partner' };
  if (isMapped(network)) return { problem: 'is IPv4 written as IPv6', remedy: 'write it as IPv4' };
  return hasHostBits(network) ? { problem: 'has bits beyond its prefix', remedy: 'set them to zero, or give the length of a single address' } : undefined;
}
