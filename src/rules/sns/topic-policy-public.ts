import { judgeWherePresent, publicOutcomes } from '../resource-policy-checks';
import { Rule } from '../rule';

/** Checks `TOPIC-POLICY-PUBLIC`. */
export const topicPolicyPublic: Rule = {
  control: 'TOPIC-POLICY-PUBLIC',
  // The policy that SNS itself gives a new topic narrows by the topic's owner.
  check: (resource, graph) => judgeWherePresent(resource, graph, (statements) => publicOutcomes(statements, ['aws:sourceowner'])),
};
