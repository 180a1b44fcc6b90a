import { Rule } from '../rule';

/** Rules of AWS Lambda. */
export const LAMBDA_RULES: readonly Rule[] = [
];
