import { all, Answer, any, not } from '../delivery/answers';
import { jsonOf } from '../json-text';
import { isMap, isUnknown, listOf, Value } from '../values';

/** An event to try a pattern on: what is missing is not in it, and undefined is a value that the example leaves open. */
export interface SampleEvent {
  readonly [member: string]: SampleEvent | SampleValue;
}

/** A text, one that is left open, or a test that tells whether a value of the pattern means it. */
type SampleValue = string | undefined | ((value: Value) => Answer);

/** A text that is left open differs from any that a pattern names, and a pattern that asks for it may match. */
const OPEN = undefined;

/**
 * Whether a pattern of Amazon EventBridge matches an event.
 *
 * Grammar: Amazon EventBridge User Guide, "Comparison operators for use in event patterns". `maybe` where the pattern is not told in full,
 * where it names what the example leaves open, and for operators that are not read here.
 */
export function patternTakes(pattern: Value, event: SampleEvent): Answer {
  const read = jsonOf(pattern);
  if (!isMap(read)) return 'maybe';
  let whole: Answer = 'yes';
  for (const [key, wanted] of Object.entries(read)) {
    const answer = key === '$or' ? any(listOf(wanted).map((each) => patternTakes(each, event))) : memberTakes(wanted, key, event);
    // Many patterns are tried on many events, and most differ in the first members.
    if (answer === 'no') return answer;
    whole = all([whole, answer]);
  }
  return whole;
}

function memberTakes(wanted: Value, key: string, event: SampleEvent): Answer {
  const there = Object.hasOwn(event, key);
  const value = there ? event[key] : OPEN;
  if (Array.isArray(wanted)) return any(wanted.map((each: Value) => takes(each, there, value)));
  if (!isMap(wanted)) return 'maybe';
  if (typeof value === 'object') return patternTakes(wanted, value);
  if (there) return value === OPEN ? 'maybe' : 'no';
  return patternTakes(wanted, {});
}

function takes(wanted: Value, there: boolean, value: SampleEvent | SampleValue): Answer {
  if (isUnknown(wanted)) return 'maybe';
  const [operator, operand] = isMap(wanted) ? Object.entries(wanted)[0] ?? [] : [];
  if (operator === 'exists') return there === (operand === true) ? 'yes' : 'no';
  if (!there || typeof value === 'object') return 'no';
  if (operator === 'anything-but') return value === OPEN ? 'yes' : not(any(exceptions(operand).map((each) => takes(each, there, value))));
  if (value === OPEN) return 'maybe';
  if (typeof value === 'function') return operator === undefined ? value(wanted) : 'maybe';
  return operator === undefined ? yesIf(wanted === value) : compare(operator, operand, value);
}

/** `anything-but` takes values and lists, or an operator with values and lists. */
function exceptions(operand: Value): readonly Value[] {
  if (!isMap(operand)) return listOf(operand);
  return Object.entries(operand).flatMap(([operator, texts]) => listOf(texts).map((text) => ({ [operator]: text })));
}

function compare(operator: string, operand: Value, value: string): Answer {
  if (typeof operand !== 'string') return 'maybe';
  switch (operator) {
    case 'prefix': return yesIf(value.startsWith(operand));
    case 'suffix': return yesIf(value.endsWith(operand));
    case 'equals-ignore-case': return yesIf(value.toLowerCase() === operand.toLowerCase());
    case 'wildcard': return yesIf(wildcard(operand.split('*'), value));
    default: return 'maybe';
  }
}

/** Each piece in its turn, the first at the start and the last at the end. */
function wildcard([first, ...pieces]: readonly string[], value: string): boolean {
  const last = pieces.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let position = first.length;
  for (const piece of pieces) {
    const found = value.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return value.length - last.length >= position && value.endsWith(last);
}

function yesIf(truth: boolean): Answer {
  return truth ? 'yes' : 'no';
}
