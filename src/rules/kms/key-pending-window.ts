import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, numberOf, Unresolved } from '../values';

/** Checks `KEY-PENDING-WINDOW`. */
export const keyPendingWindow: Rule = {
  control: 'KEY-PENDING-WINDOW',
  check(key) {
    const days = numberOf(key.properties.PendingWindowInDays) ?? 30;
    if (days instanceof Unresolved) return cannotTell('UnresolvedWindow', `PendingWindowInDays is ${describe(days)}`, 'PendingWindowInDays');
    if (days < 30) return violation('ShortWindow', `PendingWindowInDays is ${days}`, 'PendingWindowInDays');
    return compliant(`${days} days pass before the key is deleted`, 'PendingWindowInDays');
  },
};
