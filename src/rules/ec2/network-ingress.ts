import { Graph } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, mayBeAbsent, Reference, Value } from '../values';

/** The shortest prefixes that are a network and not a good part of the world; two halves of it are as open as the whole. */
const SHORTEST_PREFIX = { v4: 8, v6: 16 };

/** What has a range of addresses of its own, which is one network at most. */
const NETWORKS = ['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock'];

/** Checks `NETWORK-INGRESS`. */
export const networkIngress: Rule = {
  control: 'NETWORK-INGRESS',
  check({ type, properties }, graph) {
    if (type === 'AWS::EC2::SecurityGroupIngress') return judge(properties, '', graph);
    const entries = properties.SecurityGroupIngress;
    if (isUnknown(entries)) return cannotTell('UnresolvedSource', `SecurityGroupIngress is ${describe(entries)}`, 'SecurityGroupIngress');
    const listed = listOf(entries);
    return listed.length === 0 ? notApplicable('the group states no ingress of its own')
      : listed.map((entry, index) => judge(entry, `SecurityGroupIngress.${index}`, graph));
  },
};

function judge(entry: Value, path: string, graph: Graph): Outcome {
  const property = path === '' ? undefined : path;
  if (!isMap(entry)) return cannotTell('UnresolvedSource', `a rule is ${describe(entry)}`, property);
  const list = at(entry, 'SourcePrefixListId');
  if (list !== undefined && !mayBeAbsent(list)) return judgeList(list, property, graph);
  const cidrs = ['CidrIp', 'CidrIpv6'].map((name) => at(entry, name)).filter((cidr) => cidr !== undefined);
  return judgeCidrs(cidrs, `${describe(at(entry, 'IpProtocol'))} ${describe(at(entry, 'FromPort') ?? 'all')}-${describe(at(entry, 'ToPort') ?? 'all')}`, property);
}

function judgeList(list: Value, property: string | undefined, graph: Graph): Outcome {
  const known = graph.find(list, 'AWS::EC2::PrefixList');
  if (!known || isUnknown(known.properties.Entries)) return cannotTell('UnresolvedSource', `no template tells what the prefix list ${describe(list)} has`, property);
  return judgeCidrs(listOf(known.properties.Entries).map((each) => at(each, 'Cidr')), `by ${known.logicalId}`, property);
}

function judgeCidrs(cidrs: readonly Value[], what: string, property: string | undefined): Outcome {
  const wide = cidrs.find(isWide);
  if (wide !== undefined) return violation('World', `${describe(wide)} may connect, ${what}`, property);
  const untold = cidrs.find((cidr) => !isTold(cidr));
  if (untold !== undefined) return cannotTell('UnresolvedSource', `${describe(untold)} may connect, ${what}`, property);
  return compliant(`${cidrs.length === 0 ? 'a security group' : cidrs.map(describe).join(', ')} may connect, ${what}`, property);
}

/** Of a text that is not literal in full the prefix alone tells, whatever the address: `${Server.PublicIp}/32`. */
function prefixOf(cidr: Value): { readonly length: number; readonly shortest: number } | undefined {
  const [, address, prefix] = /^([^/]+)\/(\d{1,3})$/.exec(describe(cidr)) ?? [];
  if (address === undefined) return undefined;
  return { length: Number(prefix), shortest: address.includes(':') ? SHORTEST_PREFIX.v6 : SHORTEST_PREFIX.v4 };
}

function isWide(cidr: Value): boolean {
  const prefix = prefixOf(cidr);
  return prefix !== undefined && prefix.length < prefix.shortest;
}

/** Whether the template tells how much of the world it is: what a resource gives back, or a dynamic reference, may be all of it. */
function isTold(cidr: Value): boolean {
  if (cidr instanceof Reference) return NETWORKS.includes(cidr.resource.type);
  return !isUnknown(cidr) && prefixOf(cidr) !== undefined;
}
