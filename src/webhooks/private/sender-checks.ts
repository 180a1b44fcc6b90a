import { BlockList, isIP } from 'node:net';
import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfigurationError } from '../../private';

/** As the functions of the sender read it, `DOMAIN` in the settings of the runtime. */
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

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
  const [, address, bits] = /^([0-9A-Fa-f:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || isIP(address) === 0) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}
