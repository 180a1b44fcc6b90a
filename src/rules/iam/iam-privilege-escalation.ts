import { judgeAllows, judgeManagedPolicies } from './identity-policies';
import { narrowedBy } from '../narrowing';
import { breadthOfStatement } from './resource-breadth';
import { ESCALATING_ACTIONS, ESCALATING_MANAGED_POLICIES } from './well-known-actions';
import { actionMatches, coversAction } from '../policy-document';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `IAM-PRIVILEGE-ESCALATION`. */
export const iamPrivilegeEscalation: Rule = {
  control: 'IAM-PRIVILEGE-ESCALATION',
  check(resource, graph) {
    const managed = judgeManagedPolicies(resource, graph, (name, property) => (
      ESCALATING_MANAGED_POLICIES.includes(name) ? violation(`ManagedPolicy::${name}`, `the AWS managed policy ${name} is attached`, property) : undefined));
    return judgeAllows(resource, graph, (allow) => {
      const breadth = breadthOfStatement(allow);
      // Whoever must set a boundary on what it changes cannot exceed that boundary.
      if (breadth === 'narrow' || narrowedBy(allow, ['iam:permissionsboundary']) === 'narrow') return [];
      const covered = ESCALATING_ACTIONS.filter((action) => coversAction(allow, action));
      if (breadth === 'unknown' ? covered.length > 0 : covered.length === 0 && allow.partial) {
        return [cannotTell('UnresolvedPolicy', 'the template does not tell what the statement lets its holder change', allow.path)];
      }
      if (breadth === 'unknown' || covered.length === 0) return [];
      if (allow.notAction) return [violation('NotAction', `the statement allows ${covered[0]} by NotAction`, allow.path)];
      return allow.actions.filter((pattern) => covered.some((action) => actionMatches(pattern, action)))
        .map((pattern) => violation(`Action::${pattern}`, `the statement allows ${pattern} on more than named resources`, allow.path));
    }, managed);
  },
};
