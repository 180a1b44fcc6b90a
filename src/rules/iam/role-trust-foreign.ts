import { trustStatements } from './identity-policies';
import { narrowedBy } from '../narrowing';
import { belongingOf } from '../principal-account';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `ROLE-TRUST-FOREIGN`. */
export const roleTrustForeign: Rule = {
  control: 'ROLE-TRUST-FOREIGN',
  check(role, graph) {
    const statements = trustStatements(role).filter(({ effect }) => effect !== 'Deny');
    const found = statements.flatMap((statement): Outcome[] => {
      if (statement.effect === 'unknown') return [cannotTell('UnresolvedTrust', 'the template does not tell who may assume the role', statement.path)];
      const narrowing = narrowedBy(statement, ['sts:externalid', 'aws:principalorgid', 'aws:principalorgpaths']);
      if (narrowing === 'narrow') return [];
      return statement.principals.filter(({ kind }) => kind === 'aws' || kind === 'unknown').flatMap((principal) => {
        const name = describe(principal.value);
        const belonging = belongingOf(principal, role, graph);
        if (belonging === 'own') return [];
        return belonging === 'foreign' && narrowing === 'open'
          ? [violation(`Foreign::${name}`, `${name} of another account may assume the role without an external id`, statement.path)]
          : [cannotTell(`Foreign::${name}`, `the template does not tell whether ${name} is of another account, or what narrows it`, statement.path)];
      });
    });
    if (found.length > 0) return found;
    return statements.some(({ principals }) => principals.some(({ kind }) => kind === 'aws'))
      ? compliant('principals of other accounts are named with an external id or their organization', 'AssumeRolePolicyDocument')
      : notApplicable('no AWS account may assume the role');
  },
};
