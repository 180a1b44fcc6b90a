import { ControlCase } from './control-case';

export const SNS_CASES: readonly ControlCase[] = [
];
