import { arnOf, plain } from './arns';
import { deliveredBy, deliveredByRole, destination, outcomeOf, standsForAnother } from './edges';
import { INVOCABLE } from './functions';
import { logStatements } from './log-policies';
import { mayServiceCallBy, producer, Producer } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, notApplicable, Outcome, Rule } from '../rule';
import { at, isUnknown, listOf, Value } from '../values';

/** Target types whose own policy decides; others are reached with the target's role. */
const BY_POLICY = /^arn:aws:(sns|sqs|lambda|logs):/;

/** Checks `DELIVERY-RULE-TARGET`. */
export const deliveryRuleTarget: Rule = {
  control: 'DELIVERY-RULE-TARGET',
  check(rule, graph) {
    const by = producer('events.amazonaws.com', rule, graph);
    if (isUnknown(rule.properties.Targets)) return cannotTell('Untold::Targets', 'the template does not tell the targets', 'Targets');
    const outcomes = listOf(rule.properties.Targets).flatMap((target, index) => [
      ...targetOutcomes(by, rule, target, `Targets.${index}.Arn`, graph),
      ...deadLetterOutcomes(by, rule, at(target, 'DeadLetterConfig.Arn'), `Targets.${index}.DeadLetterConfig.Arn`, graph),
    ]);
    return outcomes.length > 0 ? outcomes : notApplicable('no target of the rule decides by its own policy');
  },
};

function targetOutcomes(by: Producer, rule: Resource, target: Value, property: string, graph: Graph): Outcome[] {
  const arn = at(target, 'Arn');
  const role = at(target, 'RoleArn');
  const text = plain(arn, rule.template, graph);
  const group = graph.find(arn, 'AWS::Logs::LogGroup', rule.template);
  if (group && text.replace(/:\*$/, '') === arnOf(group, graph)) return [logGroupOutcome(by, group, role, property, graph)];
  const named = destination(arn, rule.template, graph);
  const unknown = !/^arn:aws:[a-z-]+:/.test(text) && (isUnknown(arn) || standsForAnother(arn));
  if (!BY_POLICY.test(text) && !unknown && !(named && INVOCABLE.includes(named.type))) return [];
  return role === undefined ? deliveredBy(by, arn, property, rule.template, graph) : deliveredByRole(role, arn, property, rule.template, graph);
}

/** EventBridge documents that a role does not work for log groups. */
function logGroupOutcome(by: Producer, group: Resource, role: Value, property: string, graph: Graph): Outcome {
  if (role !== undefined) return cannotTell(`Untold::${group.logicalId}`, 'the target has a RoleArn, which EventBridge does not support for log groups', property);
  const stream = `${arnOf(group, graph)}:log-stream:events`;
  return outcomeOf(mayServiceCallBy(logStatements(graph), false, by, ['logs:CreateLogStream', 'logs:PutLogEvents'], stream, graph), 'PolicyDenies', group, property);
}

function deadLetterOutcomes(by: Producer, rule: Resource, arn: Value, property: string, graph: Graph): Outcome[] {
  return arn === undefined ? [] : deliveredBy(by, arn, property, rule.template, graph);
}
