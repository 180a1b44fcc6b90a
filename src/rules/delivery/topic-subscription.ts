import { plain } from './arns';
import { deliveredBy, untold } from './edges';
import { UNTOLD } from './match';
import { Producer } from './services';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { notApplicable, Outcome, Rule } from '../rule';
import { at, isUnknown, listOf, Reference, Value } from '../values';

/** Checks `DELIVERY-TOPIC-SUBSCRIPTION`. */
export const deliveryTopicSubscription: Rule = {
  control: 'DELIVERY-TOPIC-SUBSCRIPTION',
  check(resource, graph) {
    const outcomes = resource.type === 'AWS::SNS::Topic'
      ? listOf(resource.properties.Subscription).flatMap((subscription, index) =>
        outcomesOf(subscription, new Reference(resource), `Subscription.${index}.`, resource, graph))
      : outcomesOf(resource.properties, resource.properties.TopicArn, '', resource, graph);
    return outcomes.length > 0 ? outcomes : notApplicable('nothing is delivered to a queue or a function');
  },
};

function outcomesOf(subscription: Value, topic: Value, path: string, home: Resource, graph: Graph): Outcome[] {
  const arn = plain(topic, home.template, graph);
  const named = /^arn:aws:sns:[^:]*:([^:]+):/.exec(arn)?.[1];
  const by: Producer = { service: 'sns.amazonaws.com', arn, account: named ?? UNTOLD };
  const protocol = at(subscription, 'Protocol');
  const delivered = protocol === 'sqs' || protocol === 'lambda' || isUnknown(protocol);
  const redrive = jsonOf(at(subscription, 'RedrivePolicy'));
  const deadLetter = isUnknown(redrive) ? redrive : at(redrive, 'deadLetterTargetArn');
  return [
    ...(delivered ? deliveredBy(by, at(subscription, 'Endpoint'), `${path}Endpoint`, home.template, graph) : []),
    ...(isUnknown(redrive) ? [untold(redrive, `${path}RedrivePolicy`)]
      : deadLetter === undefined ? [] : deliveredBy(by, deadLetter, `${path}RedrivePolicy.deadLetterTargetArn`, home.template, graph)),
  ];
}
