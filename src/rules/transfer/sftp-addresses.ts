import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

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
    const found: Outcome[] = [...countOf(subnets, listed.length), ...kindOf(properties.IpAddressType)];
    if (listed.length > MOST) found.push(violation('TooMany', `${listed.length} addresses, of which ${MOST} are taken`, ADDRESSES));
    if (new Set(listed).size < listed.length) found.push(violation('Twice', 'an address is listed twice', ADDRESSES));
    return found.length > 0 ? found : compliant(`one address in each of ${listed.length} subnets`, ADDRESSES);
  },
};

function countOf(subnets: Value, addresses: number): readonly Outcome[] {
  if (isUnknown(subnets)) return [cannotTell('UnresolvedAddresses', `SubnetIds is ${describe(subnets)}`, ADDRESSES)];
  const count = listOf(subnets).length;
  return count === addresses ? [] : [violation('NotOneEach', `${addresses} addresses for ${count} subnets`, ADDRESSES)];
}

function kindOf(type: Value): readonly Outcome[] {
  if (isUnknown(type)) return [cannotTell('UnresolvedAddresses', `IpAddressType is ${describe(type)}`, 'IpAddressType')];
  return type === 'DUALSTACK' ? [violation('DualStack', 'a dual-stack server takes no Elastic IP address', 'IpAddressType')] : [];
}
