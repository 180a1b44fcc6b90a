import { deliveredBy, untold } from './edges';
import { producer } from './services';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, isUnknown, listOf, truth, Unresolved, Value } from '../values';

const BUS = 'NotificationConfiguration.EventBridgeConfiguration';

/** Lists of a notification configuration, and in them the target; the SDK spells some other than CloudFormation does. */
const LISTS: ReadonlyArray<readonly [list: string, ...targets: string[]]> = [
  ['TopicConfigurations', 'Topic', 'TopicArn'],
  ['QueueConfigurations', 'Queue', 'QueueArn'],
  ['LambdaConfigurations', 'Function'],
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
];

/** Checks `DELIVERY-BUCKET-EVENT`. */
export const deliveryBucketEvent: Rule = {
  control: 'DELIVERY-BUCKET-EVENT',
  check(bucket, graph) {
    // CDK configures notifications by a custom resource, as bucket and target could not refer to each other otherwise.
    const custom = graph.ofType('Custom::S3BucketNotifications').filter((each) => graph.find(each.properties.BucketName, 'AWS::S3::Bucket', each.template) === bucket);
    const configurations = [bucket, ...custom].map(({ properties }) => properties.NotificationConfiguration);
    const outcomes = [...configurations.flatMap((each) => outcomesOf(bucket, each, graph)), ...toBus(bucket, configurations, graph)];
    return outcomes.length > 0 ? outcomes : notApplicable('the bucket notifies nobody');
  },
};

function outcomesOf(bucket: Resource, configuration: Value, graph: Graph): Outcome[] {
  if (isUnknown(configuration)) return [untold(configuration, 'NotificationConfiguration')];
  const by = producer('s3.amazonaws.com', bucket, graph);
  return LISTS.flatMap(([list, ...targets]) => listOf(at(configuration, list)).flatMap((entry, index) => {
    const property = `NotificationConfiguration.${list}.${index}`;
    const target = targets.map((name) => at(entry, name)).find((value) => value !== undefined);
    return deliveredBy(by, target, property, bucket.template, graph);
  }));
}

/** Rules that wait for events of the bucket, which sends none to Amazon EventBridge unless it is told to (Amazon S3 User Guide, "Enabling Amazon EventBridge"). */
function toBus(bucket: Resource, configurations: readonly Value[], graph: Graph): readonly Outcome[] {
  const waiting = graph.once('rules by bucket', () => indexRules(graph)).get(bucket) ?? [];
  if (waiting.length === 0 || configurations.some(isUnknown)) return [];
  const states = configurations.map((each) => at(each, 'EventBridgeConfiguration')).filter((each) => each !== undefined)
    .map((each) => truth(at(each, 'EventBridgeEnabled')) ?? true);
  if (states.includes(true)) return [compliant(`events of the bucket reach ${waiting.map(({ logicalId }) => logicalId).join(', ')}`, BUS)];
  const state = states.find((each) => each instanceof Unresolved);
  return state instanceof Unresolved ? [untold(state, BUS)]
    : waiting.map(({ logicalId }) => violation(`NotSent::${logicalId}`, `${logicalId} waits for events that the bucket does not send`, BUS));
}

/** Rules on events of Amazon S3, by the buckets whose names they ask for. */
function indexRules(graph: Graph): ReadonlyMap<Resource, readonly Resource[]> {
  const index = new Map<Resource, Resource[]>();
  for (const rule of graph.ofType('AWS::Events::Rule')) {
    const pattern = jsonOf(rule.properties.EventPattern);
    if (!listOf(at(pattern, 'source')).includes('aws.s3') || !sentByBucket(listOf(at(pattern, 'detail-type')))) continue;
    for (const name of listOf(at(pattern, 'detail.bucket.name'))) {
      const bucket = graph.find(name, 'AWS::S3::Bucket', rule.template);
      if (bucket) index.set(bucket, [...(index.get(bucket) ?? []), rule]);
    }
  }
  return index;
}

/** Calls of the API come by AWS CloudTrail, whatever the bucket does. */
function sentByBucket(types: readonly Value[]): boolean {
  return types.some((type) => typeof type === 'string' && !type.endsWith('via CloudTrail'));
}
