import { denyOutcome, holdsForPlainHttp, meansResource } from '../deny-checks';
import { coversAction, resourcePolicyOf } from '../policy-document';
import { Rule } from '../rule';

/** Checks `TOPIC-TLS`. */
export const topicTls: Rule = {
  control: 'TOPIC-TLS',
  check(topic, graph) {
    return denyOutcome(resourcePolicyOf(topic, graph), {
      key: 'aws:securetransport',
      denies: holdsForPlainHttp,
      // SNS refuses a topic policy that names sns:*, so the one action that carries data is what there is to cover.
      coversActions: (statement) => !statement.notAction && coversAction(statement, 'sns:publish'),
      reach: (entry) => (meansResource(entry, topic, [undefined, 'TopicArn'], 'TopicName') ? ['topic'] : []),
      parts: ['topic'],
    });
  },
};
