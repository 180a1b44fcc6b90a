import { deadLetterSources } from './redrive';
import { Graph } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, isMap, isUnknown, listOf, Value } from '../values';

const METRIC = 'ApproximateNumberOfMessagesVisible';

/** Checks `QUEUE-DLQ-ALARM`. */
export const queueDlqAlarm: Rule = {
  control: 'QUEUE-DLQ-ALARM',
  check(queue, graph) {
    if (!deadLetterSources(queue, graph)) return notApplicable('the queue is no dead-letter queue of this template');
    const names = graph.once('queue-depth-alarms', () => alarmedQueueNames(graph));
    if (names.some((name) => graph.find(name, 'AWS::SQS::Queue') === queue)) return compliant(`an alarm watches its ${METRIC}`);
    return names.some(isUnknown)
      ? cannotTell('UntoldAlarm', `an alarm on ${METRIC} may watch the queue`)
      : violation('NoAlarm', `no alarm watches its ${METRIC}`);
  },
};

/** Names of the queues whose depth an alarm watches, directly or as one metric of an expression. */
function alarmedQueueNames(graph: Graph): readonly Value[] {
  return graph.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const queries = listOf(alarm.properties.Metrics).map((query) => at(query, 'MetricStat.Metric'));
    return [alarm.properties, ...queries].filter((metric) => at(metric, 'Namespace') === 'AWS/SQS' && at(metric, 'MetricName') === METRIC)
      .flatMap((metric) => listOf(at(metric, 'Dimensions')).filter((dimension) => !isMap(dimension) || dimension.Name === 'QueueName'))
      .map((dimension) => (isMap(dimension) ? dimension.Value : dimension));
  });
}
