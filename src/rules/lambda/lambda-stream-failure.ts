import { eventSourceOf } from './event-sources';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, numberOf, Unresolved } from '../values';

/** Checks `LAMBDA-STREAM-FAILURE`. */
export const lambdaStreamFailure: Rule = {
  control: 'LAMBDA-STREAM-FAILURE',
  check(mapping, graph) {
    switch (eventSourceOf(mapping)) {
      case 'queue': return orCompliant([...checkRedrive(mapping, graph), ...checkPartialFailure(mapping)], 'failed messages are retried alone, then moved away');
      case 'stream': return orCompliant([...checkDestination(mapping), ...checkRetries(mapping)], 'failed records are retried for a time, then reported');
      case 'unknown': return cannotTell('UnresolvedSource', `EventSourceArn is ${describe(mapping.properties.EventSourceArn)}`, 'EventSourceArn');
      default: return notApplicable('the source is neither a queue nor a stream');
    }
  },
};

function orCompliant(found: readonly Outcome[], evidence: string): Outcome | readonly Outcome[] {
  return found.length > 0 ? found : compliant(evidence);
}

function checkRedrive({ properties, template }: Resource, graph: Graph): Outcome[] {
  const queue = graph.find(properties.EventSourceArn, 'AWS::SQS::Queue', template);
  if (!queue) return [cannotTell('UnresolvedQueue', `no template describes the queue ${describe(properties.EventSourceArn)}`, 'EventSourceArn')];
  const policy = jsonOf(queue.properties.RedrivePolicy);
  if (policy instanceof Unresolved) return [cannotTell('UnresolvedQueue', `RedrivePolicy of ${queue.logicalId} is ${describe(policy)}`, 'EventSourceArn')];
  return at(policy, 'deadLetterTargetArn') === undefined ? [violation('NoRedrive', `the queue ${queue.logicalId} has no RedrivePolicy`, 'EventSourceArn')] : [];
}

function checkPartialFailure({ properties }: Resource): Outcome[] {
  if (numberOf(properties.BatchSize) === 1) return [];
  const types = listOf(properties.FunctionResponseTypes);
  if (types.includes('ReportBatchItemFailures')) return [];
  return [types.some(isUnknown)
    ? cannotTell('UnresolvedResponseTypes', `FunctionResponseTypes is ${describe(types)}`, 'FunctionResponseTypes')
    : violation('NoBatchItemFailures', 'one failed message makes the whole batch run again', 'FunctionResponseTypes')];
}

function checkDestination({ properties }: Resource): Outcome[] {
  const destination = at(properties, 'DestinationConfig.OnFailure.Destination');
  if (destination === undefined || destination === '') return [violation('NoDestination', 'records that are given up leave no trace', 'DestinationConfig')];
  return isUnknown(destination) ? [cannotTell('UnresolvedDestination', `failures go to ${describe(destination)}`, 'DestinationConfig')] : [];
}

/** A poison record must end by count or by age; bisecting alone only makes the batch around it smaller. */
function checkRetries({ properties }: Resource): Outcome[] {
  const limits = [numberOf(properties.MaximumRetryAttempts), numberOf(properties.MaximumRecordAgeInSeconds)];
  if (limits.some((limit) => typeof limit === 'number' && limit >= 0)) return [];
  return [limits.some((limit) => limit instanceof Unresolved)
    ? cannotTell('UnresolvedRetries', 'the template does not tell when retries end', 'MaximumRetryAttempts')
    : violation('EndlessRetries', 'a record that cannot be processed stops its shard until it expires', 'MaximumRetryAttempts')];
}
