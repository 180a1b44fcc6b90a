import { ControlCase } from './control-case';

export const LIFECYCLE_CASES: readonly ControlCase[] = [
];
