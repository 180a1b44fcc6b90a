import { plain } from './arns';
import { deliveredBy, standsForAnother } from './edges';
import { INVOCABLE } from './functions';
import { producer } from './services';
import { Graph, Resource } from '../graph';
import { notApplicable, Outcome, Rule } from '../rule';
import { isUnknown, listOf, Reference, Value } from '../values';

const ACTION_LISTS = ['AlarmActions', 'OKActions', 'InsufficientDataActions'];

/** Checks `DELIVERY-ALARM-TOPIC`. */
export const deliveryAlarmTopic: Rule = {
  control: 'DELIVERY-ALARM-TOPIC',
  check(alarm, graph) {
    const outcomes = ACTION_LISTS.flatMap((list) =>
      listOf(alarm.properties[list]).flatMap((action, index) => outcomesOf(alarm, action, `${list}.${index}`, graph)));
    return outcomes.length > 0 ? outcomes : notApplicable('the alarm notifies no topic and no function');
  },
};

/** Actions on instances, scaling and incidents need no policy of their target. */
function outcomesOf(alarm: Resource, action: Value, property: string, graph: Graph): Outcome[] {
  const service = /^arn:aws:([a-z-]+):/.exec(plain(action, alarm.template, graph))?.[1];
  const invoked = service === 'lambda' || (action instanceof Reference && INVOCABLE.includes(action.resource.type));
  const unknown = service === undefined && (isUnknown(action) || standsForAnother(action));
  if (!invoked && service !== 'sns' && !unknown) return [];
  const principal = invoked ? 'lambda.alarms.cloudwatch.amazonaws.com' : 'cloudwatch.amazonaws.com';
  return deliveredBy(producer(principal, alarm, graph), action, property, alarm.template, graph);
}
