import { ControlCase } from './control-case';

export const CLOUDWATCH_CASES: readonly ControlCase[] = [
];
