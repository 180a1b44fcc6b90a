import { Rule } from '../rule';

/** Rules of Amazon RDS. */
export const RDS_RULES: readonly Rule[] = [
];
