import { Control } from '../control';

/** Controls of Amazon S3. */
export const S3_CONTROLS: readonly Control[] = [
];
