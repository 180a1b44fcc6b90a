import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

/** Checks `KEY-MULTI-REGION`. */
export const keyMultiRegion: Rule = {
  control: 'KEY-MULTI-REGION',
  check(key) {
    const multi = truth(key.properties.MultiRegion);
    if (multi instanceof Unresolved) return cannotTell('UnresolvedRegions', `MultiRegion is ${describe(multi)}`, 'MultiRegion');
    return multi ? violation('MultiRegion', 'MultiRegion is true', 'MultiRegion') : compliant('the key stays in its Region', 'MultiRegion');
  },
};
