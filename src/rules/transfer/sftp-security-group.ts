import { groupsOfServer, ingressOf, isWorld, NamedGroup, Source, sourcesOf } from './ingress';
import { frontOf, groupsOfBalancers } from './load-balancers';
import { isPublic } from './servers';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, listOf, numberOf, Value } from '../values';

const PROPERTY = 'EndpointDetails.SecurityGroupIds';

const PRIVATE_LINK = 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic';

/** Ports at which a server in a network listens (AWS Transfer Family User Guide, "Create a server in a virtual private cloud"). */
const PORTS = [22, 2222, 2223, 22000];

/** No partner has a network of a shorter prefix. */
const SHORTEST = { v4: 16, v6: 32 };

/** Amazon VPC User Guide, "Amazon VPC quotas": inbound rules of a group, for each family; a prefix list counts as its maximum of entries. */
const MOST_RULES = 60;

/** Checks `SFTP-SECURITY-GROUP`. */
export const sftpSecurityGroup: Rule = {
  control: 'SFTP-SECURITY-GROUP',
  check(server, graph) {
    if (isPublic(server) || server.properties.EndpointType === 'VPC_ENDPOINT') return notApplicable('the server has no security group of its own');
    const groups = groupsOfServer(server, graph);
    if (!groups) return cannotTell('UnresolvedGroup', 'the template does not tell SecurityGroupIds', PROPERTY);
    if (groups.length === 0) return violation('DefaultGroup', 'SecurityGroupIds is not set, so the server has the default group of the network', PROPERTY);
    return [
      ...groups.flatMap((named, index) => judgeNamed(named, `${PROPERTY}.${index}`, graph)),
      ...frontOf(server, graph).balancers.flatMap((balancer) => judgeBalancer(balancer, graph)),
    ];
  },
};

function judgeNamed({ value, group }: NamedGroup, property: string, graph: Graph): readonly Outcome[] {
  if (!group) return [cannotTell('UnresolvedGroup', `no template has the group ${describe(value)}`, property)];
  return judgeGroup(group, property, (entry) => portOf(entry, group.logicalId, property), graph);
}

/** Partners reach a load balancer first, at whichever port it listens; its group is then the one that tells them from the world. */
function judgeBalancer(balancer: Resource, graph: Graph): readonly Outcome[] {
  const groups = groupsOfBalancers([balancer], graph);
  const named = balancer.properties.SecurityGroups;
  if (listOf(named).length === 0) return [violation('OpenBalancer', `${balancer.logicalId} has no security group, so anybody may connect`, PROPERTY)];
  // A connection by PrivateLink passes the groups by then (Elastic Load Balancing API Reference, SetSecurityGroups).
  if (balancer.properties[PRIVATE_LINK] === 'off') return [violation('OpenBalancer', `whoever connects to ${balancer.logicalId} by PrivateLink passes its groups by`, PROPERTY)];
  if (groups.length < listOf(named).length) return [cannotTell('UnresolvedGroup', `no template has each group of ${balancer.logicalId}`, PROPERTY)];
  return groups.flatMap((group) => judgeGroup(group, PROPERTY, () => [], graph));
}

function judgeGroup(group: Resource, property: string, portsOf: (entry: Value) => readonly Outcome[], graph: Graph): readonly Outcome[] {
  const entries = ingressOf(group, graph);
  const found = [
    ...entries.flatMap((entry) => [...judgeEntry(entry, group, property, graph), ...(isMap(entry) ? portsOf(entry) : [])]),
    ...countOf(entries, group, property, graph),
  ];
  return found.length > 0 ? found : [compliant(`${group.logicalId} lets ${entries.length} known sources in`, property)];
}

function judgeEntry(entry: Value, { logicalId, template }: Resource, property: string, graph: Graph): readonly Outcome[] {
  if (!isMap(entry)) return [cannotTell('UnresolvedRule', `a rule of ${logicalId} is ${describe(entry)}`, property)];
  const description = at(entry, 'Description');
  return [
    ...sourcesOf(entry, template, graph).flatMap((source) => judgeSource(source, logicalId, property)),
    ...(description === undefined || description === '' ? [violation('NoDescription', `a rule of ${logicalId} does not say whose network it is`, property)] : []),
  ];
}

function judgeSource(source: Source, group: string, property: string): readonly Outcome[] {
  switch (source.kind) {
    case 'group': return [];
    case 'untold': return [cannotTell('UnresolvedRule', `a rule of ${group} does not tell who may connect`, property)];
    case 'list': return source.sources?.flatMap((each) => judgeSource(each, group, property))
      ?? [cannotTell('UnresolvedRule', `no template tells what a prefix list of ${group} has`, property)];
    case 'cidr': {
      const { cidr, family, prefix } = source;
      if (prefix === undefined) return [cannotTell('UnresolvedRule', `${group} lets ${describe(cidr)} in`, property)];
      if (isWorld(family, prefix)) return [violation('World', `${group} lets ${describe(cidr)} in`, property)];
      return prefix < SHORTEST[family] ? [violation(`Wide::${describe(cidr)}`, `${group} lets all of ${describe(cidr)} in`, property)] : [];
    }
  }
}

function portOf(entry: Value, group: string, property: string): readonly Outcome[] {
  const [from, to] = [numberOf(at(entry, 'FromPort')), numberOf(at(entry, 'ToPort'))];
  const protocol = describe(at(entry, 'IpProtocol'));
  if (protocol === '-1' || from === undefined || to === undefined) return [violation('Port', `${group} opens every port`, property)];
  if (typeof from !== 'number' || typeof to !== 'number' || protocol.includes('${')) {
    return [cannotTell('UnresolvedRule', `${group} opens ${protocol} ${describe(from)}-${describe(to)}`, property)];
  }
  return /^(tcp|6)$/i.test(protocol) && from === to && PORTS.includes(from) ? []
    : [violation('Port', `${group} opens ${protocol} ${from}-${to}, where no SFTP server listens`, property)];
}

function countOf(entries: readonly Value[], { logicalId, template }: Resource, property: string, graph: Graph): readonly Outcome[] {
  const sources = entries.flatMap((entry) => sourcesOf(entry, template, graph));
  const counts = (['v4', 'v6'] as const).map((family) => ({ family, rules: sources.reduce((sum, source) => sum + weightOf(source, family), 0) }));
  const over = counts.filter(({ rules }) => rules > MOST_RULES);
  if (over.length > 0) {
    return over.map(({ family, rules }) => violation('TooManyRules', `${logicalId} has ${rules} rules of IP${family}, and ${MOST_RULES} is the quota`, property));
  }
  return sources.some((source) => source.kind === 'list' && source.sources && source.most === undefined)
    ? [cannotTell('UnresolvedRule', `a prefix list of ${logicalId} does not tell how many entries it may have`, property)] : [];
}

/** How many rules of a family a source is; a group is one of each. */
function weightOf(source: Source, family: 'v4' | 'v6'): number {
  switch (source.kind) {
    case 'untold': return 0;
    case 'group': return 1;
    case 'cidr': return source.family === family ? 1 : 0;
    case 'list': return source.family === undefined || source.family === family ? source.most ?? 0 : 0;
  }
}
