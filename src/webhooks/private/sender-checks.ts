import { BlockList, isIP } from 'node:net';
import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** As the functions of the sender read it, `DOMAIN` in the settings of the runtime. */
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/** Likewise, `CIDR` there. */
const CIDR = /^([0-9a-fA-F:.]{2,45})\/(0|[1-9]\d{0,2})$/;

/** Environment variables of a function have 4 KB in all (AWS Lambda Developer Guide, "Lambda quotas"); the others of a sender take less than the rest. */
const MAX_DENIED_CHARACTERS = 3000;

/** Refuses more networks and domains than fit into the environment of a function. */
export function requireFitting(scope: Construct, networks: readonly string[], domains: readonly string[]): void {
  // With quotes and a comma, as in JSON.
  const characters = [...networks, ...domains].filter((each) => !Token.isUnresolved(each)).reduce((sum, each) => sum + each.length + 3, 0);
  if (characters > MAX_DENIED_CHARACTERS) {
    throw new ConfigurationError(scope, `'deniedNetworks' and 'deniedDomains' must have ${MAX_DENIED_CHARACTERS} characters at most in all, got ${characters}; `
      + 'write larger networks, and domains above those of a kind');
  }
}

/**
 * Refuses subnets without which the function would be in no network at all, and those in which it would reach nobody: an interface of a function
 * never has a public address (AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC").
 */
export function requirePrivate(scope: Construct, { hasPublic, subnetIds }: ec2.SelectedSubnets): void {
  const got = subnetIds.length === 0 ? 'none' : 'public ones';
  if (subnetIds.length === 0 || hasPublic) {
    throw new ConfigurationError(scope, `'subnets' must be private ones with a way out, got ${got}; choose subnets with a route to a NAT gateway`);
  }
}

/** Refuses names of zones that are not as many as there shall be, or one twice, which would be one zone that two seem to stand for. */
export function requireZones(scope: Construct, count: number, names: readonly string[] | undefined): void {
  if (names === undefined) return;
  if (Token.isUnresolved(names)) {
    throw new ConfigurationError(scope, "'availabilityZones' must be known at synthesis, got a list that deployment alone knows; name the zones, "
      + "or take them from it one by one, by 'Fn.select'");
  }
  if (names.length !== count || new Set(names).size !== count) {
    throw new ConfigurationError(scope, `'availabilityZones' must be ${count} different zones, got '${names.join(', ')}'; name each once, or leave 'zones' away`);
  }
}

/** Refuses what the functions of the sender would not start with. */
export function requireDomains(scope: Construct, domains: readonly string[]): void {
  for (const domain of domains) {
    if (!Token.isUnresolved(domain) && !DOMAIN.test(domain)) {
      throw new ConfigurationError(scope, `'deniedDomains' must be domains in lower case, got '${domain}'; write corp.example.com, without scheme and path`);
    }
  }
}

/** Refuses a network that is not in CIDR notation. */
export function requireNetworks(scope: Construct, networks: readonly string[]): void {
  for (const network of networks) {
    if (!Token.isUnresolved(network) && !isNetwork(network)) {
      throw new ConfigurationError(scope, `'deniedNetworks' must be networks in CIDR notation, got '${network}'; write 198.51.100.0/24 or 2001:db8::/32`);
    }
  }
}

function isNetwork(text: string): boolean {
  const [, address, bits] = CIDR.exec(text) ?? [];
  if (address === undefined || isIP(address) === 0) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
