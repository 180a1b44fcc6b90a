import { isClusterMember } from './databases';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Policies after which the data, or a snapshot of it, is there. */
const KEEPS = ['Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** Checks `DATABASE-DELETION`. */
export const databaseDeletion: Rule = {
  control: 'DATABASE-DELETION',
  check(database) {
    if (isClusterMember(database)) return notApplicable('the cluster holds the data');
    const found: Outcome[] = [];
    const guarded = truth(database.properties.DeletionProtection);
    if (guarded instanceof Unresolved) found.push(cannotTell('UnresolvedProtection', `DeletionProtection is ${describe(guarded)}`, 'DeletionProtection'));
    else if (guarded !== true) found.push(violation('NotProtected', `DeletionProtection is ${describe(guarded)}`, 'DeletionProtection'));

    // Without a policy CloudFormation takes a snapshot of a cluster, and of an instance outside of one.
    const policy = database.deletionPolicy ?? 'Snapshot';
    if (policy === 'Delete') found.push(violation('DeletedWithStack', 'DeletionPolicy is Delete'));
    else if (!KEEPS.includes(policy)) found.push(cannotTell('UnresolvedProtection', `DeletionPolicy is ${policy}`));
    return found.length > 0 ? found : compliant('protected, and kept when the stack goes', 'DeletionProtection');
  },
};
