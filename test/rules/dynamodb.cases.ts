import { ControlCase } from './control-case';

export const DYNAMODB_CASES: readonly ControlCase[] = [
];
