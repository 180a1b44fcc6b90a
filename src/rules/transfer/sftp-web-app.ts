import { ingressOf, isWorld, Source, sourcesOf } from './ingress';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

const GROUPS = 'EndpointDetails.Vpc.SecurityGroupIds';
const GROUP = 'AWS::EC2::SecurityGroup';

/** Checks `SFTP-WEB-APP`. */
export const sftpWebApp: Rule = {
  control: 'SFTP-WEB-APP',
  check(app, graph) {
    const [endpoint, groups] = [at(app.properties, 'EndpointDetails.Vpc'), at(app.properties, GROUPS)];
    if (isUnknown(endpoint) || isUnknown(groups)) return cannotTell('UnresolvedEndpoint', 'the template does not tell where the web app is reached', 'EndpointDetails');
    if (endpoint === undefined) return violation('Public', 'everybody on the internet reaches the web app', 'EndpointDetails');
    const list = listOf(groups);
    if (list.length === 0) return violation('DefaultGroup', 'no group is named, so the default group of the VPC decides who reaches it', GROUPS);
    const found = list.flatMap((group) => judge(group, app, graph));
    return found.length > 0 ? found : compliant('networks that a security group names reach the web app', GROUPS);
  },
};

function judge(value: Value, app: Resource, graph: Graph): readonly Outcome[] {
  const group = graph.find(value, GROUP, app.template);
  if (!group) return [cannotTell('UnresolvedEndpoint', `no template has the security group ${describe(value)}`, GROUPS)];
  return ingressOf(group, graph).flatMap((rule) => sourcesOf(rule, group.template, graph)).flatMap((source) => judgeSource(source, group));
}

function judgeSource(source: Source, group: Resource): readonly Outcome[] {
  const untold = cannotTell('UnresolvedEndpoint', `the template does not tell whom ${group.logicalId} lets in`, GROUPS);
  switch (source.kind) {
    case 'group': return [];
    case 'untold': return [untold];
    case 'list': return source.sources?.flatMap((each) => judgeSource(each, group)) ?? [untold];
    case 'cidr':
      if (source.prefix === undefined) return [untold];
      return isWorld(source.family, source.prefix) ? [violation('OpenGroup', `${group.logicalId} lets ${describe(source.cidr)} in`, GROUPS)] : [];
  }
}
