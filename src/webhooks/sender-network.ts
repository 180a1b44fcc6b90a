import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger } from '../private';
import { acknowledgeInPacks } from '../private/nag';
import { recordFlows } from './private/flow-log';
import { requirePrivate, requireZones } from './private/sender-checks';
import { createSecurityGroup } from './private/sender-security-group';
import { createZone } from './private/sender-subnets';
import { wallOff } from './private/subnet-walls';
import { createTableEndpoint } from './private/table-endpoint';
import { SenderNetworkAttributes } from './sender-network-attributes';
import { ISenderNetwork } from './sender-network-ref';

const DEFAULT_ID = 'SenderNetwork';

/** Properties of a `SenderNetwork`. */
export interface SenderNetworkProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * In how many availability zones it is, from 1 to 3. Each has a NAT gateway and an address of its own, which cost about 37 US dollars a month,
   * and 0.045 for each gigabyte. With one, nothing is sent while that zone is down; nothing is lost either.
   *
   * @default - as many as `availabilityZones`, or else 2
   */
  readonly zones?: number;

  /**
   * Names of the zones, where the first of the Region will not do: AWS CloudFormation knows those alone that have a default subnet, in accounts that have
   * any ("Fn::GetAZs"), and not every zone has every service.
   *
   * @default - the first of the Region
   */
  readonly availabilityZones?: string[];
}

/**
 * A network that webhooks are sent from, and that is connected to nothing else.
 *
 * It has no route to anything internal, no peer and no private hosted zone. Functions are in subnets whose only way out is a NAT gateway, from
 * fixed addresses that customers can let in. A network ACL denies internal addresses should somebody add such a route. Calls to DynamoDB take a
 * gateway endpoint, which is free; those to Secrets Manager, a few for each endpoint and hour, take the NAT gateway, which costs less than
 * interface endpoints do and leaves the network without internal addresses to call. Every connection is recorded.
 *
 * @example
 * const network = new webhooks.SenderNetwork(this, 'Network');
 * const forCustomersToLetIn = network.addresses;
 */
export class SenderNetwork extends Construct implements ISenderNetwork {
  /** The network of a stack: the first that is a direct child of it, or else a new one with the id `SenderNetwork`. */
  public static of(scope: IConstruct): SenderNetwork {
    const stack = Stack.of(scope);
    const existing = stack.node.children.find((child) => child instanceof SenderNetwork);
    if (existing) return existing;
    if (stack.node.tryFindChild(DEFAULT_ID)) {
      throw new ConfigurationError(stack, `'${DEFAULT_ID}' must be a SenderNetwork, got another construct of that id; rename that, or pass a network`);
    }
    return new SenderNetwork(stack, DEFAULT_ID);
  }

  /**
   * Takes subnets of a network that is there already.
   *
   * What can be reached from them is yours to see to: the group lets HTTPS out alone, and the code of the sender refuses internal addresses, which
   * is then the only wall before whatever listens there on port 443.
   */
  public static fromSenderNetworkAttributes(scope: Construct, id: string, attributes: SenderNetworkAttributes): ISenderNetwork {
    return new SubnetsOfOthers(scope, id, attributes);
  }

  public readonly subnetIds: string[];
  public readonly securityGroup: ec2.ISecurityGroup;

  /** The addresses that webhooks come from, one for each zone. */
  public readonly addresses: string[];

  /** The underlying network, for whatever this construct does not cover. */
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: SenderNetworkProps = {}) {
    super(scope, id);

    const { availabilityZones: named } = props;
    const count = props.zones ?? named?.length ?? 2;
    requireInteger(this, 'zones', count, 1, 3);
    requireZones(this, count, named);
    const foundation = props.foundation ?? Foundation.of(this);

    // L1s: the L2 looks availability zones up, and closes the default group by a function that may change groups.
    const vpc = new ec2.CfnVPC(this, 'Resource', { cidrBlock: '10.0.0.0/24', enableDnsSupport: true, enableDnsHostnames: true });
    acknowledgeInPacks(vpc, 'VPCDefaultSecurityGroupClosed',
      'nothing is in the default group, which CloudFormation cannot change; the network ACL holds for whatever would be put in it');
    const gateway = new ec2.CfnInternetGateway(this, 'Gateway');
    const attached = new ec2.CfnVPCGatewayAttachment(this, 'Attached', { vpcId: vpc.ref, internetGatewayId: gateway.ref });
    const zones = Array.from({ length: count }, (_, index) => createZone(this, index, vpc.ref, { attached, gateway, name: named?.[index] }));
    wallOff(this, vpc.ref, zones.map(({ inner }) => inner));
    createTableEndpoint(this, vpc.ref, zones.map(({ routes }) => routes));
    recordFlows(this, foundation, vpc.ref);

    this.subnetIds = zones.map(({ inner }) => inner.ref);
    this.addresses = zones.map(({ address }) => address.attrPublicIp);
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: vpc.ref, availabilityZones: zones.map(({ inner }) => inner.attrAvailabilityZone), privateSubnetIds: this.subnetIds,
    });
    this.securityGroup = createSecurityGroup(this, this.vpc);
  }
}

class SubnetsOfOthers extends Construct implements ISenderNetwork {
  public readonly subnetIds: string[];
  public readonly securityGroup: ec2.ISecurityGroup;

  constructor(scope: Construct, id: string, { vpc, subnets }: SenderNetworkAttributes) {
    super(scope, id);
    const selected = vpc.selectSubnets(subnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
    requirePrivate(this, selected);
    this.subnetIds = selected.subnetIds;
    this.securityGroup = createSecurityGroup(this, vpc);
  }
}
