import { ControlCase } from './control-case';

export const DELIVERY_CASES: readonly ControlCase[] = [
];
