import { isPartnerRole, roleOfUser, USER } from './partner-roles';
import { judgeTrust } from './trusted-source';
import { cannotTell, compliant, notApplicable, Rule } from '../rule';
import { describe } from '../values';

/** Users of one server: a role that users of any may take on is theirs as well who made another server. */
const USERS_OF_ONE = /^user\/[^/*?!]+\//;

/** Checks `SFTP-ROLE-TRUST`. */
export const sftpRoleTrust: Rule = {
  control: 'SFTP-ROLE-TRUST',
  check(resource, graph) {
    if (resource.type === USER) {
      return roleOfUser(resource, graph) ? notApplicable('the role is judged by itself')
        : cannotTell('UnresolvedTrust', `no template has the role ${describe(resource.properties.Role)}`, 'Role');
    }
    const isPartners = isPartnerRole(resource, graph);
    if (isPartners === undefined) return cannotTell('UnresolvedTrust', 'the template does not tell whether users of SFTP servers act by the role', 'AssumeRolePolicyDocument');
    if (!isPartners) return notApplicable('users of SFTP servers do not act by the role');
    const found = judgeTrust(resource, USERS_OF_ONE, 'users of one server');
    return found.length > 0 ? found : compliant('users of one server of the account alone act by the role', 'AssumeRolePolicyDocument');
  },
};
