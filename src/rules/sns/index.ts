import { topicCmk } from './topic-cmk';
import { topicPolicyPublic } from './topic-policy-public';
import { topicPolicyService } from './topic-policy-service';
import { topicSubscriptionTls } from './topic-subscription-tls';
import { topicTls } from './topic-tls';
import { Rule } from '../rule';

/** Rules of Amazon SNS. */
export const SNS_RULES: readonly Rule[] = [
  topicCmk,
  topicPolicyPublic,
  topicPolicyService,
  topicSubscriptionTls,
  topicTls,
];
