import { keyKind } from '../keys';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `TRAIL-CMK`. An alias means a key of the trail's own account, unlike in a bucket's encryption. */
export const trailCmk: Rule = {
  control: 'TRAIL-CMK',
  check(trail, graph) {
    const key = trail.properties.KMSKeyId;
    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KMSKeyId is not set', 'KMSKeyId');
      case 'aws-managed': return violation('AwsManagedKey', `KMSKeyId is ${describe(key)}`, 'KMSKeyId');
      case 'unknown': return cannotTell('UnresolvedKey', `KMSKeyId is ${describe(key)}`, 'KMSKeyId');
      default: return compliant(`encrypted with ${describe(key)}`, 'KMSKeyId');
    }
  },
};
