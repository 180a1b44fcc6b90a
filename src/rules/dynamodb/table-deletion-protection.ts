import { settingsOf } from './replicas';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `TABLE-DELETION-PROTECTION`. */
export const tableDeletionProtection: Rule = {
  control: 'TABLE-DELETION-PROTECTION',
  check(table) {
    return settingsOf(table, 'DeletionProtectionEnabled').map(({ value, property }) => {
      const enabled = truth(value);
      if (enabled instanceof Unresolved) return cannotTell('UnresolvedProtection', `${property} is ${describe(enabled)}`, property);
      return enabled ? compliant('deletion is refused', property) : violation('NoProtection', `${property} is not true`, property);
    });
  },
};
