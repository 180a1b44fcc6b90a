import { settingsOf } from './replicas';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `TABLE-PITR`. */
export const tablePitr: Rule = {
  control: 'TABLE-PITR',
  check(table) {
    return settingsOf(table, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled').map(({ value, property }) => {
      const enabled = truth(value);
      if (enabled instanceof Unresolved) return cannotTell('UnresolvedRecovery', `${property} is ${describe(enabled)}`, property);
      return enabled ? compliant('restorable to any second of the recovery period', property) : violation('NoRecovery', `${property} is not true`, property);
    });
  },
};
