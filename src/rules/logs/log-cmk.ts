import { keyKind } from '../keys';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `LOG-CMK`. */
export const logCmk: Rule = {
  control: 'LOG-CMK',
  check(group, graph) {
    const key = group.properties.KmsKeyId;
    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KmsKeyId is not set', 'KmsKeyId');
      case 'customer': return compliant(`encrypted with ${describe(key)}`, 'KmsKeyId');
      case 'unknown': return cannotTell('UnresolvedKey', `KmsKeyId is ${describe(key)}`, 'KmsKeyId');
      default: return violation('AliasKey', `KmsKeyId is ${describe(key)}`, 'KmsKeyId');
    }
  },
};
