import { arnOf } from './arns';
import { outcomeOf } from './edges';
import { keyOf } from './encryption';
import { mayServiceCallBy, mayServiceUseKey, producer } from './services';
import { notApplicable, Rule } from '../rule';

/** Checks `DELIVERY-TRAIL-KEY`. */
export const deliveryTrailKey: Rule = {
  control: 'DELIVERY-TRAIL-KEY',
  check(trail, graph) {
    const key = keyOf(trail.properties.KMSKeyId, trail, graph);
    if (key.kind === 'none') return notApplicable('the trail names no key');
    const by = producer('cloudtrail.amazonaws.com', trail, graph);
    const encrypts = outcomeOf(mayServiceUseKey(by, ['kms:GenerateDataKey'], trail, graph), 'KeyDenies', trail, 'KMSKeyId');
    // Only what encrypts has an encryption context (AWS KMS Developer Guide, "Encryption context").
    return key.kind !== 'key' ? encrypts : [
      encrypts,
      outcomeOf(mayServiceCallBy(key.statements, false, by, ['kms:DescribeKey'], arnOf(key.key, graph), graph), 'KeyDenies', trail, 'KMSKeyId'),
    ];
  },
};
