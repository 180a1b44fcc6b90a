import { deliveredBy, untold } from './edges';
import { producer } from './services';
import { Graph, Resource } from '../graph';
import { notApplicable, Outcome, Rule } from '../rule';
import { at, isUnknown, listOf, Value } from '../values';

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
    const outcomes = [bucket, ...custom].flatMap((carrier) => outcomesOf(bucket, carrier.properties.NotificationConfiguration, graph));
    return outcomes.length > 0 ? outcomes : notApplicable('the bucket notifies no topic, queue or function');
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
