import { listenersTo, ServerEvent } from './server-events';
import { judgeSignals, surest } from './signals';
import { Rule } from '../rule';

/** What can fail with a file (Amazon EventBridge Events Reference, "AWS Transfer Family events"). */
const OPERATIONS = ['Upload', 'Download', 'Delete', 'Rename'];

/** Checks `SFTP-FAILURE-EVENT`. */
export const sftpFailureEvent: Rule = {
  control: 'SFTP-FAILURE-EVENT',
  check(server, graph) {
    return judgeSignals(OPERATIONS.map((operation) => surest(operation, listenersTo(eventOf(operation), server, graph)
      .map(({ rule, answer }) => ({ answer, by: rule.logicalId })))), 'Unheard', 'UnresolvedRule');
  },
};

function eventOf(operation: string): ServerEvent {
  const type = `SFTP Server File ${operation} Failed`;
  return {
    name: type,
    of: (isServer) => ({
      'source': 'aws.transfer',
      'detail-type': type,
      'account': undefined,
      'region': undefined,
      'resources': undefined,
      'detail': {
        'server-id': isServer,
        'protocol': 'SFTP',
        'username': undefined,
        'file-path': undefined,
        'status-code': 'FAILED',
        'failure-code': undefined,
        'client-ip': undefined,
      },
    }),
  };
}
