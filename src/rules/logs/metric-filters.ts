import { watchersOf } from '../cloudwatch/alarm-index';
import { goesOffAbove, seesMetricsOf, Series } from '../cloudwatch/alarm-series';
import { all, Answer, any } from '../delivery/answers';
import { plain } from '../delivery/arns';
import { equals } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { at, isMap, listOf, Reference, Value } from '../values';

/** Whether a filter reads the log group of an ARN, which may end in `:*`; `writer` is the resource that names it. A group of that name elsewhere is another one. */
export function isFilterOn(filter: Resource, destination: Value, writer: Resource, graph: Graph): Answer {
  if (!seesMetricsOf(filter, writer, graph)) return 'no';
  const home = writer.template;
  const name = filter.properties.LogGroupName;
  const group = graph.find(destination, 'AWS::Logs::LogGroup', home);
  const read = graph.find(name, 'AWS::Logs::LogGroup', filter.template);
  if (group && read === group) return 'yes';
  if (group && read && destination instanceof Reference && name instanceof Reference) return 'no';
  const given = plain(destination, home, graph).replace(/:\*$/, '').split(':log-group:')[1];
  return given === undefined ? 'no' : equals(given, plain(name, filter.template, graph));
}

/** The alarms that look at a metric of a filter, or may; the same for whatever writes the log that the filter reads. */
export function alarmsOnFilter(filter: Resource, graph: Graph): ReadonlyArray<{ readonly alarm: Resource; readonly answer: Answer }> {
  return graph.once(`alarms-on-filter ${JSON.stringify([filter.template, filter.logicalId])}`, () => listOf(filter.properties.MetricTransformations)
    .flatMap((transformation) => watchersOf([plain(at(transformation, 'MetricName'), filter.template, graph)], graph)
      .filter(({ alarm }) => seesMetricsOf(alarm, filter, graph))
      .map(({ alarm, series }) => ({
        alarm,
        answer: all([goesOffAbove(alarm), any(series.map((each) => shows(each, transformation, alarm, filter, graph)))]),
      })))
    .filter(({ answer }) => answer !== 'no'));
}

/** Whether an alarm looks at the whole metric of a filter: a metric with dimensions has one series for each of their values. */
function shows(series: Series, transformation: Value, alarm: Resource, filter: Resource, graph: Graph): Answer {
  const [namespace, name] = ['MetricNamespace', 'MetricName'].map((key) => plain(at(transformation, key), filter.template, graph));
  const dimensions = listOf(at(transformation, 'Dimensions')).map((dimension) => (isMap(dimension) ? String(dimension.Key) : ''));
  if (series.kind === 'untold') return 'maybe';
  if (series.kind === 'query') {
    const { query } = series;
    const whole = query.where.length === 0 && query.limit === undefined
      && (query.schema === undefined || (query.schema.length === dimensions.length && dimensions.every((key) => query.schema!.includes(key))));
    return all([whole ? 'yes' : 'no', equals(namespace, query.namespace), equals(name, query.metric)]);
  }
  const whole: Answer = series.dimensions === undefined ? 'maybe' : series.dimensions.size === 0 && dimensions.length === 0 ? 'yes' : 'no';
  return all([whole, equals(namespace, plain(series.namespace, alarm.template, graph)), equals(name, plain(series.name, alarm.template, graph))]);
}
