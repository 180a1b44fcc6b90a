import { Rule } from '../rule';

/** Rules of Amazon S3. */
export const S3_RULES: readonly Rule[] = [
];
