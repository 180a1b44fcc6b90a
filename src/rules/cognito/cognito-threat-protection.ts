import { isMachinePool, MACHINES_ONLY } from './clients';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const MODE = 'UserPoolAddOns.AdvancedSecurityMode';

/** Checks `COGNITO-THREAT-PROTECTION`. */
export const cognitoThreatProtection: Rule = {
  control: 'COGNITO-THREAT-PROTECTION',
  check(pool, graph) {
    if (isMachinePool(pool, graph)) return notApplicable(MACHINES_ONLY);
    const mode = at(pool.properties, MODE);
    const tier = pool.properties.UserPoolTier;
    if (isUnknown(mode)) return cannotTell('UnresolvedProtection', `${MODE} is ${describe(mode)}`, MODE);
    if (mode === 'AUDIT') return violation('AuditOnly', `${MODE} is AUDIT`, MODE);
    if (mode !== 'ENFORCED') return violation('NoThreatProtection', `${MODE} is ${describe(mode)}`, MODE);
    if (isUnknown(tier)) return cannotTell('UnresolvedProtection', `UserPoolTier is ${describe(tier)}`, 'UserPoolTier');
    // Essentials, where the pool does not say.
    return tier === 'PLUS' ? compliant('threat protection is ENFORCED, on the tier PLUS', MODE)
      : violation('NotPlus', `UserPoolTier is ${describe(tier)}`, 'UserPoolTier');
  },
};
