import { Rule } from '../rule';

/** Rules of Amazon API Gateway. */
export const APIGATEWAY_RULES: readonly Rule[] = [
];
