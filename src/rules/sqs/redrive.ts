import { Graph, Resource } from '../graph';
import { at, describe, isMap, listOf, Text, Unresolved, Value } from '../values';

/** A mark that no JSON text of a template holds, around the place of a part that is not literal. */
const MARK = '\uE000';

/** Reads a property that CloudFormation accepts as an object or as JSON text, such as `RedrivePolicy`. */
export function jsonOf(value: Value): Value {
  if (typeof value !== 'string' && !(value instanceof Text)) return value;
  const parts = value instanceof Text ? value.parts : [value];
  try {
    const parsed = JSON.parse(parts.map((part, index) => (typeof part === 'string' ? part : `${MARK}${index}${MARK}`)).join(''));
    return restore(parsed, parts);
  } catch {
    return new Unresolved(describe(value));
  }
}

function restore(parsed: unknown, parts: Text['parts']): Value {
  if (typeof parsed === 'string') {
    const pieces = parsed.split(MARK).map((piece, index) => (index % 2 === 1 ? parts[Number(piece)] ?? piece : piece)).filter((piece) => piece !== '');
    return pieces.every((piece) => typeof piece === 'string') ? parsed : pieces.length === 1 ? pieces[0] : new Text(pieces);
  }
  if (Array.isArray(parsed)) return parsed.map((item) => restore(item, parts));
  if (typeof parsed !== 'object' || parsed === null) return parsed as Value;
  return Object.fromEntries(Object.entries(parsed).map(([key, item]) => [key, restore(item, parts)]));
}

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
