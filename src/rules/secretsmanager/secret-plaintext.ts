import { Graph, Resource } from '../graph';
import { shownOf } from '../hidden-parameters';
import { jsonOf } from '../json-text';
import { looksSecret, namesSecret, resolvesSecret } from '../lambda/secret-names';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, listOf, Pseudo, Text, Unresolved, Value } from '../values';

const VALUE = 'SecretString';
const TEMPLATE = 'GenerateSecretString.SecretStringTemplate';

/** Checks `SECRET-PLAINTEXT`. No message repeats a value. */
export const secretPlaintext: Rule = {
  control: 'SECRET-PLAINTEXT',
  check(secret, graph) {
    const value = secret.properties[VALUE];
    const found = [...(isAbsent(value) ? [] : checkValue(value, secret, graph)), ...checkTemplate(at(secret.properties, TEMPLATE))];
    if (found.length > 0) return found;
    return isAbsent(value)
      ? compliant('the template holds no value: it is generated at deployment or put later')
      : compliant('the value comes from elsewhere when the stack is deployed', VALUE);
  },
};

function isAbsent(value: Value): boolean {
  return value === undefined || value === null || value === '';
}

function checkValue(value: Value, secret: Resource, graph: Graph): readonly Outcome[] {
  if (value instanceof Unresolved) return checkUntold(value, secret, graph);
  const parsed = jsonOf(value);
  const fields = leavesOf(parsed instanceof Unresolved || typeof parsed !== 'object' ? value : parsed);
  const written = fields.filter(({ value: each }) => isWritten(each));
  const plain = written.filter(({ name, value: each }) => name === '' || namesSecret(name) || looksSecret(describe(each)));
  if (plain.length > 0 || (fields.length > 0 && written.length === fields.length)) {
    return [violation('PlainSecret', 'the secret is written in the template, which everybody reads who may see the stack', VALUE)];
  }
  return fields.flatMap(({ value: each }) => partsOf(each)).flatMap((part) => (part instanceof Unresolved ? checkUntold(part, secret, graph) : []));
}

/** A template of a generated secret is for what is not secret, such as the name of the user. */
function checkTemplate(value: Value): readonly Outcome[] {
  if (isAbsent(value)) return [];
  const fields = leavesOf(jsonOf(value));
  return fields.some(({ name, value: each }) => isWritten(each) && (namesSecret(name) || looksSecret(describe(each))))
    ? [violation('PlainSecret', `${TEMPLATE} holds what by its name or shape is a secret`, TEMPLATE)] : [];
}

/** A parameter that shows nowhere keeps the value out of the template, unless its default is in it. */
function checkUntold(value: Unresolved, secret: Resource, graph: Graph): readonly Outcome[] {
  const { expression } = value;
  switch (shownOf(value, secret, graph)) {
    case 'hidden': return [];
    case 'default': return [violation('PlainSecret', `the default of parameter ${expression} is in the template`, VALUE)];
    case 'shown': return [violation('ShownParameter', `parameter ${expression} has no NoEcho, so that whoever may see the stack reads the value`, VALUE)];
    case 'untold': return [cannotTell('UnresolvedSecret', `${VALUE} is \${${expression}}, which may be written in another template`, VALUE)];
  }
}

interface Leaf {
  /** Name of the member; empty for a value that stands alone. */
  readonly name: string;
  readonly value: Value;
}

function leavesOf(value: Value, name = ''): readonly Leaf[] {
  if (isMap(value)) return Object.entries(value).flatMap(([key, each]) => leavesOf(each, key));
  if (Array.isArray(value)) return listOf(value).flatMap((each) => leavesOf(each, name));
  return [{ name, value }];
}

/** Whether a value, or a secret in it, is in the template: what only names the place, such as the Region, is known to everybody. */
function isWritten(value: Value): boolean {
  if (typeof value === 'number') return true;
  const parts = partsOf(value);
  if (parts.some((part) => typeof part === 'string' && looksSecret(part))) return true;
  return parts.every((part) => part instanceof Pseudo || (typeof part === 'string' && part !== '' && !resolvesSecret(part)));
}

function partsOf(value: Value): readonly Value[] {
  return value instanceof Text ? value.parts : [value];
}
