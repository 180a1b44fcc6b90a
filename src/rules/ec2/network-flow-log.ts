import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const FLOW_LOG = 'AWS::EC2::FlowLog';
const VPC = 'AWS::EC2::VPC';

/** Traffic that shows who tried to get in or out; what was accepted alone does not (AWS Config managed rule vpc-flow-logs-enabled). */
const TELLING = ['ALL', 'REJECT'];

/** Checks `NETWORK-FLOW-LOG`. */
export const networkFlowLog: Rule = {
  control: 'NETWORK-FLOW-LOG',
  check(vpc, graph) {
    const logs = logsOf(vpc, graph);
    const telling = logs.find(({ properties }) => TELLING.includes(describe(properties.TrafficType)));
    if (telling) return compliant(`${telling.logicalId} logs ${describe(telling.properties.TrafficType)}`);
    return unknownOf(logs, graph) ?? (logs.length > 0 ? violation('AcceptedOnly', `${logs[0].logicalId} logs ${describe(logs[0].properties.TrafficType)}`)
      : violation('NoFlowLog', 'no flow log is of the network'));
  },
};

function logsOf(vpc: Resource, graph: Graph): readonly Resource[] {
  return graph.grouped('by VPC', FLOW_LOG, ({ properties }) => graph.find(properties.ResourceId, VPC)).get(vpc) ?? [];
}

function unknownOf(logs: readonly Resource[], graph: Graph): Outcome | undefined {
  const kind = logs.find(({ properties }) => isUnknown(properties.TrafficType));
  if (kind) return cannotTell('UnresolvedFlowLog', `${kind.logicalId} logs ${describe(kind.properties.TrafficType)}`);
  const other = graph.ofType(FLOW_LOG).find(({ properties }) => isUnknown(properties.ResourceId));
  return other && cannotTell('UnresolvedFlowLog', `${other.logicalId} is of ${describe(other.properties.ResourceId)}, which may be this network`);
}
