import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'PubliclyAccessible';

/** Checks `DATABASE-PUBLIC`. */
export const databasePublic: Rule = {
  control: 'DATABASE-PUBLIC',
  check({ type, properties }) {
    const reachable = truth(properties[PROPERTY]);
    if (reachable === true) return violation('Public', `${PROPERTY} is true`, PROPERTY);
    if (reachable === false) return compliant(`${PROPERTY} is false`, PROPERTY);
    if (reachable instanceof Unresolved) return cannotTell('UnresolvedAccess', `${PROPERTY} is ${describe(reachable)}`, PROPERTY);
    if (type === 'AWS::RDS::DBCluster' && /^aurora/i.test(describe(properties.Engine))) return notApplicable('each instance of an Aurora cluster has an access of its own');
    return violation('NotStated', `${PROPERTY} is not set, and the subnet group decides`, PROPERTY);
  },
};
