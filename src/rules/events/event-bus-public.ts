import { Resource } from '../graph';
import { Statement, statementsOf } from '../policy-document';
import { Openness, opennessOf } from '../resource-policy-checks';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, Value, ValueMap } from '../values';

/** Checks `EVENT-BUS-PUBLIC`. */
export const eventBusPublic: Rule = {
  control: 'EVENT-BUS-PUBLIC',
  check(policy) {
    const statements = statementsIn(policy);
    const is = (openness: Openness): boolean => statements.some((statement) => opennessOf(statement) === openness);
    if (is('open')) return violation('Public', 'the statement is for any principal, and no condition narrows it', 'Statement');
    return is('unknown') || statements.length === 0 ? cannotTell('UnresolvedStatement', 'the template does not tell whom the statement is for', 'Statement')
      : compliant('the statement names who may send events', 'Statement');
  },
};

/** The statement as such, or put together from the older properties, of which `Principal` is an account or `*`. */
function statementsIn(policy: Resource): Statement[] {
  const { Statement: statement, Action, Principal, Condition } = policy.properties;
  const raw: Value = statement ?? { Effect: 'Allow', Action, Principal: Principal === '*' ? '*' : { AWS: Principal }, Condition: conditionOf(Condition) };
  return statementsOf({ Statement: raw }, policy, 'Statement');
}

function conditionOf(condition: Value): Value {
  const type = at(condition, 'Type');
  const key = at(condition, 'Key');
  if (typeof type !== 'string' || typeof key !== 'string') return condition;
  const block: ValueMap = { [key]: at(condition, 'Value') };
  return { [type]: block };
}
