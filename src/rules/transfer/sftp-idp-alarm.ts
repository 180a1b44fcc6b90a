import { serversOfProvider } from './servers';
import { judgeSignals, surest } from './signals';
import { metricAlarmsOf } from '../lambda/function-alarms';
import { notApplicable, Rule } from '../rule';

/** What tells that partners cannot sign in. */
const METRICS = ['Errors', 'Throttles', 'Duration'];

/** Checks `SFTP-IDP-ALARM`. */
export const sftpIdpAlarm: Rule = {
  control: 'SFTP-IDP-ALARM',
  check(func, graph) {
    if (serversOfProvider(func, graph).length === 0) return notApplicable('no server asks the function who may sign in');
    return judgeSignals(METRICS.map((metric) => surest(metric, metricAlarmsOf(func, metric, graph))), 'Unwatched', 'UnresolvedWatch');
  },
};
