import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown, Reference, Text, Value } from '../values';

/** Checks `LAMBDA-LOG-GROUP`. */
export const lambdaLogGroup: Rule = {
  control: 'LAMBDA-LOG-GROUP',
  check(func, graph) {
    const named = at(func.properties, 'LoggingConfig.LogGroup');
    if (named !== undefined) {
      const group = graph.find(named, 'AWS::Logs::LogGroup', func.template);
      return group ? compliant(`logs go to ${group.logicalId}`, 'LoggingConfig.LogGroup')
        : cannotTell('UnresolvedLogGroup', `logs go to ${describe(named)}, which no template describes`, 'LoggingConfig.LogGroup');
    }
    const group = graph.ofType('AWS::Logs::LogGroup', 'Custom::LogRetention').find((each) => isDefaultGroup(each, func, graph));
    return group ? compliant(`logs go to ${group.logicalId}`)
      : violation('NoLogGroup', 'Lambda creates the log group, without retention and without a key', 'LoggingConfig.LogGroup');
  },
};

/** Whether a log group has the name that Lambda gives to the function's own. */
function isDefaultGroup(group: Resource, func: Resource, graph: Graph): boolean {
  const name: Value = group.properties.LogGroupName;
  if (name instanceof Text && name.parts.length === 2 && name.parts[0] === '/aws/lambda/' && name.parts[1] instanceof Reference) {
    return name.parts[1].attribute === undefined && graph.find(name.parts[1], func.type) === func;
  }
  // A name that depends on a parameter is the same name only within one template.
  if (isUnknown(name) && group.template !== func.template) return false;
  return func.properties.FunctionName !== undefined && describe(name) === `/aws/lambda/${describe(func.properties.FunctionName)}`;
}
