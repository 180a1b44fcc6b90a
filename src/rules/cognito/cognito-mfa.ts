import { isMachinePool, MACHINES_ONLY } from './clients';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, listOf } from '../values';

/** Checks `COGNITO-MFA`. */
export const cognitoMfa: Rule = {
  control: 'COGNITO-MFA',
  check(pool, graph) {
    const { MfaConfiguration: mode, EnabledMfas: factors } = pool.properties;
    if (isMachinePool(pool, graph)) return notApplicable(MACHINES_ONLY);
    if (isUnknown(mode)) return cannotTell('UnresolvedMfa', `MfaConfiguration is ${describe(mode)}`, 'MfaConfiguration');
    if (mode === 'OPTIONAL') return violation('OptionalMfa', 'MfaConfiguration is OPTIONAL', 'MfaConfiguration');
    if (mode !== 'ON') return violation('NoMfa', `MfaConfiguration is ${describe(mode)}`, 'MfaConfiguration');

    if (listOf(factors).includes('SOFTWARE_TOKEN_MFA')) return compliant(`every user needs a second factor, of ${listOf(factors).map(describe).join(', ')}`, 'EnabledMfas');
    return listOf(factors).some(isUnknown) ? cannotTell('UnresolvedMfa', `EnabledMfas is ${describe(factors)}`, 'EnabledMfas')
      : violation('NoAuthenticatorApp', `EnabledMfas is ${describe(factors)}`, 'EnabledMfas');
  },
};
