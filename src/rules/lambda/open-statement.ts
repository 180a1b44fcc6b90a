import { arnNarrowing } from './permissions';
import { Condition, Statement } from '../policy-document';
import { describe, isUnknown, Value } from '../values';

/** Whether a statement lets in anybody: any principal, and no condition that narrows it. */
export type Openness = 'open' | 'closed' | 'unknown';

/** Condition keys that tell whose request it is. The caller chooses none of them. */
const NARROWING_KEYS = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths',
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
]);

/** Operators that compare; negated ones, `IfExists` and `ForAllValues` let a request through that lacks the key. */
const NARROWING_OPERATOR = /^(foranyvalue:)?(stringequals(ignorecase)?|stringlike|arnequals|arnlike)$/;

/** Judges a statement of a resource policy. */
export function opennessOf(statement: Statement): Openness {
  if (statement.effect === 'Deny') return 'closed';
  const anybody = statement.notPrincipal || statement.principals.some(({ kind }) => kind === 'any');
  if (!anybody) return statement.principals.some(({ kind }) => kind === 'unknown') || statement.effect === 'unknown' ? 'unknown' : 'closed';

  const narrowing = statement.conditions.map(narrows);
  if (narrowing.includes('yes')) return 'closed';
  return narrowing.includes('unknown') || statement.partial ? 'unknown' : 'open';
}

function narrows({ operator, key, values }: Condition): 'yes' | 'no' | 'unknown' {
  if (!NARROWING_KEYS.has(key) || !NARROWING_OPERATOR.test(operator) || values.length === 0) return 'no';
  if (/like|arnequals/.test(operator) && values.some((value) => isWide(key, value))) return 'no';
  return values.some(isUnknown) ? 'unknown' : 'yes';
}

/** Whether a pattern matches more than one owner. */
function isWide(key: string, value: Value): boolean {
  const text = describe(value);
  if (!/[*?]/.test(text)) return false;
  if (key.includes('org')) return !/^o-[a-z0-9]{10,32}\//.test(text);
  return key.endsWith('arn') ? arnNarrowing(value) === 'none' : true;
}
