import { keyStatements } from './key-statements';
import { Resource } from '../graph';
import { coversAction } from '../policy-document';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `KEY-LOCKOUT`. */
export const keyLockout: Rule = {
  control: 'KEY-LOCKOUT',
  check(key) {
    const property = 'BypassPolicyLockoutSafetyCheck';
    const bypass = truth(key.properties[property]);
    const found: Outcome[] = [];
    if (bypass === true) found.push(violation('SafetyCheckBypassed', `${property} is true`, property));
    if (bypass instanceof Unresolved) found.push(cannotTell('UnresolvedBypass', `${property} is ${describe(bypass)}`, property));
    found.push(...administrators(key));
    return found.length > 0 ? found : compliant('the safety check is on and somebody may change the key policy', 'KeyPolicy');
  },
};

function administrators(key: Resource): Outcome[] {
  if (key.properties.KeyPolicy === undefined) return [];
  const statements = keyStatements(key).filter((statement) => coversAction(statement, 'kms:PutKeyPolicy') || statement.partial);
  const locked = statements.some(({ effect, partial, principals, conditions }) => effect === 'Deny' && !partial && conditions.length === 0
    && principals.some(({ kind }) => kind === 'any'));
  // Nobody changes a key policy through another service.
  const kept = statements.some((statement) => statement.effect === 'Allow' && coversAction(statement, 'kms:PutKeyPolicy')
    && !statement.conditions.some(({ key: name }) => name === 'kms:viaservice') && statement.principals.some(({ kind }) => kind === 'aws' || kind === 'any' || kind === 'federated'));
  if (kept && !locked) return [];
  return [!locked && statements.some(({ partial }) => partial)
    ? cannotTell('UnresolvedPolicy', 'the template does not tell who may change the key policy', 'KeyPolicy')
    : violation('NobodyAdministers', 'nobody may change the key policy', 'KeyPolicy')];
}
