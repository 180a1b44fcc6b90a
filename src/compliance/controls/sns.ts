import { Control } from '../control';

/** Controls of Amazon SNS. */
export const SNS_CONTROLS: readonly Control[] = [
];
