import { Control } from '../control';

/** Controls of Amazon EventBridge. */
export const EVENTS_CONTROLS: readonly Control[] = [
];
