import { Graph, Resource } from '../graph';
import { at, describe, isMap, isUnknown, listOf, Value } from '../values';

/** An alarm on requests that AWS WAF blocks. */
export interface Watch {
  readonly alarm: string;
  /** Dimensions of the metric; undefined where the template does not tell them, or where a query selects the metric. */
  readonly dimensions?: ReadonlyMap<string, Value>;
  /** Metrics Insights query, where one selects the metric. */
  readonly query?: Value;
  /** When the alarm goes off, for a report. */
  readonly says: string;
}

/** Every alarm on `BlockedRequests` of AWS WAF: directly, as a metric of an expression, or by a Metrics Insights query. */
export function blockedRequestWatches(graph: Graph): readonly Watch[] {
  return graph.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const queries = listOf(alarm.properties.Metrics);
    const says = sayingOf(alarm);
    const metrics = [alarm.properties, ...queries.map((query) => at(query, 'MetricStat.Metric'))].filter(isBlockedRequests);
    const expressions = queries.map((query) => at(query, 'Expression')).filter((text) => /\bSELECT\b[^]*\bBlockedRequests\b[^]*\bAWS\/WAFV2\b/i.test(describe(text)));
    return [
      ...metrics.map((metric) => ({ alarm: alarm.logicalId, dimensions: dimensionsOf(metric), says })),
      ...expressions.map((query) => ({ alarm: alarm.logicalId, query, says })),
    ];
  });
}

function isBlockedRequests(metric: Value): boolean {
  return at(metric, 'Namespace') === 'AWS/WAFV2' && at(metric, 'MetricName') === 'BlockedRequests';
}

function dimensionsOf(metric: Value): ReadonlyMap<string, Value> | undefined {
  const listed = listOf(at(metric, 'Dimensions'));
  if (listed.some((dimension) => !isMap(dimension) || isUnknown(dimension.Name))) return undefined;
  return new Map(listed.map((dimension) => [describe(at(dimension, 'Name')), at(dimension, 'Value')]));
}

function sayingOf({ logicalId, properties }: Resource): string {
  const queries = listOf(properties.Metrics);
  const band = queries.find((query) => properties.ThresholdMetricId !== undefined && describe(at(query, 'Id')) === describe(properties.ThresholdMetricId));
  const bound = band ? describe(at(band, 'Expression')) : describe(properties.Threshold);
  const period = [properties.Period, ...queries.flatMap((query) => [at(query, 'MetricStat.Period'), at(query, 'Period')])].find((each) => each !== undefined);
  const periods = describe(properties.EvaluationPeriods);
  return `${logicalId} goes off when BlockedRequests is ${describe(properties.ComparisonOperator)} ${bound}`
    + ` in ${properties.DatapointsToAlarm === undefined ? periods : describe(properties.DatapointsToAlarm)} of ${periods} periods of ${describe(period)} s`;
}
