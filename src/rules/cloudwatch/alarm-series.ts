import { MetricsQuery, tryParseQuery } from './metrics-insights';
import { Answer } from '../delivery/answers';
import { accountOf, regionOf } from '../delivery/arns';
import { equals } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { at, describe, isMap, isUnknown, listOf, truth, Value } from '../values';

/** What an alarm looks at. */
export type Series =
  /** One metric; `dimensions` is undefined where the template does not tell them. */
  | { readonly kind: 'metric'; readonly namespace: Value; readonly name: Value; readonly dimensions?: ReadonlyMap<string, Value> }
  | { readonly kind: 'query'; readonly query: MetricsQuery }
  | { readonly kind: 'untold' };

/** What decides the state of an alarm: its metric, or what its returned expression is made of. */
export function seriesOf(alarm: Resource): readonly Series[] {
  const { Metrics, MetricName } = alarm.properties;
  if (MetricName !== undefined) return [metric(alarm.properties)];
  if (isUnknown(Metrics)) return [{ kind: 'untold' }];
  const entries = listOf(Metrics);
  const used = new Set(entries.filter((entry) => truth(at(entry, 'ReturnData')) !== false));
  // A set takes in what is added while it is walked.
  for (const entry of used) referredTo(at(entry, 'Expression'), entries).forEach((other) => used.add(other));
  return [...used].flatMap((entry) => seriesOfEntry(entry));
}

/** Whether an alarm goes off when a metric rises. */
export function goesOffAbove({ properties: { ComparisonOperator: operator } }: Resource): Answer {
  if (isUnknown(operator)) return 'maybe';
  return /^(GreaterThan|LessThanLowerOrGreaterThan)/.test(describe(operator)) ? 'yes' : 'no';
}

/** Whether an alarm, or a filter, can see what a resource writes; metrics and logs stay in their account and Region. */
export function seesMetricsOf(alarm: Resource, resource: Resource, graph: Graph): boolean {
  return equals(accountOf(alarm, graph), accountOf(resource, graph)) !== 'no' && equals(regionOf(alarm, graph), regionOf(resource, graph)) !== 'no';
}

const SIGNS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=', LessThanThreshold: '<', LessThanOrEqualToThreshold: '<=',
};

/** An alarm with its threshold, for a report: `Errors (Sum > 5 in 2 of 3 periods of 60 s)`. */
export function describeAlarm({ logicalId, properties }: Resource): string {
  const { ComparisonOperator, DatapointsToAlarm, EvaluationPeriods, ExtendedStatistic, Period, Statistic, Threshold } = properties;
  const entries = listOf(properties.Metrics);
  const inEntries = (path: string) => entries.map((entry) => at(entry, path)).find((value) => value !== undefined);
  const query = entries.map((entry) => at(entry, 'Expression')).map((text) => (typeof text === 'string' ? tryParseQuery(text) : undefined)).find((each) => each);
  const statistic = query?.statistic ?? describe(Statistic ?? ExtendedStatistic ?? inEntries('MetricStat.Stat'));
  const sign = SIGNS[describe(ComparisonOperator)] ?? describe(ComparisonOperator);
  const limit = properties.ThresholdMetricId === undefined ? describe(Threshold) : 'the band';
  const period = describe(Period ?? inEntries('MetricStat.Period') ?? inEntries('Period'));
  return `${logicalId} (${statistic} ${sign} ${limit} in ${describe(DatapointsToAlarm ?? EvaluationPeriods)} of ${describe(EvaluationPeriods)} periods of ${period} s)`;
}

function seriesOfEntry(entry: Value): readonly Series[] {
  const [stat, expression] = [at(entry, 'MetricStat'), at(entry, 'Expression')];
  if (stat !== undefined) return [isMap(stat) ? metric(at(stat, 'Metric')) : { kind: 'untold' }];
  if (!isSelect(expression)) return isUnknown(entry) || isUnknown(expression) ? [{ kind: 'untold' }] : [];
  const query = typeof expression === 'string' ? tryParseQuery(expression) : undefined;
  return [query ? { kind: 'query', query } : { kind: 'untold' }];
}

function isSelect(expression: Value): boolean {
  return /^\s*SELECT\b/i.test(describe(expression));
}

/** The entries that an expression names by their ids. */
function referredTo(expression: Value, entries: readonly Value[]): readonly Value[] {
  if (expression === undefined || isSelect(expression)) return [];
  const words = new Set(describe(expression).match(/\w+/g));
  return entries.filter((entry) => words.has(describe(at(entry, 'Id'))));
}

function metric(value: Value): Series {
  const dimensions = at(value, 'Dimensions');
  const named = listOf(dimensions).map((dimension): [Value, Value] => [at(dimension, 'Name'), at(dimension, 'Value')]);
  const told = !isUnknown(dimensions) && named.every(([name]) => typeof name === 'string');
  return {
    kind: 'metric',
    namespace: at(value, 'Namespace'),
    name: at(value, 'MetricName'),
    ...(told && { dimensions: new Map(named as Array<[string, Value]>) }),
  };
}
