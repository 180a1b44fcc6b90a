import { ATTACKS, EVERYDAY } from './attacks';
import { filterMatches, RecordedEvent } from './recorded-events';
import { acts } from '../cloudwatch/acting';
import { all, Answer, any, not } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { alarmsOnFilter, isFilterOn } from '../logs/metric-filters';
import { cannotTell, notApplicable, Rule } from '../rule';
import { judgeSignals, Signal } from '../transfer/signals';
import { describe, isUnknown } from '../values';

const GROUP = 'CloudWatchLogsLogGroupArn';

/** A filter on the log of the trail whose alarm acts, or may. */
interface Watch {
  readonly filter: Resource;
  readonly answer: Answer;
}

/** Checks `TRAIL-DETECTIONS`: each kind of event has to be counted, whatever the filters are called, and ordinary events must not be. */
export const trailDetections: Rule = {
  control: 'TRAIL-DETECTIONS',
  check(trail, graph) {
    const destination = trail.properties[GROUP];
    if (destination === undefined) return notApplicable('the trail writes to no log group, which TRAIL-LOG-GROUP is about');
    if (isUnknown(destination)) {
      return ATTACKS.map(({ name }) => cannotTell(`UnresolvedWatch::${name}`, `the log group is ${describe(destination)}`, GROUP));
    }
    const watches = graph.ofType('AWS::Logs::MetricFilter').map((filter): Watch => ({
      filter,
      answer: all([isFilterOn(filter, destination, trail, graph), watched(filter, graph)]),
    })).filter(({ answer }) => answer !== 'no');
    return judgeSignals(ATTACKS.map(({ name, events }) => signalOf(name, events, watches, graph)), 'Unwatched', 'UnresolvedWatch');
  },
};

function watched(filter: Resource, graph: Graph): Answer {
  const counts = not(filterMatches(filter, EVERYDAY, graph));
  return counts === 'no' ? 'no' : all([counts, any(alarmsOnFilter(filter, graph).map(({ alarm, answer }) => all([answer, acts(alarm, graph)])))]);
}

/** A kind is watched if each of its events is, by one filter or by several. */
function signalOf(name: string, events: readonly RecordedEvent[], watches: readonly Watch[], graph: Graph): Signal {
  const each = events.map((event) => watches.map(({ filter, answer }) => ({ filter, answer: all([answer, filterMatches(filter, event, graph)]) }))
    .filter(({ answer }) => answer !== 'no'));
  const by = new Set(each.flatMap((found) => found.map(({ filter }) => filter.logicalId)));
  return { name, answer: all(each.map((found) => any(found.map(({ answer }) => answer)))), by: [...by].join(', ') };
}
