import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

const ADDRESSES = 'EndpointDetails.AddressAllocationIds';

/** AWS Transfer Family API Reference, EndpointDetails: up to three Elastic IPv4 addresses. */
const MOST = 3;

/** Checks `SFTP-ADDRESSES`. */
export const sftpAddresses: Rule = {
  control: 'SFTP-ADDRESSES',
  check({ properties }) {
    const addresses = at(properties, ADDRESSES);
    const subnets = at(properties, 'EndpointDetails.SubnetIds');
    if (isUnknown(addresses)) return cannotTell('UnresolvedAddresses', `AddressAllocationIds is ${describe(addresses)}`, ADDRESSES);
    const listed = listOf(addresses).map(describe);
    if (listed.length === 0) return notApplicable('the server has no address of its own');
    const found: Outcome[] = [];
    if (listed.length > MOST) found.push(violation('TooMany', `${listed.length} addresses, of which ${MOST} are taken`, ADDRESSES));
    if (new Set(listed).size < listed.length) found.push(violation('Twice', 'an address is listed twice', ADDRESSES));
    if (isUnknown(subnets)) {found.push(cannotTell('UnresolvedAddresses', `SubnetIds is ${describe(subnets)}`, ADDRESSES));} else if (listOf(subnets).length !== listed.length) {
      found.push(violation('NotOneEach', `${listed.length} addresses for ${listOf(subnets).length} subnets`, ADDRESSES));
    }
    if (properties.IpAddressType === 'DUALSTACK') found.push(violation('DualStack', 'a dual-stack server takes no Elastic IP address', 'IpAddressType'));
    else if (isUnknown(properties.IpAddressType)) found.push(cannotTell('UnresolvedAddresses', `IpAddressType is ${describe(properties.IpAddressType)}`, 'IpAddressType'));
    return found.length > 0 ? found : compliant(`one address in each of ${listed.length} subnets`, ADDRESSES);
  },
};
