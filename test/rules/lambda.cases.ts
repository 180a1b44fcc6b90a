import { ControlCase } from './control-case';

export const LAMBDA_CASES: readonly ControlCase[] = [
];
