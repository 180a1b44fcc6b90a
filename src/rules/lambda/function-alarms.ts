import { acts } from '../cloudwatch/acting';
import { watchersOf } from '../cloudwatch/alarm-index';
import { goesOffAbove, seesMetricsOf, Series } from '../cloudwatch/alarm-series';
import { MetricsQuery } from '../cloudwatch/metrics-insights';
import { all, Answer, any } from '../delivery/answers';
import { plain } from '../delivery/arns';
import { equals } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { alarmsOnFilter, isFilterOn } from '../logs/metric-filters';
import { at, Reference, Value } from '../values';

const NAMESPACE = 'AWS/Lambda';

/** An alarm that tells somebody of a function, or may. */
export interface FunctionAlarm {
  readonly answer: Answer;
  readonly by: string;
}

/** The alarms that tell somebody when a metric of a function rises. */
export function metricAlarmsOf(func: Resource, metric: string, graph: Graph): readonly FunctionAlarm[] {
  return watchersOf([metric], graph).filter(({ alarm }) => seesMetricsOf(alarm, func, graph)).map(({ alarm, series }) => ({
    answer: all([goesOffAbove(alarm), any(series.map((each) => shows(each, metric, func, alarm, graph))), acts(alarm, graph)]),
    by: alarm.logicalId,
  }));
}

/** The alarms that tell somebody of what a function logs. */
export function logAlarmsOf(func: Resource, graph: Graph): readonly FunctionAlarm[] {
  const group = at(func.properties, 'LoggingConfig.LogGroup');
  if (group === undefined) return [];
  return graph.ofType('AWS::Logs::MetricFilter').flatMap((filter) => {
    const read = isFilterOn(filter, group, func, graph);
    return read === 'no' ? [] : alarmsOnFilter(filter, graph).map(({ alarm, answer }) => ({ answer: all([read, answer, acts(alarm, graph)]), by: alarm.logicalId }));
  });
}

function shows(series: Series, metric: string, func: Resource, alarm: Resource, graph: Graph): Answer {
  const name = plain(new Reference(func), func.template, graph);
  const text = (value: Value): string => plain(value, alarm.template, graph);
  switch (series.kind) {
    case 'untold': return 'maybe';
    case 'query': return selects(series.query, metric, name);
    case 'metric': {
      const { dimensions } = series;
      // Without the name the metric is that of all functions together, in which a lone failure drowns.
      const named: Answer = dimensions === undefined ? 'maybe' : dimensions.has('FunctionName') ? equals(name, text(dimensions.get('FunctionName'))) : 'no';
      return all([equals(NAMESPACE, text(series.namespace)), equals(metric, text(series.name)), named]);
    }
  }
}

/** A query shows a function by its name, or by a series for each. */
function selects({ groupBy, limit, metric, namespace, where }: MetricsQuery, wanted: string, name: string): Answer {
  if (namespace !== NAMESPACE || metric !== wanted) return 'no';
  const named = where.find(({ key, operator }) => key === 'FunctionName' && operator === '=');
  if (named?.value !== undefined) return equals(name, named.value);
  if (!groupBy.includes('FunctionName')) return 'no';
  return where.length === 0 && limit === undefined ? 'yes' : 'maybe';
}
