import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct, IDependable } from 'constructs';
import { BoundEndpoint, EndpointContext } from './bound-endpoint';
import { endpointGroup } from './endpoint-group';
import { endpointSubnets } from './endpoint-subnets';
import { ConfigurationError } from '../../private';
import { SftpAddress } from '../sftp-address';
import { InternetFacingOptions } from '../sftp-endpoint-options';

/** An endpoint with Elastic IPs. */
export function bindInternetFacing({ scope }: EndpointContext, { addresses: given, subnets, vpc }: InternetFacingOptions): BoundEndpoint {
  const { routes, subnetIds } = endpointSubnets(scope, vpc, subnets, { subnetType: ec2.SubnetType.PUBLIC });
  const addresses = given ?? subnetIds.map((_, index) => elasticIp(scope, index, routes));
  if (addresses.length !== subnetIds.length) {
    throw new ConfigurationError(scope, `'addresses' must be one for each of the ${subnetIds.length} subnets, got ${addresses.length}; `
      + 'give as many addresses as subnets, or none to have them made');
  }
  const group = endpointGroup(scope, vpc, 'SecurityGroup', 'Partners of the SFTP server');
  const publicIps = addresses.map(({ publicIp }) => publicIp);
  return {
    details: {
      vpcId: vpc.vpcId,
      subnetIds,
      securityGroupIds: [group.securityGroupId],
      addressAllocationIds: addresses.map(({ allocationId }) => allocationId),
    },
    subnetIds,
    comesAfter: [routes],
    gate: group,
    takesIpv6: false,
    behindProxy: false,
    namesHost: true,
    addresses: publicIps,
    attach: () => undefined,
    targets: () => ({ ipv4: route53.RecordTarget.fromIpAddresses(...publicIps) }),
  };
}

/**
 * Partners let these addresses out of their networks, so that they outlive the stack, as the server does.
 *
 * The network has its gateway first, if it is made together with them (AWS CloudFormation User Guide, "DependsOn attribute": VPC-gateway attachment).
 */
function elasticIp(scope: Construct, index: number, routes: IDependable): SftpAddress {
  const address = new ec2.CfnEIP(scope, `Address${index}`, { domain: 'vpc' });
  address.node.addDependency(routes);
  address.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return { allocationId: address.attrAllocationId, publicIp: address.attrPublicIp };
}
