import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { logGroupOf, SERVER } from '../transfer/servers';
import { describe, numberOf, Unresolved } from '../values';

const LEAST_DAYS = 30;

/** PCI DSS 4.0.1, 10.5.1: audit log history is kept for at least twelve months. */
const LEAST_AUDIT_DAYS = 365;

/** Checks `LOG-RETENTION`. */
export const logRetention: Rule = {
  control: 'LOG-RETENTION',
  check(group, graph) {
    if (group.properties.LogGroupClass === 'DELIVERY') return notApplicable('a group of class DELIVERY keeps events for a fixed time');
    const days = numberOf(group.properties.RetentionInDays);
    if (days instanceof Unresolved) return cannotTell('UnresolvedRetention', `RetentionInDays is ${describe(days)}`, 'RetentionInDays');
    if (days === undefined) return violation('NoRetention', 'RetentionInDays is not set', 'RetentionInDays');
    if (days < LEAST_DAYS) return violation('TooShort', `RetentionInDays is ${days}`, 'RetentionInDays');
    if (days < LEAST_AUDIT_DAYS) {
      const writer = isWrittenByTrail(group, graph) ? 'a trail' : isWrittenByServer(group, graph) ? 'a Transfer Family server' : undefined;
      if (writer) return violation('TooShortForAudit', `RetentionInDays is ${days} and ${writer} writes to the group`, 'RetentionInDays');
    }
    return compliant(`events are kept for ${days} days`, 'RetentionInDays');
  },
};

function isWrittenByTrail(group: Resource, graph: Graph): boolean {
  const name = group.properties.LogGroupName;
  return graph.ofType('AWS::CloudTrail::Trail').some(({ properties: { CloudWatchLogsLogGroupArn: arn } }) => (
    graph.find(arn, group.type) === group || (typeof name === 'string' && `${describe(arn)}:`.includes(`:log-group:${name}:`))));
}

/** The log of a server tells who signed in and which files they took. */
function isWrittenByServer(group: Resource, graph: Graph): boolean {
  return graph.grouped('by log group', SERVER, (server) => logGroupOf(server, graph)).has(group);
}
