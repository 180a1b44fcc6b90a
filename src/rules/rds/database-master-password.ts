import { isClusterMember, isReplica, isRestored } from './databases';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `DATABASE-MASTER-PASSWORD`. No message repeats a password. */
export const databaseMasterPassword: Rule = {
  control: 'DATABASE-MASTER-PASSWORD',
  check(database) {
    const { ManageMasterUserPassword, MasterUserPassword: password, MasterUserAuthenticationType } = database.properties;
    const managed = truth(ManageMasterUserPassword);
    if (isClusterMember(database)) return notApplicable('the cluster holds the users');
    if (password !== undefined) {
      return typeof password === 'string' && !password.includes('{{resolve:')
        ? violation('PlainPassword', 'the password is in the template in clear text', 'MasterUserPassword')
        : violation('StaticPassword', 'the password is set from outside, and nobody rotates it', 'MasterUserPassword');
    }
    if (managed === true) return compliant('Amazon RDS keeps the password in AWS Secrets Manager and rotates it', 'ManageMasterUserPassword');
    if (MasterUserAuthenticationType === 'iam-db-auth') return compliant('the master user has no password', 'MasterUserAuthenticationType');
    if (managed instanceof Unresolved) return cannotTell('UnresolvedPassword', `ManageMasterUserPassword is ${describe(managed)}`, 'ManageMasterUserPassword');
    if (isReplica(database)) return notApplicable('a replica has the users of its source');
    return isRestored(database) ? cannotTell('UnresolvedPassword', 'the password is that of the snapshot', 'ManageMasterUserPassword')
      : violation('NotManaged', 'ManageMasterUserPassword is not true', 'ManageMasterUserPassword');
  },
};
