import { Control } from '../control';

/** Controls of Amazon CloudWatch Logs. */
export const LOGS_CONTROLS: readonly Control[] = [
];
