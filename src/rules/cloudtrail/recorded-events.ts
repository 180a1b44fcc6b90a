import { conditionMatchesEvent } from '../../formats/filter-match';
import { readFilterPattern } from '../../formats/filter-pattern';
import { Answer } from '../delivery/answers';
import { plain } from '../delivery/arns';
import { UNTOLD } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { Text } from '../values';

/** An event as a trail records it (AWS CloudTrail User Guide, "CloudTrail record contents"). */
export interface RecordedEvent {
  readonly eventSource: string;
  readonly eventName: string;
  readonly [member: string]: unknown;
}

/** Who makes the calls of the examples. */
const SOMEBODY = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLEROLEID0001:ana',
  arn: 'arn:aws:sts::111122223333:assumed-role/operator/ana',
  accountId: '111122223333',
  sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/operator', userName: 'operator' } },
};

/** An event with what every event has, and some members of its own. */
export function recordedEvent(members: RecordedEvent): RecordedEvent {
  return {
    eventVersion: '1.11',
    userIdentity: SOMEBODY,
    eventTime: '2026-01-15T10:00:00Z',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.30.0',
    requestID: '6f1c1a52-0000-4000-8000-000000000001',
    eventID: '6f1c1a52-0000-4000-8000-000000000002',
    eventType: 'AwsApiCall',
    managementEvent: true,
    eventCategory: 'Management',
    recipientAccountId: '111122223333',
    ...members,
  };
}

/** Whether a metric filter counts an event. */
export function filterMatches(filter: Resource, event: RecordedEvent, graph: Graph): Answer {
  const { FilterPattern: pattern } = filter.properties;
  if (typeof pattern !== 'string' && !(pattern instanceof Text)) return 'maybe';
  const text = typeof pattern === 'string' ? pattern : plain(pattern, filter.template, graph);
  // Each filter is tried on many events.
  const read = graph.once(`filter pattern ${text}`, () => readFilterPattern(text));
  return text.includes(UNTOLD) || 'refusal' in read ? 'maybe' : conditionMatchesEvent(read.condition, event);
}
