import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledgeInPacks } from '../../private/nag';

/** Where a network has its gateways, by zone. */
export interface Zone {
  /** Where functions are: their one way out is the zone's NAT gateway. */
  readonly inner: ec2.CfnSubnet;
  readonly routes: ec2.CfnRouteTable;
  /** The address that webhooks come from. */
  readonly address: ec2.CfnEIP;
}

/** What a zone is made with: an internet gateway and its attachment, without which nothing can be sent through it. */
export interface ZoneProps {
  /** Name of the zone; absent for one of the Region by its index. */
  readonly name?: string;
  readonly gateway: ec2.CfnInternetGateway;
  readonly attached: ec2.CfnVPCGatewayAttachment;
}

/** Makes one zone of a network: a subnet for functions, and one with nothing in it but a NAT gateway of a fixed address. */
export function createZone(scope: Construct, index: number, vpcId: string, { name, gateway, attached }: ZoneProps): Zone {
  const subnet = (id: string, cidrBlock: string) => new ec2.CfnSubnet(scope, id, {
    vpcId, cidrBlock, availabilityZone: name ?? Fn.select(index, Fn.getAzs()), mapPublicIpOnLaunch: false,
  });
  const routesOf = (id: string, { ref }: ec2.CfnSubnet) => {
    const table = new ec2.CfnRouteTable(scope, `${id}Routes`, { vpcId });
    new ec2.CfnSubnetRouteTableAssociation(scope, `${id}Routed`, { routeTableId: table.ref, subnetId: ref });
    return table;
  };

  const outer = subnet(`Outer${index}`, `10.0.0.${192 + 16 * index}/28`);
  const outerRoutes = routesOf(`Outer${index}`, outer);
  const out = new ec2.CfnRoute(scope, `Outer${index}Out`, {
    routeTableId: outerRoutes.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.ref,
  });
  out.node.addDependency(attached);
  acknowledgeInPacks(out, 'VPCNoUnrestrictedRouteToIGW',
    'customers choose where their webhooks go; the subnet has nothing in it but a NAT gateway, which lets no connection in');
  const address = new ec2.CfnEIP(scope, `Address${index}`, { domain: 'vpc' });
  address.node.addDependency(attached);
  const nat = new ec2.CfnNatGateway(scope, `Nat${index}`, { subnetId: outer.ref, allocationId: address.attrAllocationId });
  nat.node.addDependency(out);

  const inner = subnet(`Inner${index}`, `10.0.0.${64 * index}/26`);
  const routes = routesOf(`Inner${index}`, inner);
  new ec2.CfnRoute(scope, `Inner${index}Out`, { routeTableId: routes.ref, destinationCidrBlock: '0.0.0.0/0', natGatewayId: nat.ref });
  return { inner, routes, address };
}
