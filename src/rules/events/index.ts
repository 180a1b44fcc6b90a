import { Rule } from '../rule';

/** Rules of Amazon EventBridge. */
export const EVENTS_RULES: readonly Rule[] = [
];
