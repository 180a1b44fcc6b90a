import { Control } from '../control';

/** Controls of Amazon CloudWatch alarms. */
export const CLOUDWATCH_CONTROLS: readonly Control[] = [
];
