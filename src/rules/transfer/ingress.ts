import { Graph, Resource } from '../graph';
import { at, describe, isUnknown, listOf, mayBeAbsent, Reference, Value } from '../values';

const GROUP = 'AWS::EC2::SecurityGroup';

/** A security group that a server names; `group` is undefined where no template has it. */
export interface NamedGroup {
  readonly value: Value;
  readonly group?: Resource;
}

/** The security groups that a server names; undefined where the template does not tell the list. */
export function groupsOfServer({ properties, template }: Resource, graph: Graph): readonly NamedGroup[] | undefined {
  const groups = at(properties, 'EndpointDetails.SecurityGroupIds');
  return isUnknown(groups) ? undefined : listOf(groups).map((value) => ({ value, group: graph.find(value, GROUP, template) }));
}

/** Who may connect by a group: what it lists itself, and rules that are resources of their own. What is not told stands as it is. */
export function ingressOf(group: Resource, graph: Graph): readonly Value[] {
  const { own, untold } = graph.once('ingress-by-group', () => indexIngress(graph));
  return [...listOf(group.properties.SecurityGroupIngress), ...(own.get(group) ?? []), ...untold];
}

function indexIngress(graph: Graph): { readonly own: ReadonlyMap<Resource, readonly Value[]>; readonly untold: readonly Value[] } {
  const own = new Map<Resource, Value[]>();
  const untold: Value[] = [];
  for (const { properties, template } of graph.ofType('AWS::EC2::SecurityGroupIngress')) {
    const group = graph.find(properties.GroupId, GROUP, template);
    if (group) own.set(group, [...(own.get(group) ?? []), properties]);
    // A rule of a group that only deployment tells may be a rule of this one.
    else if (isUnknown(properties.GroupId)) untold.push(properties.GroupId);
  }
  return { own, untold };
}

/** Who may connect by one rule. */
export type Source =
  | { readonly kind: 'cidr'; readonly family: 'v4' | 'v6'; readonly cidr: Value; readonly prefix?: number }
  /** A prefix list, which counts as as many rules as it may ever have. */
  | { readonly kind: 'list'; readonly family?: 'v4' | 'v6'; readonly most?: number; readonly sources: readonly Source[] | undefined }
  | { readonly kind: 'group'; readonly group: Value }
  | { readonly kind: 'untold' };

/** Whether a network of a prefix is a good part of all addresses, and so nobody's in particular. */
export function isWorld(family: 'v4' | 'v6', prefix: number): boolean {
  return prefix < (family === 'v4' ? 8 : 16);
}

/** What has a range of addresses of its own, which is one network. */
const NETWORKS = ['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock'];

/** Who may connect by a rule of a security group; whatever it names counts. `home` is the template of the rule. */
export function sourcesOf(entry: Value, home: string, graph: Graph): readonly Source[] {
  const present = (name: string): readonly Value[] => {
    const value = at(entry, name);
    return value === undefined || mayBeAbsent(value) ? [] : [value];
  };
  const sources = [
    ...present('SourcePrefixListId').map((list) => listSource(graph.find(list, 'AWS::EC2::PrefixList', home))),
    ...present('SourceSecurityGroupId').map((group): Source => ({ kind: 'group', group })),
    ...present('CidrIp').map((cidr) => cidrSource(cidr, 'v4')),
    ...present('CidrIpv6').map((cidr) => cidrSource(cidr, 'v6')),
  ];
  return sources.length > 0 ? sources : [{ kind: 'untold' }];
}

function listSource(list: Resource | undefined): Source {
  if (!list) return { kind: 'list', sources: undefined };
  const { AddressFamily, Entries, MaxEntries } = list.properties;
  const family = AddressFamily === 'IPv4' ? 'v4' : AddressFamily === 'IPv6' ? 'v6' : undefined;
  return {
    kind: 'list',
    ...(family && { family }),
    ...(typeof MaxEntries === 'number' && { most: MaxEntries }),
    sources: isUnknown(Entries) ? undefined : listOf(Entries).map((entry) => {
      const cidr = at(entry, 'Cidr');
      return cidrSource(cidr, describe(cidr).includes(':') ? 'v6' : 'v4');
    }),
  };
}

/** Of a text that is not literal in full the prefix alone tells; the range of a network of the template is that network. */
function cidrSource(cidr: Value, family: 'v4' | 'v6'): Source {
  const [, prefix] = /^[^/]+\/(\d{1,3})$/.exec(describe(cidr)) ?? [];
  if (prefix !== undefined && !isUnknown(cidr)) return { kind: 'cidr', family, cidr, prefix: Number(prefix) };
  const network = cidr instanceof Reference && NETWORKS.includes(cidr.resource.type);
  return { kind: 'cidr', family, cidr, ...(network && { prefix: family === 'v4' ? 32 : 128 }) };
}
