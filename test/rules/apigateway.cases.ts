import { ControlCase } from './control-case';

export const APIGATEWAY_CASES: readonly ControlCase[] = [
];
