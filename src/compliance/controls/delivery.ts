import { Control } from '../control';

/** Controls of delivery: that every producer may use its encrypted target. */
export const DELIVERY_CONTROLS: readonly Control[] = [
];
