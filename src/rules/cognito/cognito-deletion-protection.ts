import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const PROPERTY = 'DeletionProtection';

/** Checks `COGNITO-DELETION-PROTECTION`. */
export const cognitoDeletionProtection: Rule = {
  control: 'COGNITO-DELETION-PROTECTION',
  check({ properties }) {
    const protection = properties[PROPERTY];
    if (protection === 'ACTIVE') return compliant(`${PROPERTY} is ACTIVE`, PROPERTY);
    return isUnknown(protection) ? cannotTell('UnresolvedProtection', `${PROPERTY} is ${describe(protection)}`, PROPERTY)
      : violation('NotProtected', `${PROPERTY} is ${describe(protection)}`, PROPERTY);
  },
};
