import { Rule } from '../rule';

/** Rules of AWS Transfer Family. */
export const TRANSFER_RULES: readonly Rule[] = [];
