import { closedService } from './closed-service';
import { Rule } from '../rule';

/** Rules of the life of services: closed ones are not used. */
export const LIFECYCLE_RULES: readonly Rule[] = [
  closedService,
];
