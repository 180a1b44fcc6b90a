import { accountOf, arnOf, plain, regionOf } from './arns';
import { outcomeOf } from './edges';
import { mayRoleCall } from './identity';
import { equals } from './match';
import { Decision } from './permissions';
import { mayTrailAssume, producer } from './services';
import { logGroupOf } from '../cloudtrail/trails';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

const GROUP = 'CloudWatchLogsLogGroupArn';
const ROLE = 'CloudWatchLogsRoleArn';

/** Checks `DELIVERY-TRAIL-LOG`. Whether CloudWatch Logs may use the key of the group is for `DELIVERY-LOG-KEY`. */
export const deliveryTrailLog: Rule = {
  control: 'DELIVERY-TRAIL-LOG',
  check(trail, graph) {
    const { [GROUP]: arn, [ROLE]: roleArn } = trail.properties;
    if (arn === undefined) return notApplicable('the trail writes to no log group');
    const group = logGroupOf(trail, graph);
    const role = graph.find(roleArn, 'AWS::IAM::Role', trail.template);
    const named = plain(arn, trail.template, graph).replace(/:\*$/, '');
    if (!group || equals(named, arnOf(group, graph)) === 'no') return cannotTell(`Untold::${describe(arn)}`, `no template has the log group ${describe(arn)}`, GROUP);
    if (!role) return cannotTell(`Untold::${group.logicalId}`, `no template has the role ${describe(roleArn)}`, ROLE);
    return [trust(mayTrailAssume(producer('cloudtrail.amazonaws.com', trail, graph), role, graph), role), writing(trail, group, role, graph)];
  },
};

/** The stream is named by account and Region (AWS CloudTrail User Guide, "CloudWatch log group and log stream naming for CloudTrail"). */
function writing(trail: Resource, group: Resource, role: Resource, graph: Graph): Outcome {
  const stream = `${arnOf(group, graph)}:log-stream:${accountOf(trail, graph)}_CloudTrail_${regionOf(trail, graph)}`;
  return outcomeOf(mayRoleCall(role, ['logs:CreateLogStream', 'logs:PutLogEvents'], group, graph, stream), 'PolicyDenies', group, ROLE);
}

function trust({ answer, reason }: Decision, role: Resource): Outcome {
  const message = `the trust policy of ${role.logicalId}: ${reason}`;
  if (answer === 'allowed') return compliant(`${role.logicalId} lets CloudTrail assume it`, ROLE);
  return answer === 'denied' ? violation(`RoleDenies::${role.logicalId}`, message, ROLE) : cannotTell(`Untold::${role.logicalId}`, message, ROLE);
}
