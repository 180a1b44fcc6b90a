import { eventBusPublic } from './event-bus-public';
import { eventDestinationTls } from './event-destination-tls';
import { eventRuleDlq } from './event-rule-dlq';
import { Rule } from '../rule';

/** Rules of Amazon EventBridge. */
export const EVENTS_RULES: readonly Rule[] = [
  eventBusPublic,
  eventDestinationTls,
  eventRuleDlq,
];
