import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'EnableLogFileValidation';

/** Checks `TRAIL-VALIDATION`. */
export const trailValidation: Rule = {
  control: 'TRAIL-VALIDATION',
  check({ properties }) {
    const enabled = truth(properties[PROPERTY]);
    if (enabled === true) return compliant('the trail writes digest files', PROPERTY);
    return enabled instanceof Unresolved ? cannotTell('UnresolvedValidation', `${PROPERTY} is ${describe(enabled)}`, PROPERTY)
      : violation('NotValidated', `${PROPERTY} is ${enabled ?? 'not set'}`, PROPERTY);
  },
};
