import { judgeFileRights } from './file-rights';
import { roleWithin } from './partner-folders';
import { isPartnerRole } from './partner-roles';
import { Graph, Resource } from '../graph';
import { rightsOf } from '../iam/identity-policies';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `SFTP-ROLE-SCOPE`. */
export const sftpRoleScope: Rule = {
  control: 'SFTP-ROLE-SCOPE',
  check(role, graph) {
    const isPartners = isPartnerRole(role, graph);
    if (isPartners === undefined) return cannotTell('UnresolvedScope', 'the template does not tell whether users of SFTP servers act by the role', 'AssumeRolePolicyDocument');
    if (!isPartners) return notApplicable('users of SFTP servers do not act by the role');
    const { awsManaged, statements, untold } = rightsOf(role, graph);
    const found = [
      ...statements.flatMap(judgeFileRights),
      ...othersIn(role, graph),
      ...awsManaged.map((name) => violation(`Managed::${name}`, `${name} is for more than one folder`, 'ManagedPolicyArns')),
      ...untold.map((arn) => cannotTell('UnresolvedScope', `no template has the policy ${describe(arn)}`, 'ManagedPolicyArns')),
    ];
    if (found.length > 0) return found;
    return statements.length > 0 ? compliant('the role reaches files in folders that it names') : notApplicable('the role may do nothing');
  },
};

/** A role for another partner's folder, too, which a pattern such as `partners/*` is. */
function othersIn(role: Resource, graph: Graph): readonly Outcome[] {
  const within = roleWithin(role, graph);
  return within ? [violation(`OthersFolder::${within.other.logicalId}`, `${within.folder} has the folder of ${within.other.logicalId} in it`)] : [];
}
