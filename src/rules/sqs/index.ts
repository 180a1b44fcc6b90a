import { queueCmk } from './queue-cmk';
import { Rule } from '../rule';

/** Rules of Amazon SQS. */
export const SQS_RULES: readonly Rule[] = [
  queueCmk,
];
