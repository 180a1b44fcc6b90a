import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const OWNERSHIP = 'OwnershipControls.Rules.0.ObjectOwnership';

/** Checks `STORAGE-OWNERSHIP`. */
export const storageOwnership: Rule = {
  control: 'STORAGE-OWNERSHIP',
  check(bucket) {
    const ownership = at(bucket.properties, OWNERSHIP);
    const acl = bucket.properties.AccessControl;
    const findings: Outcome[] = [];
    if (isUnknown(ownership)) findings.push(cannotTell('UntoldOwnership', `ObjectOwnership is ${describe(ownership)}`, OWNERSHIP));
    else if (ownership === undefined) findings.push(violation('NoOwnership', 'ObjectOwnership is not set', OWNERSHIP));
    else if (ownership !== 'BucketOwnerEnforced') findings.push(violation('AclsEnabled', `ObjectOwnership is ${describe(ownership)}`, OWNERSHIP));

    if (isUnknown(acl)) findings.push(cannotTell('UntoldAcl', `AccessControl is ${describe(acl)}`, 'AccessControl'));
    else if (acl !== undefined && acl !== 'Private') findings.push(violation('CannedAcl', `AccessControl is ${describe(acl)}`, 'AccessControl'));
    return findings.length > 0 ? findings : compliant('the bucket owner owns every object and there is no ACL', OWNERSHIP);
  },
};
