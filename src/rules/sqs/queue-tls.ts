import { denyOutcome, holdsForPlainHttp, meansResource } from '../deny-checks';
import { resourcePolicyOf } from '../policy-document';
import { Rule } from '../rule';

/** Checks `QUEUE-TLS`. */
export const queueTls: Rule = {
  control: 'QUEUE-TLS',
  check(queue, graph) {
    return denyOutcome(resourcePolicyOf(queue, graph), {
      key: 'aws:securetransport',
      denies: holdsForPlainHttp,
      coversActions: (statement) => !statement.notAction && statement.actions.some((action) => action === '*' || action === 'sqs:*'),
      reach: (entry) => (meansResource(entry, queue, ['Arn'], 'QueueName') ? ['queue'] : []),
      parts: ['queue'],
    });
  },
};
