import { queueCmk } from './queue-cmk';
import { queueDlq } from './queue-dlq';
import { queueDlqAlarm } from './queue-dlq-alarm';
import { queueDlqRetention } from './queue-dlq-retention';
import { queuePolicyPublic } from './queue-policy-public';
import { queuePolicyService } from './queue-policy-service';
import { queueTls } from './queue-tls';
import { Rule } from '../rule';

/** Rules of Amazon SQS. */
export const SQS_RULES: readonly Rule[] = [
  queueCmk,
  queueDlq,
  queueDlqAlarm,
  queueDlqRetention,
  queuePolicyPublic,
  queuePolicyService,
  queueTls,
];
