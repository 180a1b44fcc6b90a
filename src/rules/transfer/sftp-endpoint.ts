import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

const SUBNETS = 'EndpointDetails.SubnetIds';

/** Checks `SFTP-ENDPOINT`. */
export const sftpEndpoint: Rule = {
  control: 'SFTP-ENDPOINT',
  check(server) {
    const type = server.properties.EndpointType;
    switch (type) {
      case undefined: return violation('NotStated', 'EndpointType is not set, and the server is then public', 'EndpointType');
      case 'PUBLIC': return violation('Public', 'no security group can say which networks may connect', 'EndpointType');
      case 'VPC_ENDPOINT': return violation('GivenUp', 'new accounts cannot have VPC_ENDPOINT, and it takes no Elastic IP address', 'EndpointType');
      case 'VPC': return zonesOf(server);
      default: return cannotTell('UnresolvedEndpoint', `EndpointType is ${describe(type)}`, 'EndpointType');
    }
  },
};

/** A server has one network interface in each of its subnets, of which each is in one zone. */
function zonesOf({ properties }: Resource): Outcome {
  const subnets = at(properties, SUBNETS);
  if (isUnknown(subnets)) return cannotTell('UnresolvedSubnets', `SubnetIds is ${describe(subnets)}`, SUBNETS);
  const different = new Set(listOf(subnets).map(describe));
  return different.size < 2 ? violation('OneZone', `the server is in ${different.size} subnets`, SUBNETS)
    : compliant(`in the network, in ${different.size} subnets`, 'EndpointType');
}
