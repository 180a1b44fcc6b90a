import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Unresolved, Value } from '../values';

/** Checks `EVENT-RULE-DLQ`. */
export const eventRuleDlq: Rule = {
  control: 'EVENT-RULE-DLQ',
  check({ properties }) {
    if (properties.Targets instanceof Unresolved) return cannotTell('UnresolvedTargets', `Targets is ${describe(properties.Targets)}`, 'Targets');
    const targets = listOf(properties.Targets);
    return targets.length === 0 ? notApplicable('the rule has no target') : targets.map(checkTarget);
  },
};

function checkTarget(target: Value, index: number): Outcome {
  const property = `Targets.${index}.DeadLetterConfig`;
  const id = typeof at(target, 'Id') === 'string' ? String(at(target, 'Id')) : String(index);
  if (!isMap(target)) return cannotTell('UnresolvedTargets', `target ${id} is ${describe(target)}`, property);
  const queue = at(target, 'DeadLetterConfig.Arn');
  if (queue === undefined || queue === null || queue === '') return violation(`NoDlq::${id}`, `events that do not reach ${describe(target.Arn)} are lost`, property);
  return isUnknown(queue) ? cannotTell(`UnresolvedDlq::${id}`, `undelivered events go to ${describe(queue)}`, property)
    : compliant(`undelivered events of target ${id} go to ${describe(queue)}`, property);
}
