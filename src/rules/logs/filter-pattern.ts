import { Answer, not } from '../../formats/answers';
import type { Operand, OrderOperator, Selector } from '../../formats/filter-condition';
import { compare, globMatches, judgeCondition, Leaf } from '../../formats/filter-match';
import { readFilterPattern } from '../../formats/filter-pattern';
import { regexFinds } from '../../formats/filter-regex';

/** Values of the members of an event, by selector. */
export type Members = ReadonlyMap<string, string | undefined>;

/**
 * Whether a filter pattern of CloudWatch Logs matches JSON events with some members.
 *
 * `members` gives their values by selector, such as `$.status`, and undefined for a value that is not known; the events have no others.
 * `maybe` is a comparison with a value that is not known, and a pattern that the reader of `formats` refuses. A quoted number is the number:
 * API Gateway writes a status with or without quotes, as the format has it.
 */
export function patternMatches(pattern: string, members: Members): Answer {
  const read = readFilterPattern(pattern);
  return 'refusal' in read ? 'maybe' : judgeCondition(read.condition, (leaf) => leafMatches(leaf, members));
}

function leafMatches(leaf: Leaf, members: Members): Answer {
  const name = nameOf(leaf.selector);
  if (name === undefined) return 'maybe';
  const presence = presenceOf(name, members);
  if (leaf.kind === 'missing') return not(presence);
  // API Gateway logs texts and numbers, which are neither null nor true nor false.
  if (leaf.kind === 'is') return presence === 'maybe' ? 'maybe' : 'no';
  // Whether a member that is not there differs from a value is not documented.
  if (presence === 'no') return leaf.kind === 'equality' && leaf.operator === '!=' ? 'maybe' : 'no';
  const actual = members.get(name);
  if (actual === undefined) return 'maybe';
  if (leaf.kind === 'order') return answer(inOrder(actual, leaf.operator, leaf.value));
  const equal = answer(equals(actual, leaf.operand));
  return leaf.operator === '=' ? equal : not(equal);
}

/** A selector as `members` spells it; undefined for one with wild cards, or with names that cannot be told from steps. */
function nameOf({ steps }: Selector): string | undefined {
  const parts = steps.map((step) => {
    if (step.kind === 'element') return `[${step.index}]`;
    return step.kind === 'member' && /^[\w-]+$/.test(step.name) ? `.${step.name}` : undefined;
  });
  return parts.includes(undefined) ? undefined : `$${parts.join('')}`;
}

/** What stands below a member depends on its value. */
function presenceOf(selector: string, members: Members): Answer {
  if (members.has(selector)) return 'yes';
  return [...members.keys()].some((member) => selector.startsWith(`${member}.`) || selector.startsWith(`${member}[`)) ? 'maybe' : 'no';
}

function inOrder(actual: string, operator: OrderOperator, value: number): boolean {
  return compare(Number(actual), operator, value);
}

function equals(actual: string, operand: Operand): boolean {
  switch (operand.kind) {
    case 'regex': return regexFinds(operand.regex, actual);
    case 'number': return operand.value === Number(actual);
    case 'text': {
      const { text } = operand;
      return text !== '' && Number.isFinite(Number(text)) ? Number(text) === Number(actual) : globMatches(text, actual);
    }
  }
}

function answer(truth: boolean): Answer {
  return truth ? 'yes' : 'no';
}
