import { SERVER_POLICIES } from './security-policies';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const PROPERTY = 'SecurityPolicyName';

/** Checks `SFTP-SECURITY-POLICY`. */
export const sftpSecurityPolicy: Rule = {
  control: 'SFTP-SECURITY-POLICY',
  check({ properties }) {
    const policy = properties[PROPERTY];
    if (policy === undefined || policy === null || policy === '') {
      return violation('NotStated', `${PROPERTY} is not set, and CloudFormation then chooses TransferSecurityPolicy-2018-11`, PROPERTY);
    }
    if (isUnknown(policy) || typeof policy !== 'string') return cannotTell('UnresolvedPolicy', `${PROPERTY} is ${describe(policy)}`, PROPERTY);
    switch (Object.hasOwn(SERVER_POLICIES, policy) ? SERVER_POLICIES[policy] : undefined) {
      case 'current': return compliant(`clients agree on keys by ${policy}`, PROPERTY);
      case 'aging': return violation(`Aging::${policy}`, `${policy} has no key exchange that withstands a quantum computer`, PROPERTY);
      case 'outdated': return violation(`Outdated::${policy}`, `${policy} takes what is broken or given up`, PROPERTY);
      default: return cannotTell(`Unknown::${policy}`, `${policy} is newer than this check, or no policy`, PROPERTY);
    }
  },
};
