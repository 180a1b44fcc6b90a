import { isMachinePool, MACHINES_ONLY } from './clients';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, numberOf, truth, Unresolved } from '../values';

const PROPERTY = 'Policies.PasswordPolicy';

/** PCI DSS 4.0.1, 8.3.6. */
const LEAST_LENGTH = 12;

/** AWS Foundational Security Best Practices, Cognito.3; also the service's own default. */
const LONGEST_TEMPORARY_DAYS = 7;

const KINDS = ['RequireLowercase', 'RequireNumbers', 'RequireSymbols', 'RequireUppercase'];

/** Checks `COGNITO-PASSWORD-POLICY`. */
export const cognitoPasswordPolicy: Rule = {
  control: 'COGNITO-PASSWORD-POLICY',
  check(pool, graph) {
    if (isMachinePool(pool, graph)) return notApplicable(MACHINES_ONLY);
    const policy = at(pool.properties, PROPERTY);
    if (policy === undefined) return violation('NoPolicy', `${PROPERTY} is not set`, PROPERTY);
    if (!isMap(policy)) return cannotTell('UnresolvedPolicy', `${PROPERTY} is ${describe(policy)}`, PROPERTY);

    const length = numberOf(policy.MinimumLength);
    const days = numberOf(policy.TemporaryPasswordValidityDays) ?? LONGEST_TEMPORARY_DAYS;
    const found = [
      ...judge('MinimumLength', isUnknown(length), typeof length === 'number' && length >= LEAST_LENGTH, 'TooShort', describe(length)),
      ...KINDS.flatMap((kind) => judge(kind, truth(policy[kind]) instanceof Unresolved, truth(policy[kind]) === true, `NotRequired::${kind}`, describe(policy[kind]))),
      ...judge('TemporaryPasswordValidityDays', isUnknown(days), typeof days === 'number' && days <= LONGEST_TEMPORARY_DAYS, 'TemporaryTooLong', describe(days)),
    ];
    return found.length > 0 ? found
      : compliant(`at least ${describe(length)} characters with lower case, upper case, numbers and symbols; a temporary password expires after ${describe(days)} days`, PROPERTY);
  },
};

function judge(property: string, unknown: boolean, holds: boolean, finding: string, value: string): Outcome[] {
  const where = `${PROPERTY}.${property}`;
  if (unknown) return [cannotTell('UnresolvedPolicy', `${property} is ${value}`, where)];
  return holds ? [] : [violation(finding, `${property} is ${value}`, where)];
}
