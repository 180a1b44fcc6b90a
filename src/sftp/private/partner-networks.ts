import { Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { AllowedNetworks } from './bound-users';
import { ConfigurationError } from '../../private';
import { render } from '../../private/undone';

/** Longest description of a rule (Amazon EC2 API Reference, `IpRange`). */
const MAX_DESCRIPTION = 255;

/** What rules are counted by. */
const FAMILIES = ['IPv4', 'IPv6'] as const;

type Family = (typeof FAMILIES)[number];

/** An ingress rule as a template has it. */
interface RenderedRule {
  readonly CidrIp?: unknown;
  readonly CidrIpv6?: unknown;
}

/** Properties of `PartnerNetworks`. */
export interface PartnerNetworksProps {
  /** The group that clients come in by. */
  readonly gate: ec2.SecurityGroup;
  readonly ports: readonly number[];
  readonly takesIpv6: boolean;
  /** Rules that the account lets a group have, for IPv4 and for IPv6 each. */
  readonly quota: number;
}

/**
 * Lets the networks of partners in: a rule for each network and port, whose description names the partners, and none for anybody else.
 *
 * A security group holds a limited number of rules. More of them fail the synthesis, with how many there are, rather than the deployment.
 */
export class PartnerNetworks implements AllowedNetworks {
  private readonly partners = new Map<string, string[]>();

  constructor(scope: Construct, private readonly props: PartnerNetworksProps) {
    scope.node.addValidation({ validate: () => FAMILIES.flatMap((family) => this.excess(family)) });
  }

  public allow(scope: Construct, partner: string, networks: readonly string[]): void {
    const reachable = networks.filter((network) => this.props.takesIpv6 || familyOf(network) === 'IPv4');
    if (networks.length > 0 && reachable.length === 0) {
      throw new ConfigurationError(scope, `'networks' must have one of IPv4, since the server's endpoint takes no IPv6, got ${networks.join(', ')}; `
        + 'add the IPv4 networks that the partner connects from');
    }
    for (const network of reachable) this.name(network, partner);
  }

  private name(network: string, partner: string): void {
    const known = this.partners.get(network);
    if (known) {
      if (!known.includes(partner)) known.push(partner);
      return;
    }
    const partners = [partner];
    this.partners.set(network, partners);
    const peer = familyOf(network) === 'IPv4' ? ec2.Peer.ipv4(network) : ec2.Peer.ipv6(network);
    // All partners of a network share its rules, so that the description is known at the end alone.
    const description = Lazy.string({ produce: () => describe(partners) });
    for (const port of this.props.ports) this.props.gate.addIngressRule(peer, ec2.Port.tcp(port), description);
  }

  /** Rules are counted as the template has them, those that others add included. */
  private excess(family: Family): string[] {
    const { gate, ports, quota } = this.props;
    const rules = rulesOf(gate);
    const other = family === 'IPv4' ? 'CidrIpv6' : 'CidrIp';
    // What names no network, such as a group, counts for both (Amazon VPC User Guide, "Amazon VPC quotas").
    const count = rules.filter((rule) => rule[other] === undefined).length;
    return count <= quota ? [] : [
      `the networks of the partners must need at most ${quota} rules of ${family} in the security group, got ${count} for ${ports.length === 1 ? 'one port' : `${ports.length} ports`}; `
      + "merge neighbouring networks, offer fewer ports, or have AWS raise the quota 'Inbound or outbound rules per security group' and say so in 'networkRuleQuota'",
    ];
  }
}

/** A rule by a list of networks stands beside the group. It is counted as one, though it counts for as many as the list may have. */
function rulesOf(gate: ec2.SecurityGroup): readonly RenderedRule[] {
  const inline = render(gate.node.defaultChild as ec2.CfnSecurityGroup).Properties?.SecurityGroupIngress as readonly RenderedRule[] | undefined ?? [];
  const beside = gate.node.children.filter(ec2.CfnSecurityGroupIngress.isCfnSecurityGroupIngress).map((rule) => render(rule).Properties!);
  return [...inline, ...beside];
}

function familyOf(network: string): Family {
  return network.includes(':') ? 'IPv6' : 'IPv4';
}

function describe(partners: readonly string[]): string {
  const told: string[] = [];
  for (const partner of partners) {
    const rest = ` and ${partners.length - told.length} more`;
    if (`SFTP from ${[...told, partner].join(', ')}`.length > MAX_DESCRIPTION - rest.length) return `SFTP from ${told.join(', ')}${rest}`;
    told.push(partner);
  }
  return `SFTP from ${told.join(', ')}`;
}
