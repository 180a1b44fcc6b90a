import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, Value } from '../values';

const GROUPS = 'EndpointDetails.Vpc.SecurityGroupIds';
const GROUP = 'AWS::EC2::SecurityGroup';
const ALL = ['0.0.0.0/0', '::/0'];

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
  const others = graph.ofType('AWS::EC2::SecurityGroupIngress').filter(({ properties, template }) => graph.find(properties.GroupId, GROUP, template) === group);
  const rules: readonly Value[] = [...listOf(group.properties.SecurityGroupIngress), ...others.map(({ properties }) => properties)];
  return rules.flatMap((rule): readonly Outcome[] => {
    const ranges = ['CidrIp', 'CidrIpv6'].map((name) => at(rule, name)).filter((range) => range !== undefined);
    if (isUnknown(rule) || ranges.some(isUnknown)) return [cannotTell('UnresolvedEndpoint', `the template does not tell whom ${group.logicalId} lets in`, GROUPS)];
    return ranges.some((range) => ALL.includes(describe(range))) ? [violation('OpenGroup', `${group.logicalId} lets everybody in`, GROUPS)] : [];
  });
}
