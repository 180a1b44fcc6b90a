import { Control } from '../control';

/** Controls of the life of services: closed ones are not used. */
export const LIFECYCLE_CONTROLS: readonly Control[] = [
];
