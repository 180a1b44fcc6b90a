import { coversAny, judgeKeyAllows, USE_ACTIONS } from './key-statements';
import { Graph, Resource } from '../graph';
import { comparisonsOn } from '../narrowing';
import { Statement } from '../policy-document';
import { Belonging, belongingOf } from '../principal-account';
import { cannotTell, Rule, violation } from '../rule';
import { describe, Value } from '../values';

/** Keys whose value is or holds the account of whoever makes the request. */
const ACCOUNT_KEYS = ['aws:principalaccount', 'aws:principalarn', 'aws:sourceaccount', 'aws:sourcearn', 'kms:calleraccount'];

/** Checks `KEY-FOREIGN-ACCOUNT`. */
export const keyForeignAccount: Rule = {
  control: 'KEY-FOREIGN-ACCOUNT',
  check(key, graph) {
    return judgeKeyAllows(key, (allow) => {
      const uses = coversAny(allow, USE_ACTIONS);
      if (!uses && !allow.partial) return [];
      return usersOf(allow, key, graph).filter(({ belonging }) => belonging !== 'own').map(({ belonging, value }) => {
        const name = describe(value);
        return belonging === 'foreign' && uses
          ? violation(`Foreign::${name}`, `${name} of another account may use the key`, allow.path)
          : cannotTell(`Foreign::${name}`, `the template does not tell whether ${name} of another account may use the key`, allow.path);
      });
    });
  },
};

interface User {
  readonly value: Value;
  readonly belonging: Belonging;
}

/** Whom a statement lets in: the principals that it names, and of everybody those whom its conditions leave. */
function usersOf(allow: Statement, key: Resource, graph: Graph): readonly User[] {
  if (allow.notPrincipal || allow.principals.some(({ kind }) => kind === 'any')) return leftBy(allow, key, graph);
  return allow.principals.filter(({ kind }) => kind === 'aws' || kind === 'unknown')
    .map((principal) => ({ value: principal.value, belonging: belongingOf(principal, key, graph) }));
}

/** Conditions are joined by AND, so one that leaves the own account alone is enough; without any, everybody is left. */
function leftBy(allow: Statement, key: Resource, graph: Graph): readonly User[] {
  if (allow.untoldConditions) return [{ value: '*', belonging: 'unknown' }];
  const groups = comparisonsOn(allow, ACCOUNT_KEYS).map(({ values }) => values.map((value): User => ({
    value, belonging: value === '${aws:ResourceAccount}' ? 'own' : belongingOf({ kind: 'aws', value }, key, graph),
  })));
  if (groups.some((users) => users.every(({ belonging }) => belonging === 'own'))) return [];
  return groups.length > 0 ? groups[0] : [{ value: '*', belonging: 'foreign' }];
}
