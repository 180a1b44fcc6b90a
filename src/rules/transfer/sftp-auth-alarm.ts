import { judgeSignals, Signal, surest } from './signals';
import { acts } from '../cloudwatch/acting';
import { all, Answer, not } from '../delivery/answers';
import { Graph, Resource } from '../graph';
import { patternMatches } from '../logs/filter-pattern';
import { alarmsOnFilter, isFilterOn } from '../logs/metric-filters';
import { notApplicable, Rule } from '../rule';
import { isUnknown, listOf, Value } from '../values';

/** What the log of a server has when somebody fails to get in, or something else fails. */
const ACTIVITIES = ['AUTH_FAILURE', 'KEX_FAILURE', 'CONNECTION_REJECTED', 'ERROR'];

const FINDING = 'Unwatched';
const UNTOLD = 'UnresolvedWatch';

/** What every day has, and no filter of failures may count. */
const DAILY = 'CONNECTED';

/** Members of the entries (AWS Transfer Family User Guide, "Creating, updating, and viewing logs": example log entries). */
const OPEN_MEMBERS = ['source-ip', 'resource-arn', 'message', 'user', 'method', 'kex'].map((name): [string, string | undefined] => [`$.${name}`, undefined]);

/** Checks `SFTP-AUTH-ALARM`. */
export const sftpAuthAlarm: Rule = {
  control: 'SFTP-AUTH-ALARM',
  check(server, graph) {
    const [destination] = listOf(server.properties.StructuredLogDestinations);
    if (destination === undefined) return notApplicable('the server writes no log, which SFTP-LOG is about');
    if (isUnknown(destination)) return judgeSignals(ACTIVITIES.map((name) => ({ name, answer: 'maybe', by: 'a filter on another group' })), FINDING, UNTOLD);
    const filters = filtersOn(destination, server, graph);
    return judgeSignals(ACTIVITIES.map((activity) => watchOf(activity, filters, graph)), FINDING, UNTOLD);
  },
};

interface Filter {
  readonly filter: Resource;
  /** Whether it is on the group of the server. */
  readonly answer: Answer;
}

function filtersOn(destination: Value, server: Resource, graph: Graph): readonly Filter[] {
  return graph.ofType('AWS::Logs::MetricFilter').map((filter) => ({ filter, answer: isFilterOn(filter, destination, server, graph) }))
    .filter(({ answer }) => answer !== 'no');
}

function watchOf(activity: string, filters: readonly Filter[], graph: Graph): Signal {
  return surest(activity, filters.flatMap(({ filter, answer: on }) => {
    const counted = all([on, counts(filter.properties.FilterPattern, activity)]);
    return counted === 'no' ? [] : alarmsOnFilter(filter, graph)
      .map(({ alarm, answer }) => ({ answer: all([counted, answer, acts(alarm, graph)]), by: `${filter.logicalId} and ${alarm.logicalId}` }));
  }));
}

function counts(pattern: Value, activity: string): Answer {
  if (typeof pattern !== 'string') return 'maybe';
  const matches = (type: string): Answer => patternMatches(pattern, new Map([...OPEN_MEMBERS, ['$.activity-type', type]]));
  return all([matches(activity), not(matches(DAILY))]);
}
