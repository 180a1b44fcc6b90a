import { Rule } from '../rule';

/** Rules of delivery: that every producer may use its encrypted target. */
export const DELIVERY_RULES: readonly Rule[] = [
];
