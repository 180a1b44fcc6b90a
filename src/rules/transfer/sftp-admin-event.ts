import { listenersTo, ServerEvent } from './server-events';
import { judgeSignals, Signal, surest } from './signals';
import { all } from '../delivery/answers';
import { SampleEvent } from '../events/event-pattern';
import { Graph, Resource } from '../graph';
import { Rule } from '../rule';

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

/** Each call, by each of these callers. */
const EVENTS = CALLS.map((call) => ({ call, events: CALLERS.map((caller) => eventOf(call, caller)) }));

/** Checks `SFTP-ADMIN-EVENT`. */
export const sftpAdminEvent: Rule = {
  control: 'SFTP-ADMIN-EVENT',
  check(server, graph) {
    return judgeSignals(EVENTS.map(({ call, events }) => signalOf(call, events, server, graph)), 'Unheard', 'UnresolvedRule');
  },
};

/** A call is heard of only if it is whoever makes it. */
function signalOf(call: string, events: readonly ServerEvent[], server: Resource, graph: Graph): Signal {
  const heard = events.map((event) => surest(call, listenersTo(event, server, graph).map(({ rule, answer }) => ({ answer, by: rule.logicalId }))));
  return { name: call, answer: all(heard.map(({ answer }) => answer)), by: [...new Set(heard.map(({ by }) => by))].join(', ') };
}

function eventOf(call: string, caller: SampleEvent): ServerEvent {
  const type = 'AWS API Call via CloudTrail';
  return {
    name: `${type}, ${call}, ${caller.type as string}`,
    of: (isServer) => ({
      'source': 'aws.transfer',
      'detail-type': type,
      'account': undefined,
      'region': undefined,
      'detail': {
        eventSource: 'transfer.amazonaws.com',
        eventName: call,
        userIdentity: caller,
        sourceIPAddress: undefined,
        requestParameters: { serverId: isServer },
      },
    }),
  };
}
