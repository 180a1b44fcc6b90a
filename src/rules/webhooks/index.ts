import { webhookReplay } from './webhook-replay';
import { webhookSignature } from './webhook-signature';
import { Rule } from '../rule';

/** Rules of webhooks. */
export const WEBHOOK_RULES: readonly Rule[] = [
  webhookReplay,
  webhookSignature,
];
