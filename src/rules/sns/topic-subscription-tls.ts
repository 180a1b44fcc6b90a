import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, listOf, Value } from '../values';

/** Checks `TOPIC-SUBSCRIPTION-TLS`. */
export const topicSubscriptionTls: Rule = {
  control: 'TOPIC-SUBSCRIPTION-TLS',
  check(resource) {
    if (resource.type === 'AWS::SNS::Subscription') return outcomeOf(resource.properties.Protocol, 'Protocol');
    const inline = listOf(resource.properties.Subscription);
    return inline.length === 0
      ? notApplicable('the topic states no subscription of its own')
      : inline.map((subscription, index) => outcomeOf(at(subscription, 'Protocol'), `Subscription.${index}.Protocol`));
  },
};

function outcomeOf(protocol: Value, property: string): Outcome {
  if (typeof protocol !== 'string') return cannotTell('UntoldProtocol', `Protocol is ${describe(protocol)}`, property);
  return protocol.toLowerCase() === 'http' ? violation('PlainHttp', 'Protocol is http', property) : compliant(`Protocol is ${protocol}`, property);
}
