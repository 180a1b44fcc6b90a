import { ControlCase } from './control-case';

export const RDS_CASES: readonly ControlCase[] = [
];
