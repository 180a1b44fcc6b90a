import { ControlCase } from './control-case';

export const LOGS_CASES: readonly ControlCase[] = [
];
