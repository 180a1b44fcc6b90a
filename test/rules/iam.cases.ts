import { ControlCase } from './control-case';

export const IAM_CASES: readonly ControlCase[] = [
];
