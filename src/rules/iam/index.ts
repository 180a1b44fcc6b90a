import { Rule } from '../rule';

/** Rules of AWS IAM. */
export const IAM_RULES: readonly Rule[] = [
];
