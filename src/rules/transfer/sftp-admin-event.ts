import { namesServer } from './sftp-failure-event';
import { judgeSignals, Signal, surest } from './signals';
import { all } from '../delivery/answers';
import { SampleEvent } from '../events/event-pattern';
import { listenersTo } from '../events/listeners';
import { Graph, Resource } from '../graph';
import { Rule } from '../rule';
import { Value } from '../values';

/** Calls that change who the server is, who may sign in, or what it does, and the one that shows what a partner would be given. */
const CALLS = [
  'DeleteHostKey', 'DeleteServer', 'DeleteSshPublicKey', 'ImportHostKey', 'ImportSshPublicKey', 'StopServer', 'TestIdentityProvider', 'UpdateHostKey',
  'UpdateServer', 'UpdateUser',
];

/** Only what a role does has a session issuer (AWS CloudTrail User Guide, "CloudTrail userIdentity element"). */
const CALLERS: readonly SampleEvent[] = [
  {
    type: 'AssumedRole',
    arn: undefined,
    principalId: undefined,
    accountId: undefined,
    sessionContext: { sessionIssuer: { type: 'Role', arn: undefined, userName: undefined } },
  },
  { type: 'IAMUser', arn: undefined, principalId: undefined, accountId: undefined, userName: undefined },
];

/** Checks `SFTP-ADMIN-EVENT`. */
export const sftpAdminEvent: Rule = {
  control: 'SFTP-ADMIN-EVENT',
  check(server, graph) {
    return judgeSignals(CALLS.map((call) => signalOf(call, server, graph)), 'Unheard', 'UnresolvedRule');
  },
};

/** A call is heard of only if it is whoever makes it. */
function signalOf(call: string, server: Resource, graph: Graph): Signal {
  const heard = CALLERS.map((caller) => {
    const listeners = listenersTo(eventOf(call, caller, server, graph), graph);
    return surest(call, listeners.map(({ rule, answer }) => ({ answer, by: rule.logicalId })));
  });
  return { name: call, answer: all(heard.map(({ answer }) => answer)), by: [...new Set(heard.map(({ by }) => by))].join(', ') };
}

function eventOf(call: string, caller: SampleEvent, server: Resource, graph: Graph): SampleEvent {
  return {
    'source': 'aws.transfer',
    'detail-type': 'AWS API Call via CloudTrail',
    'account': undefined,
    'region': undefined,
    'detail': {
      eventSource: 'transfer.amazonaws.com',
      eventName: call,
      userIdentity: caller,
      sourceIPAddress: undefined,
      requestParameters: { serverId: (value: Value) => namesServer(value, server, graph) },
    },
  };
}
