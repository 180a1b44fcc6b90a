import { checkStage } from './stages';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, Text, Value } from '../values';

const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';

/** Checks `API-WAF`. */
export const apiWaf: Rule = {
  control: 'API-WAF',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const associations = graph.ofType(ASSOCIATION);
  const [referring] = graph.grouped(`by ${stage.type}`, ASSOCIATION, ({ properties }) => graph.find(properties.ResourceArn, stage.type)).get(stage) ?? [];
  const found = referring ?? associations.find(({ properties }) => names(properties.ResourceArn, stage));
  if (found) return compliant(`${found.logicalId} puts ${describe(found.properties.WebACLArn)} in front`);
  const untold = associations.find(({ properties }) => isUnknown(properties.ResourceArn));
  return untold ? cannotTell('UnresolvedAssociation', `${untold.logicalId} protects ${describe(untold.properties.ResourceArn)}, which may be this stage`)
    : violation('NoWebAcl', 'no web ACL is associated with the stage');
}

/** Whether an ARN is that of the stage by its API and its name. */
function names(arn: Value, stage: Resource): boolean {
  const path = `/restapis/${describe(stage.properties.RestApiId)}/stages/${describe(stage.properties.StageName)}`;
  return (arn instanceof Text || typeof arn === 'string') && describe(arn).endsWith(path);
}
