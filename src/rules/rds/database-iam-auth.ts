import { familyOf, isClusterMember } from './databases';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'EnableIAMDatabaseAuthentication';

/** Checks `DATABASE-IAM-AUTH`. */
export const databaseIamAuth: Rule = {
  control: 'DATABASE-IAM-AUTH',
  check(database) {
    const enabled = truth(database.properties[PROPERTY]);
    if (isClusterMember(database)) return notApplicable('the cluster authenticates the users');
    if (['db2', 'oracle', 'sqlserver'].includes(familyOf(database.properties.Engine))) return notApplicable('the engine has no IAM authentication');
    if (enabled === true) return compliant(`${PROPERTY} is true`, PROPERTY);
    return enabled instanceof Unresolved ? cannotTell('UnresolvedAuthentication', `${PROPERTY} is ${describe(enabled)}`, PROPERTY)
      : violation('PasswordsOnly', `${PROPERTY} is ${describe(enabled)}`, PROPERTY);
  },
};
