import { eventBusPublic } from './event-bus-public';
import { eventRuleDlq } from './event-rule-dlq';
import { Rule } from '../rule';

/** Rules of Amazon EventBridge. */
export const EVENTS_RULES: readonly Rule[] = [
  eventBusPublic,
  eventRuleDlq,
];
