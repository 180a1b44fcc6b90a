import { Rule } from '../rule';

/** Rules of Amazon DynamoDB. */
export const DYNAMODB_RULES: readonly Rule[] = [
];
