import { Token } from 'aws-cdk-lib';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { ConfigurationError, requireInteger, requireMatch } from '../../private';

/** How a connector reaches a server. */
export type BoundEgress =
  | { readonly kind: 'service-managed'; readonly url: string }
  | { readonly kind: 'vpc-lattice'; readonly resourceConfigurationArn: string; readonly port: number };

/** A name in labels of RFC 1123, 2.1, or an address in four numbers, which look the same. */
const URL_PATTERN = /^sftp:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)(?::([1-9]\d{0,4}))?$/i;

/** AWS Transfer Family API Reference, "ConnectorVpcLatticeEgressConfig". */
const RESOURCE_CONFIGURATION = /^arn:[a-z-]+:vpc-lattice:[a-z0-9-]+:\d{12}:resourceconfiguration\/rcfg-[0-9a-z]{17}$/;

/** The part of a connector's properties that says where it leads. A connector by way of VPC Lattice has no URL (API Reference, "CreateConnector"). */
export function egressProperties(scope: Construct, egress: BoundEgress): Pick<transfer.CfnConnectorProps, 'url' | 'egressType' | 'egressConfig'> {
  if (egress.kind === 'service-managed') {
    requireUrl(scope, egress.url);
    return { url: egress.url };
  }
  const { resourceConfigurationArn, port } = egress;
  requireMatch(scope, 'resourceConfigurationArn', resourceConfigurationArn, RESOURCE_CONFIGURATION, 'the ARN of a resource configuration of VPC Lattice',
    'take it from the resource configuration');
  requireInteger(scope, 'port', port, 1, 65_535);
  return { egressType: 'VPC_LATTICE', egressConfig: { vpcLattice: { resourceConfigurationArn, portNumber: port } } };
}

/** The name of the server, as `ssh-keyscan` writes it before a key; undefined where nothing tells it. */
export function tryHostOf(egress: BoundEgress): string | undefined {
  if (egress.kind !== 'service-managed' || Token.isUnresolved(egress.url)) return undefined;
  const [, host, port = '22'] = URL_PATTERN.exec(egress.url) ?? [];
  return port === '22' ? host : `[${host}]:${port}`;
}

function requireUrl(scope: Construct, url: string): void {
  if (Token.isUnresolved(url)) return;
  const [, , port = '22'] = URL_PATTERN.exec(url) ?? [];
  if (url.length > 255 || !URL_PATTERN.test(url) || Number(port) > 65_535) {
    throw new ConfigurationError(scope,
      "'url' must be 'sftp://' and a host, with a port if it is not 22, got something else; write sftp://sftp.acme.example, without user and path");
  }
}
