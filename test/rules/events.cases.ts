import { ControlCase } from './control-case';

export const EVENTS_CASES: readonly ControlCase[] = [
];
