import { Answer, any, not } from './answers';
import { plain } from './arns';
import { arnLike, equals, like } from './match';
import { Graph } from '../graph';
import { Condition } from '../policy-document';

/** What is known of a request; keys in lower case. A key that is neither known nor absent may have any value. */
export interface Context {
  readonly values: ReadonlyMap<string, string>;
  /** Keys that the request surely lacks; an entry that ends in `*` is a prefix. */
  readonly absent: readonly string[];
}

type Comparison = (expected: string, actual: string) => Answer;

const caseless: Comparison = (expected, actual) => equals(expected.toLowerCase(), actual.toLowerCase());

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  arnequals: arnLike,
  arnlike: arnLike,
  bool: caseless,
  numericlessthan: (expected, actual) => (Number.isFinite(Number(expected)) ? (Number(actual) < Number(expected) ? 'yes' : 'no') : 'maybe'),
  stringequals: equals,
  stringequalsignorecase: caseless,
  stringlike: like,
};

/** Whether one entry of a condition block holds for a request. `home` is the template of the policy. */
export function conditionHolds(condition: Condition, context: Context, home: string, graph: Graph): Answer {
  const [, set, name, ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(condition.operator)!;
  const actual = context.values.get(condition.key);
  const absent = actual === undefined && isAbsent(condition.key, context);
  if (name === 'null') return nullHolds(condition, actual !== undefined ? 'no' : absent ? 'yes' : 'maybe', home, graph);

  const negated = /^(string|arn)not/.test(name);
  const comparison = COMPARISONS[name.replace(/^(string|arn)not/, '$1')];
  if (!comparison) return 'maybe';
  if (absent) return ifExists || set === 'forallvalues:' ? 'yes' : set === 'foranyvalue:' ? 'no' : negated ? 'yes' : 'no';
  if (actual === undefined) return 'maybe';
  const matched = any(condition.values.map((value) => comparison(plain(value, home, graph), actual)));
  return negated ? not(matched) : matched;
}

function nullHolds(condition: Condition, absent: Answer, home: string, graph: Graph): Answer {
  const wanted = condition.values.map((value) => plain(value, home, graph).toLowerCase());
  if (wanted.length !== 1 || !['true', 'false'].includes(wanted[0])) return 'maybe';
  return wanted[0] === 'true' ? absent : not(absent);
}

function isAbsent(key: string, context: Context): boolean {
  return context.absent.some((entry) => (entry.endsWith('*') ? key.startsWith(entry.slice(0, -1)) : key === entry));
}
