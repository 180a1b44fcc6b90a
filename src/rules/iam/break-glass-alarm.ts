import { breakGlassTrust } from './break-glass';
import { EVERYDAY } from '../cloudtrail/attacks';
import { filterMatches, RecordedEvent, recordedEvent } from '../cloudtrail/recorded-events';
import { acts } from '../cloudwatch/acting';
import { all, Answer, any, not } from '../delivery/answers';
import { arnOf, plain } from '../delivery/arns';
import { equals } from '../delivery/match';
import { awakeRules, listening } from '../events/listeners';
import { Graph, Resource } from '../graph';
import { alarmsOnFilter } from '../logs/metric-filters';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { mayHaveMore, Value } from '../values';

/** Checks `BREAK-GLASS-ALARM`. */
export const breakGlassAlarm: Rule = {
  control: 'BREAK-GLASS-ALARM',
  check(role, graph) {
    const trust = breakGlassTrust(role, graph);
    if (!trust) return notApplicable('the role is none for emergencies, by its path and name');
    const federated = trust.statements.map(({ principals }) => principals.some(({ kind }) => kind === 'federated'));
    const calls = [...(federated.includes(true) ? ['AssumeRoleWithSAML'] : []), ...(federated.includes(false) || federated.length === 0 ? ['AssumeRole'] : [])];
    const heard = all(calls.map((call) => any([byFilter(call, role, graph), byRule(call, role, graph)])));
    if (heard === 'yes' && !mayHaveMore(role.properties)) return compliant(`somebody is told of ${calls.join(' and ')}`);
    return heard === 'no' && !mayHaveMore(role.properties) ? violation('Unheard', `nobody is told of ${calls.join(' and ')}`)
      : cannotTell('UnresolvedWatch', `the template does not tell whether somebody is told of ${calls.join(' and ')}`);
  },
};

function callOf(eventName: string, role: Resource, graph: Graph): RecordedEvent {
  return recordedEvent({ eventSource: 'sts.amazonaws.com', eventName, requestParameters: { roleArn: arnOf(role, graph), roleSessionName: 'ana' } });
}

/** The filter may be on the log of a trail that is elsewhere. */
function byFilter(call: string, role: Resource, graph: Graph): Answer {
  const event = callOf(call, role, graph);
  return any(graph.ofType('AWS::Logs::MetricFilter').map((filter) => {
    const counts = all([filterMatches(filter, event, graph), not(filterMatches(filter, EVERYDAY, graph))]);
    return counts === 'no' ? 'no' : all([counts, any(alarmsOnFilter(filter, graph).map(({ alarm, answer }) => all([answer, acts(alarm, graph)])))]);
  }));
}

function byRule(call: string, role: Resource, graph: Graph): Answer {
  const isRole = (value: Value): Answer => equals(plain(value, role.template, graph), arnOf(role, graph));
  return any(listening(awakeRules(graph), {
    'source': 'aws.sts',
    'detail-type': 'AWS API Call via CloudTrail',
    'account': undefined,
    'region': undefined,
    'detail': { eventSource: 'sts.amazonaws.com', eventName: call, userIdentity: { type: undefined, arn: undefined }, requestParameters: { roleArn: isRole } },
  }).map(({ answer }) => answer));
}
