import { coversAny, judgeKeyAllows, USE_ACTIONS } from './key-statements';
import { belongingOf } from '../principal-account';
import { cannotTell, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `KEY-FOREIGN-ACCOUNT`. */
export const keyForeignAccount: Rule = {
  control: 'KEY-FOREIGN-ACCOUNT',
  check(key, graph) {
    return judgeKeyAllows(key, (allow) => {
      const uses = coversAny(allow, USE_ACTIONS);
      if (!uses && !allow.partial) return [];
      return allow.principals.filter(({ kind }) => kind === 'aws' || kind === 'unknown').flatMap((principal) => {
        const name = describe(principal.value);
        const belonging = belongingOf(principal, key, graph);
        if (belonging === 'own') return [];
        return [belonging === 'foreign' && uses
          ? violation(`Foreign::${name}`, `${name} of another account may use the key`, allow.path)
          : cannotTell(`Foreign::${name}`, `the template does not tell whether ${name} of another account may use the key`, allow.path)];
      });
    });
  },
};
