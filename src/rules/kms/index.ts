import { Rule } from '../rule';

/** Rules of AWS KMS. */
export const KMS_RULES: readonly Rule[] = [
];
