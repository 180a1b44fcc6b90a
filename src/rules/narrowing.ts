import { Condition, Statement } from './policy-document';
import { isUnknown, Pseudo, Reference, Text, truth, Unresolved, Value } from './values';

/** Whether conditions hold a statement down: surely, surely not, or by values that the template does not tell. */
export type Narrowing = 'narrow' | 'open' | 'unknown';

/** Operators that let a request pass only where the key is present and has one of the values. */
const EXACT = new Set(['stringequals', 'stringequalsignorecase']);
const PATTERN = new Set(['stringlike', 'arnlike', 'arnequals']);

/** Keys that hold one whole identifier, so that any wildcard opens them to strangers. */
const IDENTIFIER = /(account|orgid)$/;

/** A value as text in which `$` stands for each part that only deployment knows and `!` for each part that the template does not tell. */
export function shapeOf(value: Value): string {
  const parts = value instanceof Text ? value.parts : [value];
  return parts.map((part) => {
    if (typeof part === 'string' || typeof part === 'number') return String(part);
    return part instanceof Pseudo || part instanceof Reference ? '$' : '!';
  }).join('');
}

/**
 * Whether an Allow is held down by a condition on one of `keys`, in lower case; a key that ends in `*` stands for all that start so.
 *
 * `ForAllValues` and `…IfExists` pass where the key is missing, and so hold nothing down.
 */
export function narrowedBy(statement: Statement, keys: readonly string[]): Narrowing {
  const found = statement.conditions
    .filter((condition) => keys.some((key) => (key.endsWith('*') ? condition.key.startsWith(key.slice(0, -1)) : condition.key === key)))
    .map(narrowingOf);
  return found.includes('narrow') ? 'narrow' : found.includes('unknown') ? 'unknown' : 'open';
}

/** Whether an Allow holds only where a boolean key is present and has a value. */
export function requiresBool(statement: Statement, key: string, wanted: boolean): Narrowing {
  const values = statement.conditions
    .filter((condition) => condition.operator === 'bool' && condition.key === key)
    .map((condition) => (condition.values.length === 1 ? truth(condition.values[0]) : undefined));
  return values.includes(wanted) ? 'narrow' : values.some((value) => value instanceof Unresolved) ? 'unknown' : 'open';
}

/** The conditions of a statement that let a request pass only where one of `keys`, in lower case, is present and has one of their values. */
export function comparisonsOn(statement: Statement, keys: readonly string[]): readonly Condition[] {
  return statement.conditions.filter(({ operator, key, values }) => keys.includes(key) && values.length > 0 && isComparison(operator));
}

function isComparison(operator: string): boolean {
  const name = operator.replace(/^foranyvalue:/, '');
  return EXACT.has(name) || PATTERN.has(name);
}

function narrowingOf(condition: Condition): Narrowing {
  const operator = condition.operator.replace(/^foranyvalue:/, '');
  const exact = EXACT.has(operator);
  if (!exact && !PATTERN.has(operator)) return 'open';
  if (condition.values.length === 0) return 'open';
  const each = condition.values.map((value) => valueNarrows(value, exact, condition.key));
  return each.includes('open') ? 'open' : each.includes('unknown') ? 'unknown' : 'narrow';
}

function valueNarrows(value: Value, exact: boolean, key: string): Narrowing {
  const shape = shapeOf(value);
  // A policy variable such as ${aws:PrincipalAccount} equals whatever the caller brings.
  if (shape === '' || /^[*?]+$/.test(shape) || shape.includes('${')) return 'open';
  if (exact) return 'narrow';
  if (isUnknown(value)) return 'unknown';
  if (!/[*?]/.test(shape)) return 'narrow';
  if (IDENTIFIER.test(key) || /^([a-z]+:)?[*?]/.test(shape)) return 'open';
  const fields = shape.split(':');
  if (fields[0] !== 'arn' || fields.length < 6) return shape.startsWith('arn:') ? 'open' : 'narrow';
  const account = fields[4] !== '' && !/[*?]/.test(fields[4]);
  const resource = fields[4] === '' && !/^[*?]/.test(fields[5]);
  return account || resource ? 'narrow' : 'open';
}
