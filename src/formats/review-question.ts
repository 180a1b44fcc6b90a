import { isTrailField, sqlOf, TrailField } from './trail-fields';

/** Which events a question is about. A field that an event does not have is none of any values. */
export type Condition =
  | { readonly field: TrailField; readonly is: readonly string[] }
  | { readonly field: TrailField; readonly isNot: readonly string[] }
  /** A regular expression without groups, look-around and back references, which both languages take; it may match a part of the value. */
  | { readonly field: TrailField; readonly matches: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

/** What a review asks of the events of a trail: how many there were, apart by some of their fields. */
export interface Question {
  /** Stable: file names and comparisons between reports go by it. */
  readonly id: string;
  readonly title: string;
  /** Whether any answer is a finding, which somebody has to account for; of the others a reviewer judges. */
  readonly finding: boolean;
  readonly where: Condition;
  readonly by: readonly TrailField[];
  /** Asks what happened for the first time in so many days. */
  readonly newWithinDays?: number;
}

/** Letters of a question's name. */
const ID = /^[a-z][a-z0-9-]{0,39}$/;
const MAX_TITLE = 200;
const MAX_FIELDS = 8;

/** Rows of an answer that a report has; one more is asked for, to know whether there are. */
export const MAX_ROWS = 100;

/** Text that is put into queries of both languages as it is: no quotes, no backslashes, no control characters. */
export const QUERY_TEXT = /^[\w .:/@*+=,-]{1,256}$/;

/** A regular expression that both languages have alike, without a quote that would end it. */
export const QUERY_PATTERN = /^[\w .:/@+*?^$|()[\]-]{1,256}$/;

/**
 * The question in the language of CloudWatch Logs Insights (User Guide, "CloudWatch Logs Insights query syntax").
 *
 * @param from where the window begins, in milliseconds since 1970; events count by when they arrived, since one may come hours after its time, and each
 * arrives once
 * @param to where the window ends; what arrived then is of the next one
 */
export function insightsQuery({ where, by, newWithinDays }: Question, from: number, to: number): string {
  const isNew = newWithinDays !== undefined;
  return [
    'fields toMillis(@ingestionTime) as arrived',
    `filter ${isNew ? '' : `arrived >= ${from} and `}arrived < ${to}`,
    `filter ${insightsOf(where)}`,
    `stats count(*) as events, earliest(eventTime) as firstAt, latest(eventTime) as lastAt${isNew ? ', min(arrived) as firstArrived' : ''} by ${by.join(', ')}`,
    ...isNew ? [`filter firstArrived >= ${from}`] : [],
    'sort events desc',
    `limit ${MAX_ROWS + 1}`,
  ].join('\n| ');
}

/** The question in the language of CloudWatch Logs Insights, of whatever range somebody chooses. */
export function openInsightsQuery({ where, by }: Question): string {
  return [
    `filter ${insightsOf(where)}`,
    `stats count(*) as events, earliest(eventTime) as firstAt, latest(eventTime) as lastAt by ${by.join(', ')}`,
    'sort events desc',
    `limit ${MAX_ROWS}`,
  ].join('\n| ');
}

/** The question in the SQL of Athena, of the last days, over a table that is partitioned by `day`. */
export function athenaQuery({ where, by, newWithinDays }: Question, table: string, days: number): string {
  const since = `day >= date_format(current_date - interval '${newWithinDays ?? days}' day, '%Y/%m/%d')`;
  const isNew = newWithinDays === undefined ? '' : `\nHAVING min(eventtime) >= to_iso8601(current_date - interval '${days}' day)`;
  return `SELECT ${by.map((field) => `${sqlOf(field)} AS "${field}"`).join(', ')},
  count(*) AS events, min(eventtime) AS first_at, max(eventtime) AS last_at
FROM ${table}
WHERE ${since}
  AND ${sqlCondition(where)}
GROUP BY ${by.map((_, index) => index + 1).join(', ')}${isNew}
ORDER BY events DESC
LIMIT 1000`;
}

function insightsOf(condition: Condition): string {
  if ('all' in condition) return joined(condition.all.map(insightsOf), 'and');
  if ('any' in condition) return joined(condition.any.map(insightsOf), 'or');
  if ('is' in condition) return `${condition.field} in ${listed(condition.is, '"', '[', ']')}`;
  if ('isNot' in condition) return `(not ispresent(${condition.field}) or ${condition.field} not in ${listed(condition.isNot, '"', '[', ']')})`;
  return `${condition.field} like /${condition.matches.replace(/\//g, '\\/')}/`;
}

function sqlCondition(condition: Condition): string {
  if ('all' in condition) return joined(condition.all.map(sqlCondition), 'AND');
  if ('any' in condition) return joined(condition.any.map(sqlCondition), 'OR');
  const field = sqlOf(condition.field);
  if ('is' in condition) return `${field} IN ${listed(condition.is, "'", '(', ')')}`;
  if ('isNot' in condition) return `(${field} IS NULL OR ${field} NOT IN ${listed(condition.isNot, "'", '(', ')')})`;
  return `regexp_like(${field}, '${condition.matches}')`;
}

function joined(conditions: readonly string[], word: string): string {
  return `(${conditions.join(` ${word} `)})`;
}

function listed(values: readonly string[], quote: string, open: string, close: string): string {
  return `${open}${values.map((value) => `${quote}${value}${quote}`).join(', ')}${close}`;
}

/** Whether something is a question that can be asked as it is, without a quote of one language in it. */
export function isQuestion(value: unknown): value is Question {
  const { id, title, finding, where, by, newWithinDays } = Object(value ?? {}) as Partial<Question>;
  return typeof id === 'string' && ID.test(id) && typeof title === 'string' && title.length <= MAX_TITLE && typeof finding === 'boolean' && isCondition(where)
    && Array.isArray(by) && by.length > 0 && by.length <= MAX_FIELDS && by.every((field) => typeof field === 'string' && isTrailField(field))
    && (newWithinDays === undefined || (Number.isInteger(newWithinDays) && newWithinDays > 0 && newWithinDays <= 90));
}

function isCondition(value: unknown, depth = 0): value is Condition {
  const { field, is, isNot, matches, all, any } = Object(value ?? {}) as Readonly<Record<string, unknown>>;
  const parts = all ?? any;
  if (parts !== undefined) return depth < 4 && Array.isArray(parts) && parts.length > 0 && parts.every((part) => isCondition(part, depth + 1));
  if (typeof field !== 'string' || !isTrailField(field)) return false;
  const values = is ?? isNot;
  if (values !== undefined) return Array.isArray(values) && values.length > 0 && values.every((each) => typeof each === 'string' && QUERY_TEXT.test(each));
  return typeof matches === 'string' && QUERY_PATTERN.test(matches);
}
