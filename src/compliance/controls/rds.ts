import { Control } from '../control';

/** Controls of Amazon RDS. */
export const RDS_CONTROLS: readonly Control[] = [
];
