import { rightsOf, trustStatements } from './identity-policies';
import { isUserOrAccount } from './people';
import { privilegeOf } from './privilege';
import { requiresBool } from '../narrowing';
import { Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';

/** Checks `ROLE-MFA`. */
export const roleMfa: Rule = {
  control: 'ROLE-MFA',
  check(role, graph) {
    const trust = trustStatements(role).filter(({ effect }) => effect !== 'Deny');
    const human = trust.filter((statement) => statement.effect === 'Allow' && statement.principals.some((principal) => isUserOrAccount(principal, role, graph)));
    const untold = trust.some(({ effect, principals }) => effect === 'unknown' || principals.some(({ kind }) => kind === 'unknown'));
    if (human.length === 0 && !untold) return notApplicable('no IAM user of the account may assume the role');
    const privilege = privilegeOf(rightsOf(role, graph));
    if (privilege === 'none') return notApplicable('the role holds no privileged right');
    const found = human.flatMap((statement) => judgeMfa(statement));
    if (untold) found.push(cannotTell('UnresolvedTrust', 'the template does not tell who may assume the role', 'AssumeRolePolicyDocument'));
    if (found.length === 0) return compliant('the trust policy asks for multi-factor authentication', 'AssumeRolePolicyDocument');
    return privilege === 'some' ? found : cannotTell('UnresolvedRights', 'the template does not tell whether the role is privileged');
  },
};

/** What a statement by which users take on a role says of MFA; nothing where it asks for it. */
export function judgeMfa(statement: Statement): Outcome[] {
  const present = requiresBool(statement, 'aws:multifactorauthpresent', true);
  // The age is absent without MFA, so that an Allow on it asks for MFA as well.
  const recent = statement.conditions.some(({ operator, key }) => /^numericlessthan(equals)?$/.test(operator) && key === 'aws:multifactorauthage');
  if (present === 'narrow' || recent) return [];
  if (present === 'unknown') return [cannotTell('UnresolvedTrust', 'the template does not tell whether MFA is asked for', statement.path)];
  return statement.conditions.some(({ operator, key }) => operator === 'boolifexists' && key === 'aws:multifactorauthpresent')
    ? [violation('MfaIfExists', 'BoolIfExists lets sessions without MFA assume the role', statement.path)]
    : [violation('NoMfa', 'the role can be assumed without MFA', statement.path)];
}
