import { judgeAllows } from './identity-policies';
import { narrowedBy } from '../narrowing';
import { breadthOfStatement } from './resource-breadth';
import { coversAction } from '../policy-document';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `IAM-PASS-ROLE`. */
export const iamPassRole: Rule = {
  control: 'IAM-PASS-ROLE',
  check(resource, graph) {
    return judgeAllows(resource, graph, (allow) => {
      if (!coversAction(allow, 'iam:PassRole')) {
        return allow.partial ? [cannotTell('UnresolvedPolicy', 'the template does not tell all actions of the statement', allow.path)] : [];
      }
      const breadth = breadthOfStatement(allow, 'iam');
      const service = narrowedBy(allow, ['iam:passedtoservice']);
      return [
        ...(breadth === 'all' || breadth === 'wide' ? [violation('AnyRole', 'the statement allows iam:PassRole on every role', allow.path)] : []),
        ...(service === 'open' ? [violation('AnyService', 'the statement allows a role to be passed to every service', allow.path)] : []),
        ...(breadth === 'unknown' || service === 'unknown'
          ? [cannotTell('UnresolvedPolicy', 'the template does not tell which role may be passed to which service', allow.path)] : []),
      ];
    });
  },
};
