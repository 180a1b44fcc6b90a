import { accountOf, arnOf, regionOf } from './arns';
import { serviceCaller } from './callers';
import { Context } from './conditions';
import { encryptionContextOf, keyOf, keyProperty } from './encryption';
import { equals } from './match';
import { decide, Decision, Request, weigh, worst } from './permissions';
import { mayBeAssumedBy } from './trust';
import { Graph, Resource } from '../graph';
import { resourcePolicyOf, rivalsOf, Statement } from '../policy-document';

/** A service that acts in its own name for a resource, as plain text. */
export interface Producer {
  /** Service principal, for example `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** ARN of the resource that it acts for. */
  readonly arn: string;
  readonly account: string;
}

/** The service of a resource as producer. */
export function producer(service: string, source: Resource, graph: Graph): Producer {
  return { service, arn: arnOf(source, graph), account: accountOf(source, graph) };
}

/** Keys that a request of a service in its own name surely lacks (AWS global condition context keys; KMS condition keys). */
const ABSENT_FOR_SERVICES = [
  'aws:principalaccount', 'aws:principalarn', 'aws:sourceip', 'aws:sourceowner', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:userid', 'aws:username',
  'aws:vpcsourceip', 'kms:encryptioncontext:*', 'kms:viaservice',
];

/** EventBridge names no source when it uses the key of a topic; a statement that asks for one never matches (Amazon SNS developer guide, key management). */
const SOURCE_KEYS = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'];

/** Whether a request names its source; `untold` where the documentation contradicts itself. */
type Sourcing = 'named' | 'absent' | 'untold';

/** Services that say at each file that the owner of the bucket controls it. */
const GIVES_OWNER_CONTROL = ['cloudtrail.amazonaws.com', 'config.amazonaws.com'];

function contextOf(by: Producer, sourcing: Sourcing, more: Readonly<Record<string, string>> = {}): Context {
  const values = new Map(Object.entries({
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': by.service,
    'aws:securetransport': 'true',
    // Services connect with TLS 1.2 or newer, or leave the key out, in which case a comparison of numbers fails just as well.
    's3:tlsversion': '1.2',
    // AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"; AWS Config Developer Guide, "Permissions for the Amazon S3 Bucket".
    ...(GIVES_OWNER_CONTROL.includes(by.service) && { 's3:x-amz-acl': 'bucket-owner-full-control' }),
    ...(sourcing === 'named' && { 'aws:sourcearn': by.arn, 'aws:sourceaccount': by.account }),
    ...more,
  }));
  return { values, absent: [...ABSENT_FOR_SERVICES, ...(sourcing === 'absent' ? SOURCE_KEYS : [])] };
}

function isEventsToTopic(by: Producer, target: Resource): boolean {
  return by.service === 'events.amazonaws.com' && target.type === 'AWS::SNS::Topic';
}

/** Whether the policy of a topic, queue or bucket lets a service call `actions` on it, or on `on` within it. */
export function mayServiceCall(by: Producer, actions: readonly string[], target: Resource, graph: Graph, on = arnOf(target, graph)): Decision {
  const policy = resourcePolicyOf(target, graph);
  const alarms = target.type === 'AWS::SNS::Topic' && by.service === 'cloudwatch.amazonaws.com';
  // The policy that Amazon SNS gives a topic without one lets the owner's alarms publish; any policy replaces it.
  if (alarms && policy.statements.length === 0 && !policy.mayHaveMore && equals(by.account, accountOf(target, graph)) === 'yes') return { answer: 'allowed', reason: '' };
  // AWS says both that conditions do nothing for EventBridge in a topic policy and that source keys are supported: such a statement proves nothing.
  const context = contextOf(by, isEventsToTopic(by, target) ? 'untold' : 'named', alarms ? { 'aws:sourceowner': by.account } : {});
  return worst(rivalsOf(policy).map(({ statements, mayHaveMore }) => judge(by, actions, on, context, statements, graph, mayHaveMore)));
}

/** Whether statements that no single resource carries, such as those of a log resource policy, let a service act on a resource. */
export function mayServiceCallBy(
  statements: readonly Statement[], mayHaveMore: boolean, by: Producer, actions: readonly string[], on: string, graph: Graph,
): Decision {
  return judge(by, actions, on, contextOf(by, 'named'), statements, graph, mayHaveMore);
}

const KEYLESS: Readonly<Record<'none' | 'aws-managed' | 'untold', Decision>> = {
  'none': { answer: 'allowed', reason: '' },
  'aws-managed': { answer: 'denied', reason: 'the AWS managed key lets no other service use it' },
  'untold': { answer: 'unknown', reason: 'the template does not hold the policy of the key' },
};

/** Whether a service may use the key of a topic, queue or log group, or the one that `value` names; allowed where there is no key to use. */
export function mayServiceUseKey(by: Producer, actions: readonly string[], owner: Resource, graph: Graph, value = keyProperty(owner)): Decision {
  const key = keyOf(value, owner, graph);
  if (key.kind !== 'key') return KEYLESS[key.kind];
  const context = contextOf(by, isEventsToTopic(by, owner) ? 'absent' : 'named', encryptionContextOf(owner, graph));
  return judge(by, actions, arnOf(key.key, graph), context, key.statements, graph);
}

/** Whether CloudTrail may assume the role by which it writes to a log group; it names no source then (AWS CloudTrail User Guide, "Role policy document for CloudTrail to use CloudWatch Logs for monitoring"). */
export function mayTrailAssume(by: Producer, role: Resource, graph: Graph): Decision {
  return mayBeAssumedBy(by.service, contextOf(by, 'absent'), role, graph);
}

/** The name by which CloudWatch Logs calls other services in the region of a resource. */
export function logsService(resource: Resource, graph: Graph): string {
  return `logs.${regionOf(resource, graph)}.amazonaws.com`;
}

function judge(
  by: Producer, actions: readonly string[], on: string, context: Context, statements: readonly Statement[], graph: Graph, mayHaveMore = false,
): Decision {
  return worst(actions.map((action) => {
    const request: Request = { caller: serviceCaller(by.service), action, on, context };
    return decide(weigh(statements, request, 'named', graph, mayHaveMore));
  }));
}
