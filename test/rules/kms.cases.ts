import { ControlCase } from './control-case';

export const KMS_CASES: readonly ControlCase[] = [
];
