import { ControlCase } from './control-case';

export const S3_CASES: readonly ControlCase[] = [
];
