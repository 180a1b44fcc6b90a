import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const PROPERTY = 'SecurityPolicy';

/** Policies that begin at TLS 1.2: the old name, and the enhanced ones, whose names begin with the newest version that they offer. */
const MODERN = /^(TLS_1_2|SecurityPolicy_TLS12_(2018|PFS_2025)_EDGE|SecurityPolicy_TLS13_(1_[23]_\w+|2025_EDGE))$/;

/** Checks `API-TLS`. */
export const apiTls: Rule = {
  control: 'API-TLS',
  check({ properties }) {
    const policy = properties[PROPERTY];
    if (policy === undefined) return violation('NotStated', `${PROPERTY} is not set`, PROPERTY);
    if (policy === 'TLS_1_0') return violation('OldTls', `${PROPERTY} is TLS_1_0`, PROPERTY);
    if (typeof policy === 'string' && MODERN.test(policy)) return compliant(`${PROPERTY} is ${policy}, which begins at TLS ${floorOf(policy)}`, PROPERTY);
    return isUnknown(policy) ? cannotTell('UnresolvedPolicy', `${PROPERTY} is ${describe(policy)}`, PROPERTY)
      : cannotTell('UnknownPolicy', `${PROPERTY} is ${describe(policy)}, of which nothing is known`, PROPERTY);
  },
};

/** The oldest version that a modern policy accepts; `TLS13_1_3` and `TLS13_2025_EDGE` take nothing older than 1.3. */
function floorOf(policy: string): string {
  return /TLS13_(1_3_|2025_EDGE)/.test(policy) ? '1.3' : '1.2';
}
