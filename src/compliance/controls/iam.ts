import { Control } from '../control';

/** Controls of AWS IAM. */
export const IAM_CONTROLS: readonly Control[] = [
];
