import { accountOf, arnOf, regionOf } from './arns';
import { logStatements } from './log-policies';
import { Decision } from './permissions';
import { mayServiceCallBy } from './services';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { logGroupOf } from '../transfer/servers';
import { describe, isUnknown, listOf } from '../values';

const DESTINATION = 'StructuredLogDestinations.0';

/** Checks `DELIVERY-SFTP-LOG`. Whether CloudWatch Logs may use the key of the group is for `DELIVERY-LOG-KEY`. */
export const deliverySftpLog: Rule = {
  control: 'DELIVERY-SFTP-LOG',
  check(server, graph) {
    const destinations = server.properties.StructuredLogDestinations;
    if (isUnknown(destinations)) return cannotTell(`Untold::${describe(destinations)}`, 'the template does not tell where the log goes', DESTINATION);
    if (listOf(destinations).length === 0) return notApplicable('the server writes no structured log');
    const group = logGroupOf(server, graph);
    if (!group) return notApplicable('the log group is of another template, which SFTP-LOG tells');
    return outcomeOf(mayDeliver(server, group, graph), group);
  },
};

/**
 * Transfer Family has the service write that delivers logs for others, which acts for the logs of an account (Amazon CloudWatch Logs User Guide,
 * "Logs sent to CloudWatch Logs"). Log policies belong to the account, and other templates can have more of them.
 */
function mayDeliver(server: Resource, group: Resource, graph: Graph): Decision {
  const account = accountOf(server, graph);
  const by = { service: 'delivery.logs.amazonaws.com', account, arn: `arn:aws:logs:${regionOf(server, graph)}:${account}:delivery` };
  const stream = `${arnOf(group, graph)}:log-stream:ERRORS`;
  return mayServiceCallBy(logStatements(graph), true, by, ['logs:CreateLogStream', 'logs:PutLogEvents'], stream, graph);
}

function outcomeOf({ answer, reason }: Decision, group: Resource): Outcome {
  switch (answer) {
    case 'allowed': return compliant(`a log policy lets the service write to ${group.logicalId}`, DESTINATION);
    case 'denied': return violation(`PolicyDenies::${group.logicalId}`, `a log policy keeps the service from ${group.logicalId}: ${reason}`, DESTINATION);
    case 'unknown': return cannotTell(`Untold::${group.logicalId}`,
      `no log policy of the template lets the service write to ${group.logicalId}; it writes one itself where whoever deploys may`, DESTINATION);
  }
}
