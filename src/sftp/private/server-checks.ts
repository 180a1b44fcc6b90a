import { Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { ServerLimits } from './server-limits';
import { ConfigurationError, requireInteger, requireMatch } from '../../private';

/** Ports that endpoints in a VPC listen on (AWS Transfer Family User Guide, "Create a server in a virtual private cloud"). */
const PORTS = [22, 2222, 2223, 22_000];

/** Letters, digits and hyphens in labels of at most 63 (RFC 1123, 2.1), at least two of them. */
const HOST_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is checked of a server before anything is made. */
export interface CheckedProps {
  readonly banner: string;
  readonly customHostname?: string;
  readonly hostedZone?: route53.IHostedZone;
  readonly ports: readonly number[];
  readonly networkRuleQuota: number;
  /** How much of each raises an alarm, by property. */
  readonly limits: ServerLimits;
}

/** Refuses what AWS would refuse at the deployment, or what would not do what it says. */
export function requireServer(scope: Construct, { banner, customHostname, hostedZone, limits, networkRuleQuota, ports }: CheckedProps): void {
  // As `PreAuthenticationLoginBanner` of the AWS Transfer Family API Reference, `CreateServer`.
  requireMatch(scope, 'banner', banner, /^[\x09-\x0D\x20-\x7E]{1,4096}$/, '1 to 4096 characters of ASCII', 'say who may connect, and that it is logged');
  requirePorts(scope, ports);
  requireInteger(scope, 'networkRuleQuota', networkRuleQuota, 1, 1000);
  for (const [prop, limit] of Object.entries(limits)) requireInteger(scope, prop, limit, 1, Number.MAX_SAFE_INTEGER);
  if (customHostname !== undefined) {
    requireMatch(scope, 'customHostname', customHostname, HOST_NAME, 'a name of DNS in lower case', "write for example 'sftp.example.com'");
  }
  if (hostedZone) requireZone(scope, hostedZone, customHostname);
}

function requirePorts(scope: Construct, ports: readonly number[]): void {
  const odd = ports.find((port, index) => !PORTS.includes(port) || ports.indexOf(port) !== index);
  if (odd === undefined && ports.length > 0) return;
  throw new ConfigurationError(scope, `'ports' must be different ones of ${PORTS.join(', ')}, got ${ports.join(', ') || 'none'}; an endpoint in a VPC listens on no other`);
}

function requireZone(scope: Construct, hostedZone: route53.IHostedZone, customHostname: string | undefined): void {
  if (customHostname === undefined) {
    throw new ConfigurationError(scope, "'customHostname' must be given with 'hostedZone', got nothing; say which name leads to the server");
  }
  const { zoneName } = hostedZone;
  if (Token.isUnresolved(zoneName) || Token.isUnresolved(customHostname)) return;
  const zone = zoneName.replace(/\.$/, '');
  if (customHostname !== zone && !customHostname.endsWith(`.${zone}`)) {
    throw new ConfigurationError(scope, `'customHostname' must be in the hosted zone '${zone}', got '${customHostname}'; name a host of that zone`);
  }
}
