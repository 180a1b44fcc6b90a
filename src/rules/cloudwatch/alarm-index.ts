import { Series, seriesOf } from './alarm-series';
import { plain } from '../delivery/arns';
import { UNTOLD } from '../delivery/match';
import { TextIndex } from '../delivery/text-index';
import { Graph, Resource } from '../graph';

/** An alarm and what it looks at. */
export interface Watcher {
  readonly alarm: Resource;
  readonly series: readonly Series[];
}

/** The alarms that look at a metric of one of some names, or may. */
export function watchersOf(metrics: readonly string[], graph: Graph): readonly Watcher[] {
  return graph.once('alarms-by-metric', () => new TextIndex(
    graph.ofType('AWS::CloudWatch::Alarm').map((alarm): Watcher => ({ alarm, series: seriesOf(alarm) })),
    ({ alarm, series }) => series.map((each) => nameOfSeries(each, alarm.template, graph)),
  )).find(...metrics);
}

/** The name of the metric of a series as plain text. `home` is the template of the alarm. */
export function nameOfSeries(series: Series, home: string, graph: Graph): string {
  switch (series.kind) {
    case 'metric': return plain(series.name, home, graph);
    case 'query': return series.query.metric;
    case 'untold': return UNTOLD;
  }
}
