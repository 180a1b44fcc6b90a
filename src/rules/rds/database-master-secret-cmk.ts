import { isClusterMember } from './databases';
import { keyKind } from '../keys';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

const PROPERTY = 'MasterUserSecret.KmsKeyId';

/** Checks `DATABASE-MASTER-SECRET-CMK`. */
export const databaseMasterSecretCmk: Rule = {
  control: 'DATABASE-MASTER-SECRET-CMK',
  check(database, graph) {
    const { ManageMasterUserPassword } = database.properties;
    const managed = truth(ManageMasterUserPassword);
    if (isClusterMember(database)) return notApplicable('the cluster holds the users');
    if (managed instanceof Unresolved) return cannotTell('UnresolvedPassword', `ManageMasterUserPassword is ${describe(ManageMasterUserPassword)}`, 'ManageMasterUserPassword');
    if (managed !== true) return notApplicable('Amazon RDS keeps no password');

    const key = at(database.properties, PROPERTY);
    switch (keyKind(key, graph)) {
      case 'none': return violation('AwsManagedKey', `${PROPERTY} is not set`, PROPERTY);
      case 'aws-managed': return violation('AwsManagedKey', `${PROPERTY} is ${describe(key)}`, PROPERTY);
      case 'unknown': return cannotTell('UnresolvedKey', `${PROPERTY} is ${describe(key)}`, PROPERTY);
      default: return compliant(`encrypted with ${describe(key)}`, PROPERTY);
    }
  },
};
