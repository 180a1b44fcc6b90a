import { any, Answer } from './answers';
import { arnOf, plain } from './arns';
import { destination, untold } from './edges';
import { equals } from './match';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, listOf, truth } from '../values';

const TARGET = 'RedrivePolicy.deadLetterTargetArn';

/** Checks `DELIVERY-DLQ-REDRIVE`. */
export const deliveryDlqRedrive: Rule = {
  control: 'DELIVERY-DLQ-REDRIVE',
  check(queue, graph) {
    const policy = jsonOf(queue.properties.RedrivePolicy);
    if (policy === undefined) return notApplicable('the queue names no dead-letter queue');
    if (!isMap(policy)) return untold(policy, 'RedrivePolicy');
    const arn = policy.deadLetterTargetArn;
    if (arn === undefined) return violation('NoTarget', 'RedrivePolicy names no deadLetterTargetArn', TARGET);
    const target = destination(arn, queue.template, graph);
    if (!target) return untold(arn, TARGET);
    if (target.type !== 'AWS::SQS::Queue') return violation('NoTarget', `${target.logicalId} is no queue but an ${target.type}`, TARGET);
    return [permission(queue, target, graph), kinds(queue, target)];
  },
};

/** A queue without RedriveAllowPolicy takes the dead letters of every queue of its account. */
function permission(queue: Resource, target: Resource, graph: Graph): Outcome {
  const policy = jsonOf(target.properties.RedriveAllowPolicy);
  if (policy === undefined || at(policy, 'redrivePermission') === 'allowAll') return compliant(`${target.logicalId} takes dead letters of this queue`, TARGET);
  const mode = at(policy, 'redrivePermission');
  if (mode === 'denyAll') return violation(`DeadLetterForbids::${target.logicalId}`, `RedriveAllowPolicy of ${target.logicalId} is denyAll`, TARGET);
  const named: Answer = mode === 'byQueue'
    ? any(listOf(at(policy, 'sourceQueueArns')).map((arn) => equals(plain(arn, target.template, graph), arnOf(queue, graph)))) : 'maybe';
  if (named === 'yes') return compliant(`${target.logicalId} names this queue as a source`, TARGET);
  if (named === 'no') return violation(`DeadLetterForbids::${target.logicalId}`, `RedriveAllowPolicy of ${target.logicalId} does not name this queue`, TARGET);
  return cannotTell(`Untold::${target.logicalId}`, `RedriveAllowPolicy of ${target.logicalId} is ${describe(policy)}`, TARGET);
}

function kinds(queue: Resource, target: Resource): Outcome {
  const [from, to] = [queue, target].map((each) => truth(each.properties.FifoQueue) ?? false);
  if (typeof from !== 'boolean' || typeof to !== 'boolean') return cannotTell(`Untold::${target.logicalId}`, 'the template does not tell which queues are FIFO', TARGET);
  if (from === to) return compliant(`both queues are ${from ? 'FIFO' : 'standard'}`, TARGET);
  return violation(`FifoMismatch::${target.logicalId}`, `the queue is ${from ? 'FIFO' : 'standard'} and ${target.logicalId} is ${to ? 'FIFO' : 'standard'}`, TARGET);
}
