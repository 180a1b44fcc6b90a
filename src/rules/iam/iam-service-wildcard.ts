import { judgeAllows } from './identity-policies';
import { breadthOfStatement } from './resource-breadth';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `IAM-SERVICE-WILDCARD`. */
export const iamServiceWildcard: Rule = {
  control: 'IAM-SERVICE-WILDCARD',
  check(resource, graph) {
    return judgeAllows(resource, graph, (allow) => {
      // All actions on everything is what IAM-ADMIN is about.
      if (breadthOfStatement(allow) === 'all' && (allow.notAction || allow.actions.some((action) => /^[*?:]+$/.test(action)))) return [];
      if (allow.notAction) return [violation('NotAction', 'the statement allows all but some actions', allow.path)];
      const wild = allow.actions.filter((action) => /^[^:]*[*?]|^[^:]+:[*?]+$/.test(action));
      return [
        ...wild.map((action) => violation(`Action::${action}`, `the statement allows ${action}`, allow.path)),
        ...(allow.partial ? [cannotTell('UnresolvedPolicy', 'the template does not tell all actions of the statement', allow.path)] : []),
      ];
    });
  },
};
