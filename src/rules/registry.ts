import { Rule } from './rule';
import { queueCmk } from './sqs/queue-cmk';

/** Every rule, one for each control of the catalog. */
export const RULES: readonly Rule[] = [
  queueCmk,
];
