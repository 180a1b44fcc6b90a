import { ADMINISTRATIVE_ACTIONS, coversAny, CRYPTOGRAPHIC_ACTIONS, keyStatements } from './key-statements';
import { isOwnRoot } from '../policy-document';
import { accountOf } from '../principal-account';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `KEY-DUTY-SPLIT`. */
export const keyDutySplit: Rule = {
  control: 'KEY-DUTY-SPLIT',
  check(key, graph) {
    const account = accountOf(key, graph);
    const allows = keyStatements(key).filter(({ effect }) => effect !== 'Deny');
    const holders = (actions: readonly string[]) => new Set(allows.filter((allow) => allow.effect === 'Allow' && coversAny(allow, actions))
      .flatMap((allow) => (allow.notPrincipal ? ['everyone else'] : allow.principals
        .filter((principal) => principal.kind !== 'service' && !isOwnRoot(principal, account)).map(({ value }) => describe(value)))));
    const users = holders(CRYPTOGRAPHIC_ACTIONS);
    const both = [...holders(ADMINISTRATIVE_ACTIONS)].filter((holder) => users.has(holder));
    const found = [
      ...both.map((holder) => violation(`Both::${holder}`, `${holder} may both administer and use the key`, 'KeyPolicy')),
      ...allows.filter(({ partial }) => partial)
        .map(({ path }) => cannotTell('UnresolvedPolicy', 'the template does not tell who may do what', path)),
    ];
    return found.length > 0 ? found : compliant('no principal both administers and uses the key', 'KeyPolicy');
  },
};
