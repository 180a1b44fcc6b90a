import { Control } from '../control';

/** Controls of AWS KMS. */
export const KMS_CONTROLS: readonly Control[] = [
];
