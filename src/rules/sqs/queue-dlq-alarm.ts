import { deadLetterSources } from './redrive';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, isMap, isUnknown, listOf } from '../values';

const METRIC = 'ApproximateNumberOfMessagesVisible';

/** Checks `QUEUE-DLQ-ALARM`. */
export const queueDlqAlarm: Rule = {
  control: 'QUEUE-DLQ-ALARM',
  check(queue, graph) {
    if (!deadLetterSources(queue, graph)) return notApplicable('the queue is no dead-letter queue of this template');
    const { queues, untold } = graph.once('queue-depth-alarms', () => alarmedQueues(graph));
    if (queues.has(queue)) return compliant(`an alarm watches its ${METRIC}`);
    return untold
      ? cannotTell('UntoldAlarm', `an alarm on ${METRIC} may watch the queue`)
      : violation('NoAlarm', `no alarm watches its ${METRIC}`);
  },
};

/** The queues whose depth an alarm watches, directly or as one metric of an expression, and whether some alarm may watch any. */
function alarmedQueues(graph: Graph): { readonly queues: ReadonlySet<Resource | undefined>; readonly untold: boolean } {
  const names = graph.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const queries = listOf(alarm.properties.Metrics).map((query) => at(query, 'MetricStat.Metric'));
    return [alarm.properties, ...queries].filter((metric) => at(metric, 'Namespace') === 'AWS/SQS' && at(metric, 'MetricName') === METRIC)
      .flatMap((metric) => listOf(at(metric, 'Dimensions')).filter((dimension) => !isMap(dimension) || dimension.Name === 'QueueName'))
      .map((dimension) => ({ name: isMap(dimension) ? dimension.Value : dimension, home: alarm.template }));
  });
  return {
    queues: new Set(names.map(({ name, home }) => graph.find(name, 'AWS::SQS::Queue', home))),
    untold: names.some(({ name }) => isUnknown(name)),
  };
}
