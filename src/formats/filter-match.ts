import { all, Answer, any, not } from './answers';
import type { Condition, Operand, OrderOperator, Selector, Step } from './filter-condition';
import { readFilterPattern } from './filter-pattern';
import { regexFinds } from './filter-regex';

/** A condition that looks at one selector. */
export type Leaf = Exclude<Condition, { readonly kind: 'always' | 'all' | 'any' }>;

/** What a condition comes to, given what each comparison does. */
export function judgeCondition(condition: Condition, leaf: (leaf: Leaf) => Answer): Answer {
  switch (condition.kind) {
    case 'always': return 'yes';
    case 'all': return all(condition.of.map((each) => judgeCondition(each, leaf)));
    case 'any': return any(condition.of.map((each) => judgeCondition(each, leaf)));
    default: return leaf(condition);
  }
}

/**
 * Whether a filter pattern matches an event: the parsed JSON, of which numbers are what JavaScript has of them.
 *
 * `maybe` is what AWS does not document: a pattern that `readFilterPattern` refuses, `!=` with a member that is not there or is null, true or
 * false, and comparisons of a number with text.
 */
export function patternMatchesEvent(pattern: string, event: unknown): Answer {
  const read = readFilterPattern(pattern);
  return 'refusal' in read ? 'maybe' : conditionMatchesEvent(read.condition, event);
}

/** The same for a pattern that is read already. */
export function conditionMatchesEvent(condition: Condition, event: unknown): Answer {
  return judgeCondition(condition, (leaf) => leafMatches(leaf, nodesOf(leaf.selector, event)));
}

function leafMatches(leaf: Leaf, nodes: readonly unknown[]): Answer {
  switch (leaf.kind) {
    case 'missing': return nodes.length === 0 ? 'yes' : 'no';
    case 'is': return any(nodes.map((node) => is(node, leaf.value)));
    case 'order': return any(nodes.map((node) => inOrder(node, leaf.operator, leaf.value)));
    case 'equality': {
      if (leaf.operator === '=') return any(nodes.map((node) => equals(node, leaf.operand)));
      // That a member which is not there differs from a value is not documented; the console's test finds no match.
      if (nodes.length === 0) return 'maybe';
      const differ = nodes.map((node) => differs(node, leaf.operand));
      // Whether one of several nodes has to differ, or each of them, is not documented either.
      return all(differ) === any(differ) ? all(differ) : 'maybe';
    }
  }
}

function nodesOf(selector: Selector, event: unknown): readonly unknown[] {
  return selector.steps.reduce<readonly unknown[]>((nodes, step) => nodes.flatMap((node) => below(node, step)), [event]);
}

function below(node: unknown, step: Step): readonly unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const isArray = Array.isArray(node);
  switch (step.kind) {
    case 'member': return !isArray && Object.hasOwn(node, step.name) ? [(node as Record<string, unknown>)[step.name]] : [];
    case 'element': return isArray && step.index < node.length ? [node[step.index]] : [];
    case 'each': return isArray === (step.of === 'elements') ? Object.values(node) : [];
  }
}

/** The guide: `IS` matches "fields that contain the values NULL, TRUE, or FALSE". Whether text that says so counts is not documented. */
function is(node: unknown, value: null | true | false): Answer {
  if (node === value) return 'yes';
  return typeof node === 'string' && node.toLowerCase() === String(value) ? 'maybe' : 'no';
}

/** "If a property selector points to an array or object, the metric filter won't match the log format." */
function isNested(node: unknown): boolean {
  return typeof node === 'object' && node !== null;
}

function equals(node: unknown, operand: Operand): Answer {
  if (typeof node === 'string') return textEquals(node, operand);
  if (typeof node === 'number') return numberEquals(node, operand);
  return !isNested(node) && textEquals(String(node), operand) !== 'no' ? 'maybe' : 'no';
}

function differs(node: unknown, operand: Operand): Answer {
  if (isNested(node)) return 'no';
  return typeof node === 'string' || typeof node === 'number' ? not(equals(node, operand)) : 'maybe';
}

function textEquals(text: string, operand: Operand): Answer {
  switch (operand.kind) {
    case 'regex': return answer(regexFinds(operand.regex, text));
    case 'text': return answer(globMatches(operand.text, text));
    case 'number':
      if (operand.text === text) return 'yes';
      return text.trim() !== '' && Number(text) === operand.value ? 'maybe' : 'no';
  }
}

function numberEquals(value: number, operand: Operand): Answer {
  switch (operand.kind) {
    case 'number': return answer(operand.value === value);
    // "Use the asterisk as a wild card to match numbers." What a number without wild card does in quotes is not documented.
    case 'text': return globMatches(operand.text, String(value)) ? (operand.text.includes('*') ? 'yes' : 'maybe') : 'no';
    case 'regex': return regexFinds(operand.regex, String(value)) ? 'maybe' : 'no';
  }
}

function inOrder(node: unknown, operator: OrderOperator, value: number): Answer {
  if (typeof node === 'number') return answer(compare(node, operator, value));
  return typeof node === 'string' && Number.isFinite(Number(node)) && node.trim() !== '' ? 'maybe' : 'no';
}

/** Whether two numbers are in an order. */
export function compare(left: number, operator: OrderOperator, right: number): boolean {
  switch (operator) {
    case '>': return left > right;
    case '>=': return left >= right;
    case '<': return left < right;
    case '<=': return left <= right;
  }
}

/**
 * Whether text is as a value with wild cards says. An asterisk stands for any text at the start and at the end alone: "`Ev*ent` will only match
 * the actual string `Ev*ent`" (Amazon CloudWatch Logs User Guide of 2018 to 2021, "Matching JSON Terms Using Metric Filters").
 */
export function globMatches(glob: string, text: string): boolean {
  const [, start, middle, end] = /^(\*?)([^]*?)(\*?)$/.exec(glob)!;
  if (start && end) return text.includes(middle);
  if (start) return text.endsWith(middle);
  return end ? text.startsWith(middle) : text === middle;
}

function answer(truth: boolean): Answer {
  return truth ? 'yes' : 'no';
}
