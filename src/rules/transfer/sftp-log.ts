import { logGroupOf } from './servers';
import { Graph, Resource } from '../graph';
import { retained } from '../retained';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf } from '../values';

const DESTINATIONS = 'StructuredLogDestinations';

/** Checks `SFTP-LOG`. How the group is encrypted, and for how long it keeps events, is for `LOG-CMK` and `LOG-RETENTION`. */
export const sftpLog: Rule = {
  control: 'SFTP-LOG',
  check(server, graph) {
    return [destinationOf(server, graph), ...loggingRoleOf(server)];
  },
};

function destinationOf(server: Resource, graph: Graph): Outcome {
  const destinations = server.properties[DESTINATIONS];
  if (isUnknown(destinations)) return cannotTell('UnresolvedLog', `${DESTINATIONS} is ${describe(destinations)}`, DESTINATIONS);
  const [destination] = listOf(destinations);
  if (destination === undefined) return violation('NoLog', `${DESTINATIONS} is not set: nothing tells who tried to sign in`, DESTINATIONS);
  const group = logGroupOf(server, graph);
  if (!group) return cannotTell('UnresolvedLog', `no template has ${describe(destination)}`, DESTINATIONS);
  const [outcome] = retained(group);
  return outcome.kind === 'violation' ? violation('LogDeleted', `${group.logicalId} goes with the stack: its ${outcome.message}`, DESTINATIONS)
    : compliant(`${group.logicalId} has the structured log`, DESTINATIONS);
}

/** Executions of a workflow are logged by a role alone (AWS Transfer Family User Guide, "Manage Amazon CloudWatch logging for Transfer Family"). */
function loggingRoleOf({ properties: { LoggingRole: role, WorkflowDetails: details } }: Resource): readonly Outcome[] {
  const workflows = ['OnUpload', 'OnPartialUpload'].map((event) => at(details, event));
  if (workflows.every((list) => !isUnknown(list) && listOf(list).length === 0)) return [];
  if (role === undefined || role === '') {
    return [workflows.some(isUnknown) ? cannotTell('UnresolvedLog', 'a workflow may run, and no LoggingRole logs what it does', 'LoggingRole')
      : violation('NoLoggingRole', 'a workflow runs and no LoggingRole logs what it does', 'LoggingRole')];
  }
  return isUnknown(role) ? [cannotTell('UnresolvedLog', `LoggingRole is ${describe(role)}`, 'LoggingRole')] : [];
}
