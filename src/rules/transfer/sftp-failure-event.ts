import { serverOf } from './servers';
import { judgeSignals, surest } from './signals';
import { Answer } from '../delivery/answers';
import { SampleEvent } from '../events/event-pattern';
import { listenersTo } from '../events/listeners';
import { Graph, Resource } from '../graph';
import { Rule } from '../rule';
import { Value } from '../values';

/** What can fail with a file (Amazon EventBridge Events Reference, "AWS Transfer Family events"). */
const OPERATIONS = ['Upload', 'Download', 'Delete', 'Rename'];

/** Checks `SFTP-FAILURE-EVENT`. */
export const sftpFailureEvent: Rule = {
  control: 'SFTP-FAILURE-EVENT',
  check(server, graph) {
    return judgeSignals(OPERATIONS.map((operation) => surest(operation, listenersTo(eventOf(operation, server, graph), graph)
      .map(({ rule, answer }) => ({ answer, by: rule.logicalId })))), 'Unheard', 'UnresolvedRule');
  },
};

function eventOf(operation: string, server: Resource, graph: Graph): SampleEvent {
  return {
    'source': 'aws.transfer',
    'detail-type': `SFTP Server File ${operation} Failed`,
    'account': undefined,
    'region': undefined,
    'resources': undefined,
    'detail': {
      'server-id': (value: Value) => namesServer(value, server, graph),
      'protocol': 'SFTP',
      'username': undefined,
      'file-path': undefined,
      'status-code': 'FAILED',
      'failure-code': undefined,
      'client-ip': undefined,
    },
  };
}

/** Whether a value of a pattern is the server; a literal id may be. */
export function namesServer(value: Value, server: Resource, graph: Graph): Answer {
  const named = serverOf(value, server.template, graph);
  return named === undefined ? 'maybe' : named === server ? 'yes' : 'no';
}
