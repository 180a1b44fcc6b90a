import { groupsOfServer, ingressOf } from './ingress';
import { Graph, Resource } from '../graph';
import { at, isMap, listOf, Reference, Text, Value } from '../values';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** What passes connections on to a server. */
export interface Front {
  readonly balancers: readonly Resource[];
  readonly targetGroups: readonly Resource[];
}

/**
 * The load balancers in front of a server, and the target groups by which they reach it.
 *
 * A balancer is in front where a target leads to the server, by whatever custom resource looks its addresses up, or where the group of the
 * server lets in a group of the balancer.
 */
export function frontOf(server: Resource, graph: Graph): Front {
  const leading = graph.ofType(TARGETS).filter((group) => listOf(group.properties.Targets).some((target) => leadsTo(at(target, 'Id'), server)));
  const listeners = graph.ofType('AWS::ElasticLoadBalancingV2::Listener');
  const forwards = (listener: Resource): readonly Resource[] => targetGroupsOf(listener, graph);
  const behind = listeners.filter((listener) => forwards(listener).some((group) => leading.includes(group)))
    .flatMap((listener) => graph.find(listener.properties.LoadBalancerArn, BALANCER, listener.template) ?? []);
  const admitted = graph.ofType(BALANCER).filter((balancer) => admits(server, balancer, graph));
  const balancers = [...new Set([...behind, ...admitted])].filter(({ properties }) => properties.Type === 'network');
  const passed = listeners.filter(({ properties, template }) => balancers.includes(graph.find(properties.LoadBalancerArn, BALANCER, template)!)).flatMap(forwards);
  return { balancers, targetGroups: leading.length > 0 ? leading : [...new Set(passed)] };
}

/** The security groups of some load balancers. */
export function groupsOfBalancers(balancers: readonly Resource[], graph: Graph): readonly Resource[] {
  return balancers.flatMap(({ properties, template }) => listOf(properties.SecurityGroups)
    .flatMap((value) => graph.find(value, 'AWS::EC2::SecurityGroup', template) ?? []));
}

function admits(server: Resource, balancer: Resource, graph: Graph): boolean {
  const theirs = groupsOfBalancers([balancer], graph);
  return (groupsOfServer(server, graph) ?? []).some(({ group }) => group !== undefined && ingressOf(group, graph).some((entry) => {
    const source = graph.find(at(entry, 'SourceSecurityGroupId'), 'AWS::EC2::SecurityGroup', group.template);
    return source !== undefined && theirs.includes(source);
  }));
}

function targetGroupsOf(listener: Resource, graph: Graph): readonly Resource[] {
  return listOf(listener.properties.DefaultActions)
    .flatMap((action) => [at(action, 'TargetGroupArn'), ...listOf(at(action, 'ForwardConfig.TargetGroups')).map((each) => at(each, 'TargetGroupArn'))])
    .flatMap((arn) => graph.find(arn, TARGETS, listener.template) ?? []);
}

/** Whether a value refers to the server, or to a custom resource that does. */
function leadsTo(value: Value, server: Resource, seen = new Set<Resource>()): boolean {
  if (value instanceof Reference) {
    const { resource } = value;
    if (resource === server) return true;
    if (seen.has(resource) || !/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(resource.type)) return false;
    seen.add(resource);
    return leadsTo(resource.properties, server, seen);
  }
  const parts = value instanceof Text ? value.parts : Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
  return parts.some((part: Value) => leadsTo(part, server, seen));
}
