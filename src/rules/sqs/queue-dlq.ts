import { deadLetterSources } from './redrive';
import { jsonOf } from '../json-text';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown, numberOf } from '../values';

/** Checks `QUEUE-DLQ`. */
export const queueDlq: Rule = {
  control: 'QUEUE-DLQ',
  check(queue, graph) {
    if (deadLetterSources(queue, graph)) return notApplicable('the queue is a dead-letter queue itself');
    const redrive = jsonOf(queue.properties.RedrivePolicy);
    const target = at(redrive, 'deadLetterTargetArn');
    const receives = numberOf(at(redrive, 'maxReceiveCount'));
    if (isUnknown(target)) return cannotTell('UntoldRedrive', `the dead-letter queue is ${describe(target)}`, 'RedrivePolicy');
    if (target === undefined || target === '' || graph.find(target, 'AWS::SQS::Queue', queue.template) === queue) {
      return violation('NoDlq', 'RedrivePolicy names no other queue', 'RedrivePolicy');
    }
    if (isUnknown(receives)) return cannotTell('UntoldRedrive', `maxReceiveCount is ${describe(receives)}`, 'RedrivePolicy.maxReceiveCount');
    if (typeof receives !== 'number' || receives < 1 || receives > 1000) {
      return violation('ReceiveCount', `maxReceiveCount is ${describe(receives)}`, 'RedrivePolicy.maxReceiveCount');
    }
    return compliant(`moved to ${describe(target)} after ${receives} receives`, 'RedrivePolicy');
  },
};
