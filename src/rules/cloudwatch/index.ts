import { Rule } from '../rule';

/** Rules of Amazon CloudWatch alarms. */
export const CLOUDWATCH_RULES: readonly Rule[] = [
];
