import { judgeAllows } from './identity-policies';
import { breadthOf } from './resource-breadth';
import { STAR_ONLY_ACTIONS, UNNAMED_RESOURCES } from './well-known-actions';
import { shapeOf } from '../narrowing';
import { Statement, wildcardMatches } from '../policy-document';
import { cannotTell, Rule, violation } from '../rule';
import { describe, Value } from '../values';

/** Checks `IAM-RESOURCE-WILDCARD`. */
export const iamResourceWildcard: Rule = {
  control: 'IAM-RESOURCE-WILDCARD',
  check(resource, graph) {
    return judgeAllows(resource, graph, (allow) => {
      if (hasNoResourceToName(allow)) return [];
      if (allow.notResource) return [violation('NotResource', 'the statement allows its actions on all but some resources', allow.path)];
      if (allow.resources.length === 0) return [cannotTell('UnresolvedPolicy', 'the template does not tell the resources of the statement', allow.path)];
      return allow.resources.filter((value) => !isLeastToName(value, allow)).flatMap((value) => {
        const text = describe(value);
        switch (breadthOf(value)) {
          case 'narrow': return [];
          case 'unknown': return [cannotTell(`Resource::${text}`, `the template does not tell what ${text} spans`, allow.path)];
          default: return [violation(`Resource::${text}`, `the statement allows ${allow.actions.join(', ') || 'its actions'} on ${text}`, allow.path)];
        }
      });
    });
  },
};

function hasNoResourceToName(allow: Statement): boolean {
  return !allow.notAction && !allow.partial && allow.actions.length > 0
    && allow.actions.every((action) => STAR_ONLY_ACTIONS.some((pattern) => wildcardMatches(pattern, action)));
}

/** Whether no policy could name less, since nobody knows the names beforehand. */
function isLeastToName(value: Value, { actions, notAction, partial }: Statement): boolean {
  return !notAction && !partial && UNNAMED_RESOURCES.some(({ shape, actions: possible }) => (
    shape.test(shapeOf(value)) && actions.every((action) => possible.includes(action.toLowerCase()))));
}
