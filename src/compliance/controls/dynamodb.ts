import { Control } from '../control';

/** Controls of Amazon DynamoDB. */
export const DYNAMODB_CONTROLS: readonly Control[] = [
];
