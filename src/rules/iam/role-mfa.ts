import { Rights, rightsOf, trustStatements } from './identity-policies';
import { requiresBool, shapeOf } from '../narrowing';
import { belongingOf, isRoot } from '../principal-account';
import { PRIVILEGED_ACTIONS } from './well-known-actions';
import { Graph, Resource } from '../graph';
import { coversAction, Principal, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { Reference } from '../values';

/** Checks `ROLE-MFA`. */
export const roleMfa: Rule = {
  control: 'ROLE-MFA',
  check(role, graph) {
    const trust = trustStatements(role).filter(({ effect }) => effect !== 'Deny');
    const human = trust.filter((statement) => statement.effect === 'Allow' && statement.principals.some((principal) => isHuman(principal, role, graph)));
    const untold = trust.some(({ effect, principals }) => effect === 'unknown' || principals.some(({ kind }) => kind === 'unknown'));
    if (human.length === 0 && !untold) return notApplicable('no IAM user of the account may assume the role');
    const privilege = privilegeOf(rightsOf(role, graph));
    if (privilege === 'none') return notApplicable('the role holds no privileged right');
    const found = human.flatMap((statement) => judge(statement));
    if (untold) found.push(cannotTell('UnresolvedTrust', 'the template does not tell who may assume the role', 'AssumeRolePolicyDocument'));
    if (found.length === 0) return compliant('the trust policy asks for multi-factor authentication', 'AssumeRolePolicyDocument');
    return privilege === 'some' ? found : cannotTell('UnresolvedRights', 'the template does not tell whether the role is privileged');
  },
};

function judge(statement: Statement): Outcome[] {
  const present = requiresBool(statement, 'aws:multifactorauthpresent', true);
  // The age is absent without MFA, so that an Allow on it asks for MFA as well.
  const recent = statement.conditions.some(({ operator, key }) => /^numericlessthan(equals)?$/.test(operator) && key === 'aws:multifactorauthage');
  if (present === 'narrow' || recent) return [];
  if (present === 'unknown') return [cannotTell('UnresolvedTrust', 'the template does not tell whether MFA is asked for', statement.path)];
  return statement.conditions.some(({ operator, key }) => operator === 'boolifexists' && key === 'aws:multifactorauthpresent')
    ? [violation('MfaIfExists', 'BoolIfExists lets sessions without MFA assume the role', statement.path)]
    : [violation('NoMfa', 'the role can be assumed without MFA', statement.path)];
}

/** Sessions of roles and services never carry MFA, so that only users and the account as a whole can be asked for it. */
function isHuman(principal: Principal, role: Resource, graph: Graph): boolean {
  if (principal.value instanceof Reference) return principal.value.resource.type === 'AWS::IAM::User';
  return belongingOf(principal, role, graph) !== 'foreign' && (isRoot(principal) || /:user\//.test(shapeOf(principal.value)));
}

function privilegeOf(rights: Rights): 'some' | 'none' | 'unknown' {
  const allows = rights.statements.filter(({ effect }) => effect !== 'Deny');
  if (rights.awsManaged.some((name) => /(AdministratorAccess|PowerUserAccess|FullAccess)$/.test(name))) return 'some';
  if (allows.some((allow) => PRIVILEGED_ACTIONS.some((action) => coversAction(allow, action)))) return 'some';
  return rights.untold.length > 0 || allows.some(({ partial }) => partial) ? 'unknown' : 'none';
}
