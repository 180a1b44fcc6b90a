import { signUpOf } from './clients';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'AdminCreateUserConfig.AllowAdminCreateUserOnly';

/** Checks `COGNITO-SIGN-UP`. */
export const cognitoSignUp: Rule = {
  control: 'COGNITO-SIGN-UP',
  check(pool) {
    const adminOnly = truth(signUpOf(pool));
    if (adminOnly === true) return compliant('only an administrator adds users', PROPERTY);
    return adminOnly instanceof Unresolved ? cannotTell('UnresolvedSignUp', `${PROPERTY} is ${describe(adminOnly)}`, PROPERTY)
      : violation('SelfSignUp', `${PROPERTY} is ${describe(adminOnly)}`, PROPERTY);
  },
};
