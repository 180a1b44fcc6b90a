import { eventSourceOf } from './event-sources';
import { functionOf } from './functions';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

/** Defaults of CloudFormation, in seconds. */
const DEFAULT_TIMEOUT = 3;
const DEFAULT_VISIBILITY = 30;

/** Timeouts of the function that a message must stay hidden (AWS Lambda developer guide, "Using Lambda with Amazon SQS"). */
const FACTOR = 6;

/** Checks `LAMBDA-QUEUE-VISIBILITY`. */
export const lambdaQueueVisibility: Rule = {
  control: 'LAMBDA-QUEUE-VISIBILITY',
  check(mapping, graph) {
    const { properties } = mapping;
    const source = eventSourceOf(mapping);
    if (source === 'unknown') return cannotTell('UnresolvedSource', `EventSourceArn is ${describe(properties.EventSourceArn)}`, 'EventSourceArn');
    if (source !== 'queue') return notApplicable('the source is no queue');

    const queue = graph.find(properties.EventSourceArn, 'AWS::SQS::Queue', mapping.template);
    const func = functionOf(properties.FunctionName, mapping.template, graph);
    if (!queue || !func) return cannotTell('UnresolvedSource', `no template describes the ${queue ? 'function' : 'queue'}`, queue ? 'FunctionName' : 'EventSourceArn');

    const visibility = numberOf(queue.properties.VisibilityTimeout) ?? DEFAULT_VISIBILITY;
    const timeout = numberOf(func.properties.Timeout) ?? DEFAULT_TIMEOUT;
    const window = numberOf(properties.MaximumBatchingWindowInSeconds) ?? 0;
    if (visibility instanceof Unresolved || timeout instanceof Unresolved || window instanceof Unresolved) {
      return cannotTell('UnresolvedTime', `the queue hides for ${describe(visibility)} seconds, the function runs for ${describe(timeout)} and waits for ${describe(window)}`);
    }
    const needed = FACTOR * timeout + window;
    return visibility >= needed ? compliant(`${queue.logicalId} hides a message for ${visibility} seconds, at least ${needed}`)
      : violation('TooShort', `${queue.logicalId} hides a message for ${visibility} seconds, less than ${needed}`, 'EventSourceArn');
  },
};
