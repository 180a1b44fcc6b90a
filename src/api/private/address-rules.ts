import { Token } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { versionOfCidr } from './cidr';
import { anyOf, block, not, UnorderedRule } from './web-acl-rule';
import { ConfigurationError } from '../../private';

/** Which addresses a web ACL lets in. */
export interface AddressFilter {
  readonly deniedCidrs?: readonly string[];
  readonly allowedCidrs?: readonly string[];
  readonly allowedCountries?: readonly string[];
}

/** The most addresses of a set (AWS WAF Developer Guide, "AWS WAF quotas"). */
const MAX_ADDRESSES = 10_000;

/** Rules, with the sets of addresses they need, that refuse by address. They come first, since they cost least. */
export function addressRules(scope: Construct, filter: AddressFilter): UnorderedRule[] {
  const rules: UnorderedRule[] = [];
  if (filter.deniedCidrs?.length) {
    rules.push({ name: 'DeniedAddresses', action: block(), statement: anyOf(matches(scope, 'Denied', 'deniedCidrs', filter.deniedCidrs)) });
  }
  if (filter.allowedCidrs) {
    requireSome(scope, 'allowedCidrs', filter.allowedCidrs);
    rules.push({ name: 'UnknownAddresses', action: block(), statement: not(anyOf(matches(scope, 'Allowed', 'allowedCidrs', filter.allowedCidrs))) });
  }
  if (filter.allowedCountries) {
    requireSome(scope, 'allowedCountries', filter.allowedCountries);
    for (const country of filter.allowedCountries) requireCountry(scope, country);
    rules.push({ name: 'OtherCountries', action: block(), statement: not({ geoMatchStatement: { countryCodes: [...filter.allowedCountries] } }) });
  }
  return rules;
}

/** One set for each version of the protocol, since a set has one. */
function matches(scope: Construct, id: string, prop: string, cidrs: readonly string[]): wafv2.CfnWebACL.StatementProperty[] {
  const versions = new Map<string, string[]>();
  for (const cidr of cidrs) {
    const version = versionOf(scope, prop, cidr);
    versions.set(version, [...versions.get(version) ?? [], cidr]);
  }
  return [...versions].map(([ipAddressVersion, addresses]) => {
    if (addresses.length > MAX_ADDRESSES) {
      throw new ConfigurationError(scope, `'${prop}' must have at most ${MAX_ADDRESSES} ranges of one version, got ${addresses.length}; join adjacent ranges`);
    }
    const set = new wafv2.CfnIPSet(scope, `${id}${ipAddressVersion}`, { scope: 'REGIONAL', ipAddressVersion, addresses });
    return { ipSetReferenceStatement: { arn: set.attrArn } };
  });
}

function versionOf(scope: Construct, prop: string, cidr: string): string {
  // WAF takes no /0 (AWS WAF API Reference, IPSet), and a set has one version, which a token does not tell.
  const version = Token.isUnresolved(cidr) ? undefined : versionOfCidr(cidr);
  if (version) return version;
  throw new ConfigurationError(scope, `'${prop}' must have ranges of addresses in CIDR notation, got '${cidr}'; write for example '192.0.2.0/24'`);
}

function requireSome(scope: Construct, prop: string, values: readonly string[]): void {
  if (values.length > 0) return;
  throw new ConfigurationError(scope, `'${prop}' must name at least one, got none; an empty list would refuse everybody, leave it out to let anybody in`);
}

function requireCountry(scope: Construct, country: string): void {
  if (!Token.isUnresolved(country) && /^[A-Z]{2}$/.test(country)) return;
  throw new ConfigurationError(scope, `'allowedCountries' must have two capital letters each (ISO 3166-1), got '${country}'; write for example 'DE'`);
}
