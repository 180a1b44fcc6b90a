import { logCmk } from './log-cmk';
import { logRetention } from './log-retention';
import { Rule } from '../rule';

/** Rules of Amazon CloudWatch Logs. */
export const LOGS_RULES: readonly Rule[] = [
  logCmk,
  logRetention,
];
