import { keyKind } from '../keys';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `TOPIC-CMK`. */
export const topicCmk: Rule = {
  control: 'TOPIC-CMK',
  check(topic, graph) {
    const key = topic.properties.KmsMasterKeyId;
    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KmsMasterKeyId is not set', 'KmsMasterKeyId');
      case 'aws-managed': return violation('AwsManagedKey', `KmsMasterKeyId is ${describe(key)}`, 'KmsMasterKeyId');
      case 'unknown': return cannotTell('UnresolvedKey', `KmsMasterKeyId is ${describe(key)}`, 'KmsMasterKeyId');
      default: return compliant(`encrypted with ${describe(key)}`, 'KmsMasterKeyId');
    }
  },
};
