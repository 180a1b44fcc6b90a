import { Control } from '../control';

/** Controls of AWS Lambda. */
export const LAMBDA_CONTROLS: readonly Control[] = [
];
