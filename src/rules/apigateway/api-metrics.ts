import { metricNameOf, restApiOf } from './apis';
import { Watcher, watchersOf } from '../cloudwatch/alarm-index';
import { seesMetricsOf, Series } from '../cloudwatch/alarm-series';
import { MetricsQuery } from '../cloudwatch/metrics-insights';
import { all, Answer, any } from '../delivery/answers';
import { plain } from '../delivery/arns';
import { equals, UNTOLD } from '../delivery/match';
import { TextIndex } from '../delivery/text-index';
import { Graph, Resource } from '../graph';
import { Value } from '../values';

const NAMESPACE = 'AWS/ApiGateway';

/**
 * Dimensions of the metrics that every API has (Amazon API Gateway Developer Guide, "Amazon API Gateway dimensions and metrics").
 *
 * Metrics by Method and Resource exist only where a method setting asks for them, and show a part of the API.
 */
const DIMENSIONS = ['ApiName', 'Stage'];

/** Metrics that tell how an API does. */
export const API_METRICS = ['4XXError', '5XXError', 'Count', 'IntegrationLatency', 'Latency'];

/** The alarms that look at one of `API_METRICS` of the API of a stage, or may. */
export function watchersOfApi(stage: Resource, graph: Graph): readonly Watcher[] {
  const index = graph.once('alarms-by-api', () => new TextIndex(
    watchersOf(API_METRICS, graph),
    ({ alarm, series }) => series.flatMap((each) => apisOfSeries(each, alarm.template, graph)),
  ));
  return index.find(apiNameOf(stage, graph)).filter(({ alarm }) => seesMetricsOf(alarm, stage, graph));
}

/** Names of the APIs whose metrics a series can be: none for a metric that is of no API. */
function apisOfSeries(series: Series, home: string, graph: Graph): readonly string[] {
  if (series.kind !== 'metric' || !series.dimensions) return [UNTOLD];
  return series.dimensions.has('ApiName') ? [plain(series.dimensions.get('ApiName'), home, graph)] : [];
}

function apiNameOf(stage: Resource, graph: Graph): string {
  const api = restApiOf(stage, graph);
  return api ? plain(metricNameOf(api), api.template, graph) : UNTOLD;
}

/** Whether what an alarm looks at shows one of some metrics of the whole API of a stage. `home` is the template of the alarm. */
export function showsApi(series: Series, metrics: readonly string[], stage: Resource, home: string, graph: Graph): Answer {
  switch (series.kind) {
    case 'untold': return 'maybe';
    case 'query': return coversEveryApi(series.query, metrics) ? 'yes' : 'no';
    case 'metric': {
      const name = plain(series.name, home, graph);
      return all([
        equals(NAMESPACE, plain(series.namespace, home, graph)),
        any(metrics.map((metric) => equals(metric, name))),
        dimensionsName(series.dimensions, stage, home, graph),
      ]);
    }
  }
}

function dimensionsName(dimensions: ReadonlyMap<string, Value> | undefined, stage: Resource, home: string, graph: Graph): Answer {
  if (!dimensions) return 'maybe';
  if (!dimensions.has('ApiName') || [...dimensions.keys()].some((name) => !DIMENSIONS.includes(name))) return 'no';
  return all([
    equals(plain(dimensions.get('ApiName'), home, graph), apiNameOf(stage, graph)),
    ...(dimensions.has('Stage') ? [equals(plain(dimensions.get('Stage'), home, graph), plain(stage.properties.StageName, stage.template, graph))] : []),
  ]);
}

/**
 * Whether a query has a series for each API of the account and Region.
 *
 * An alarm on several series needs GROUP BY and ORDER BY (Amazon CloudWatch User Guide, "Create a CloudWatch alarm based on a Metrics
 * Insights query"). A condition or a limit leaves some API out.
 */
function coversEveryApi({ namespace, metric, schema, where, groupBy, ordered, limit }: MetricsQuery, metrics: readonly string[]): boolean {
  const ownAccount = where.every(({ key, operator, value }) => key === 'AWS.AccountId' && operator === '=' && value === undefined);
  const dimensions = schema === undefined || (schema.includes('ApiName') && schema.every((name) => DIMENSIONS.includes(name)));
  return namespace === NAMESPACE && metrics.includes(metric) && dimensions && ownAccount && groupBy.includes('ApiName') && ordered && limit === undefined;
}
