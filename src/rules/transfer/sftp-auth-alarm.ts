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
    return judgeSignals(ACTIVITIES.map((activity) => watchOf(activity, server, destination, graph)), 'Unwatched', 'UnresolvedWatch');
  },
};

function watchOf(activity: string, server: Resource, destination: Value, graph: Graph): Signal {
  if (isUnknown(destination)) return { name: activity, answer: 'maybe', by: 'a filter on another group' };
  return surest(activity, graph.ofType('AWS::Logs::MetricFilter').flatMap((filter) => {
    const counted = all([isFilterOn(filter, destination, server.template, graph), counts(filter.properties.FilterPattern, activity)]);
    return counted === 'no' ? [] : alarmsOnFilter(filter, graph)
      .map(({ alarm, answer }) => ({ answer: all([counted, answer, acts(alarm, graph)]), by: `${filter.logicalId} and ${alarm.logicalId}` }));
  }));
}

function counts(pattern: Value, activity: string): Answer {
  if (typeof pattern !== 'string') return 'maybe';
  const matches = (type: string): Answer => patternMatches(pattern, new Map([...OPEN_MEMBERS, ['$.activity-type', type]]));
  return all([matches(activity), not(matches(DAILY))]);
}
