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
    const alarmed = graph.once('queue-depth-alarms', () => alarmedQueues(graph));
    if (alarmed.some(({ name, home }) => graph.find(name, 'AWS::SQS::Queue', home) === queue)) return compliant(`an alarm watches its ${METRIC}`);
    return alarmed.some(({ name }) => isUnknown(name))
      ? cannotTell('UntoldAlarm', `an alarm on ${METRIC} may watch the queue`)
      : violation('NoAlarm', `no alarm watches its ${METRIC}`);
  },
};

/** Names of the queues whose depth an alarm watches, directly or as one metric of an expression, and the template of the alarm. */
function alarmedQueues(graph: Graph): ReadonlyArray<{ readonly name: Value; readonly home: string }> {
  return graph.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const queries = listOf(alarm.properties.Metrics).map((query) => at(query, 'MetricStat.Metric'));
    return [alarm.properties, ...queries].filter((metric) => at(metric, 'Namespace') === 'AWS/SQS' && at(metric, 'MetricName') === METRIC)
      .flatMap((metric) => listOf(at(metric, 'Dimensions')).filter((dimension) => !isMap(dimension) || dimension.Name === 'QueueName'))
      .map((dimension) => ({ name: isMap(dimension) ? dimension.Value : dimension, home: alarm.template }));
  });
}
