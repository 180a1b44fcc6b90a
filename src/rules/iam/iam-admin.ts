import { judgeAllows, judgeManagedPolicies } from './identity-policies';
import { breadthOfStatement } from './resource-breadth';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `IAM-ADMIN`. */
export const iamAdmin: Rule = {
  control: 'IAM-ADMIN',
  check(resource, graph) {
    const managed = judgeManagedPolicies(resource, graph, (name, property) => (
      name === 'AdministratorAccess' ? violation('AdministratorAccess', 'the AWS managed policy AdministratorAccess is attached', property) : undefined));
    return judgeAllows(resource, graph, (allow) => {
      const everyAction = allow.actions.some((action) => /^[*?:]+$/.test(action));
      const breadth = breadthOfStatement(allow);
      if (breadth === 'narrow' || breadth === 'wide') return [];
      if (breadth === 'all' && allow.notAction) return [violation('NotAction', 'the statement allows all but some actions on everything', allow.path)];
      if (breadth === 'all' && everyAction) return [violation('AdminStatement', 'the statement allows every action on everything', allow.path)];
      if (allow.partial || everyAction || allow.notAction) {
        return [cannotTell('UnresolvedPolicy', 'the template does not tell all actions and resources of the statement', allow.path)];
      }
      return [];
    }, managed);
  },
};
