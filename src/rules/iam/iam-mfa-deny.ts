import { identityStatements, trustStatements } from './identity-policies';
import { Condition, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { truth, Unresolved } from '../values';

/** Checks `IAM-MFA-DENY`. */
export const iamMfaDeny: Rule = {
  control: 'IAM-MFA-DENY',
  check(resource) {
    const statements = [...identityStatements(resource), ...(resource.type === 'AWS::IAM::Role' ? trustStatements(resource) : [])];
    const guards = statements.filter(({ effect }) => effect === 'Deny').flatMap((deny) => deny.conditions
      .filter(({ key }) => key === 'aws:multifactorauthpresent').map((condition) => ({ deny, condition })));
    const untold = statements.filter(({ effect }) => effect === 'unknown')
      .map(({ path }) => cannotTell('UnresolvedPolicy', 'the template does not tell the statement', path));
    const found = [...guards.flatMap(({ deny, condition }) => judge(deny, condition)), ...untold];
    if (found.length > 0) return found;
    return guards.length > 0 ? compliant('each Deny without MFA uses BoolIfExists') : notApplicable('no Deny is about MFA');
  },
};

function judge(deny: Statement, condition: Condition): Outcome[] {
  if (condition.operator === 'null') return [violation('DenyWithNull', 'Null does not deny sessions whose MFA flag is false', deny.path)];
  if (condition.operator !== 'boolifexists') return [violation('DenyWithBool', `${condition.operator} does not deny long-term keys, which carry no MFA flag`, deny.path)];
  const values = condition.values.map(truth);
  if (values.some((value) => value instanceof Unresolved)) return [cannotTell('UnresolvedPolicy', 'the template does not tell what is denied', deny.path)];
  return values.length === 1 && values[0] === false ? [] : [violation('DenyWithMfa', 'the statement denies sessions with MFA', deny.path)];
}
