import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { at, isMap, listOf, Value } from '../values';

/** Where other resources name the queue that takes what they could not deliver. */
const DEAD_LETTER_PATHS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Events::EventBus': ['DeadLetterConfig.Arn'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
  'AWS::Pipes::Pipe': [
    'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn',
    'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn',
  ],
  'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
};

/** The queues of the graph whose dead-letter queue is this one; undefined where it is nobody's dead-letter queue. */
export function deadLetterSources(queue: Resource, graph: Graph): readonly Resource[] | undefined {
  return graph.once('dead-letter-queues', () => indexDeadLetterQueues(graph)).get(queue);
}

function indexDeadLetterQueues(graph: Graph): Map<Resource, Resource[]> {
  const sources = new Map<Resource, Resource[]>();
  const add = (arn: Value, from: Resource) => {
    const queue = graph.find(arn, 'AWS::SQS::Queue', from.template);
    if (queue && queue !== from) sources.set(queue, [...(sources.get(queue) ?? []), ...(from.type === 'AWS::SQS::Queue' ? [from] : [])]);
  };
  for (const from of graph.ofType('AWS::SQS::Queue', 'AWS::SNS::Subscription')) add(at(jsonOf(from.properties.RedrivePolicy), 'deadLetterTargetArn'), from);
  for (const rule of graph.ofType('AWS::Events::Rule')) {
    for (const target of listOf(rule.properties.Targets).filter(isMap)) add(at(target, 'DeadLetterConfig.Arn'), rule);
  }
  for (const [type, paths] of Object.entries(DEAD_LETTER_PATHS)) {
    for (const from of graph.ofType(type)) paths.forEach((path) => add(at(from.properties, path), from));
  }
  for (const queue of graph.ofType('AWS::SQS::Queue')) {
    // Says that it is the dead-letter queue of the queues it lists, which may stand in other stacks.
    const allowed = jsonOf(queue.properties.RedriveAllowPolicy);
    if (at(allowed, 'redrivePermission') !== 'byQueue') continue;
    const listed = listOf(at(allowed, 'sourceQueueArns')).flatMap((arn) => graph.find(arn, 'AWS::SQS::Queue', queue.template) ?? []);
    sources.set(queue, [...new Set([...(sources.get(queue) ?? []), ...listed])]);
  }
  return sources;
}
