import { Control } from '../control';

/** Controls of Amazon API Gateway. */
export const APIGATEWAY_CONTROLS: readonly Control[] = [
];
