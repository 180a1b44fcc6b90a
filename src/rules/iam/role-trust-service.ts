import { trustStatements } from './identity-policies';
import { narrowedBy, shapeOf } from '../narrowing';
import { SOURCE_SENDING_SERVICES } from './well-known-actions';
import { Principal } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

/** Checks `ROLE-TRUST-SERVICE`. */
export const roleTrustService: Rule = {
  control: 'ROLE-TRUST-SERVICE',
  check(role) {
    const statements = trustStatements(role).filter(({ effect }) => effect !== 'Deny');
    const found = statements.flatMap((statement): Outcome[] => {
      if (statement.effect === 'unknown') return [cannotTell('UnresolvedTrust', 'the template does not tell who may assume the role', statement.path)];
      const narrowing = narrowedBy(statement, ['aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths']);
      if (narrowing === 'narrow') return [];
      return statement.principals.filter(({ kind }) => kind === 'unknown' || kind === 'service').flatMap((principal) => {
        const name = describe(principal.value);
        if (principal.kind === 'unknown' || isUnknown(principal.value)) return [cannotTell('UnresolvedTrust', `the template does not tell who ${name} is`, statement.path)];
        if (!sendsItsSource(principal)) return [];
        return narrowing === 'open'
          ? [violation(`Service::${name}`, `${name} may assume the role for any account that it serves`, statement.path)]
          : [cannotTell(`Service::${name}`, `the template does not tell for whom ${name} may assume the role`, statement.path)];
      });
    });
    if (found.length > 0) return found;
    return statements.some(({ principals }) => principals.some(sendsItsSource))
      ? compliant('services may assume the role for a named source only', 'AssumeRolePolicyDocument')
      : notApplicable('no service that tells its source may assume the role');
  },
};

function sendsItsSource(principal: Principal): boolean {
  return principal.kind === 'service' && SOURCE_SENDING_SERVICES.has(shapeOf(principal.value).split('.')[0]);
}
