import { groupsOfServer, ingressOf } from './ingress';
import { Front, frontOf, groupsOfBalancers } from './load-balancers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, truth, Value } from '../values';

const MODE = 'ProtocolDetails.ProxyConfig.SftpMode';
const ADDRESSES = 'EndpointDetails.AddressAllocationIds';
const GROUPS = 'EndpointDetails.SecurityGroupIds';
const ENFORCED = 'PROXY_PROTOCOL_V2_ENFORCED';

/** Checks `SFTP-PROXY-PROTOCOL`. */
export const sftpProxyProtocol: Rule = {
  control: 'SFTP-PROXY-PROTOCOL',
  check(server, graph) {
    const mode = at(server.properties, MODE);
    const front = frontOf(server, graph);
    if (isUnknown(mode)) return cannotTell('UnresolvedMode', `SftpMode is ${describe(mode)}`, MODE);
    if (mode !== ENFORCED) {
      return front.balancers.length === 0 && front.targetGroups.length === 0 ? notApplicable('no load balancer of the template stands in front of the server')
        : violation('NotEnforced', `${nameOf(front)} hides the address of the client: SftpMode is ${describe(mode)}`, MODE);
    }
    const found = [...addressesOf(server), ...sourcesOf(server, front, graph), ...headersOf(front)];
    return found.length > 0 ? found : compliant(`${nameOf(front)} alone may tell the address of a client`, MODE);
  },
};

function nameOf({ balancers, targetGroups }: Front): string {
  return [...balancers, ...targetGroups].map(({ logicalId }) => logicalId).join(', ');
}

function addressesOf({ properties }: Resource): readonly Outcome[] {
  const addresses = at(properties, ADDRESSES);
  if (isUnknown(addresses)) return [cannotTell('UnresolvedSource', `AddressAllocationIds is ${describe(addresses)}`, ADDRESSES)];
  return listOf(addresses).length === 0 ? []
    : [violation('Addresses', 'clients reach the server past the load balancer, by its own addresses', ADDRESSES)];
}

/** The server believes the header, so whoever else may connect chooses an address. */
function sourcesOf(server: Resource, { balancers }: Front, graph: Graph): readonly Outcome[] {
  const groups = groupsOfServer(server, graph);
  if (!groups || groups.some(({ group }) => !group)) return [cannotTell('UnresolvedSource', 'the template does not tell who may connect', GROUPS)];
  const theirs = groupsOfBalancers(balancers, graph);
  return groups.flatMap(({ group }) => ingressOf(group!, graph).flatMap((entry) => judgeSource(entry, group!, theirs, graph)));
}

function judgeSource(entry: Value, group: Resource, theirs: readonly Resource[], graph: Graph): readonly Outcome[] {
  const source = at(entry, 'SourceSecurityGroupId');
  const known = graph.find(source, 'AWS::EC2::SecurityGroup', group.template);
  if (known && theirs.includes(known)) return [];
  if (isUnknown(entry) || (source !== undefined && !known)) return [cannotTell('UnresolvedSource', `${group.logicalId} lets ${describe(source ?? entry)} in`, GROUPS)];
  return [violation('OpenToOthers', `${group.logicalId} lets in what is no load balancer: ${describe(known?.logicalId ?? entry)}`, GROUPS)];
}

function headersOf({ balancers, targetGroups }: Front): readonly Outcome[] {
  if (targetGroups.length === 0) {
    return [balancers.length === 0 ? cannotTell('UnresolvedFront', 'no load balancer of the template leads to the server', MODE)
      : violation('NoTargets', `${balancers[0].logicalId} passes nothing on`, MODE)];
  }
  return targetGroups.flatMap(({ logicalId, properties }): readonly Outcome[] => {
    const attributes = properties.TargetGroupAttributes;
    const header = listOf(attributes).find((each) => at(each, 'Key') === 'proxy_protocol_v2.enabled');
    const enabled = truth(at(header, 'Value'));
    if (enabled === true) return [];
    return isUnknown(attributes) || (header !== undefined && typeof enabled !== 'boolean')
      ? [cannotTell('UnresolvedFront', `${logicalId} may send no header`, MODE)]
      : [violation('NoHeader', `${logicalId} sends no header, and the server refuses each connection`, MODE)];
  });
}
