import { Rule } from '../rule';

/** Rules of Amazon SNS. */
export const SNS_RULES: readonly Rule[] = [
];
