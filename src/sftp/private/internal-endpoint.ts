import * as route53 from 'aws-cdk-lib/aws-route53';
import { BoundEndpoint, EndpointContext } from './bound-endpoint';
import { endpointGroup } from './endpoint-group';
import { endpointSubnets } from './endpoint-subnets';
import { InternalOptions } from '../sftp-endpoint-options';

/** An endpoint with private addresses. */
export function bindInternal({ scope }: EndpointContext, { dualStack, subnets, vpc }: InternalOptions): BoundEndpoint {
  const { subnetIds } = endpointSubnets(scope, vpc, subnets, {});
  const group = endpointGroup(scope, vpc, 'SecurityGroup', 'Partners of the SFTP server');
  return {
    details: { vpcId: vpc.vpcId, subnetIds, securityGroupIds: [group.securityGroupId] },
    ...dualStack && { ipAddressType: 'DUALSTACK' as const },
    subnetIds,
    gate: group,
    takesIpv6: dualStack ?? false,
    behindProxy: false,
    namesHost: false,
    addresses: [],
    attach: () => undefined,
    targets(facts) {
      const target = route53.RecordTarget.fromIpAddresses(...facts().privateAddresses);
      return { ipv4: target };
    },
  };
}
