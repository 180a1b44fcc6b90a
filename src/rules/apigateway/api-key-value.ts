import { Graph, Resource } from '../graph';
import { shownOf } from '../hidden-parameters';
import { resolvesSecret } from '../lambda/secret-names';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { Text, Unresolved, Value } from '../values';

const PROPERTY = 'Value';

/** Checks `API-KEY-VALUE`. No message repeats a value. */
export const apiKeyValue: Rule = {
  control: 'API-KEY-VALUE',
  check(key, graph) {
    const value = key.properties[PROPERTY];
    if (value === undefined || value === null || value === '') return compliant('API Gateway makes up the value', PROPERTY);
    const parts: readonly Value[] = value instanceof Text ? value.parts : [value];
    const found = parts.flatMap((part) => checkPart(part, key, graph));
    if (found.length > 0) return found;
    return parts.some(comesFromElsewhere) ? compliant('the value comes from elsewhere when the stack is deployed', PROPERTY)
      : violation('PlainValue', 'the value is written in the template, which everybody reads who may see the stack', PROPERTY);
  },
};

function comesFromElsewhere(part: Value): boolean {
  return part instanceof Unresolved || (typeof part === 'string' && resolvesSecret(part));
}

function checkPart(part: Value, key: Resource, graph: Graph): readonly Outcome[] {
  if (!(part instanceof Unresolved)) return [];
  const { expression } = part;
  switch (shownOf(part, key, graph)) {
    case 'hidden': return [];
    case 'default': return [violation('PlainValue', `the default of parameter ${expression} is in the template`, PROPERTY)];
    case 'shown': return [violation('ShownParameter', `parameter ${expression} has no NoEcho, so that whoever may see the stack reads the value`, PROPERTY)];
    case 'untold': return [cannotTell('UnresolvedValue', `${PROPERTY} is \${${expression}}, which may be written in another template`, PROPERTY)];
  }
}
