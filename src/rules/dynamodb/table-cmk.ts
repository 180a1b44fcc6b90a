import { settingsOf } from './replicas';
import { keyKind } from '../keys';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

/** Checks `TABLE-CMK`. */
export const tableCmk: Rule = {
  control: 'TABLE-CMK',
  check(table, graph) {
    const enabled = truth(at(table.properties, 'SSESpecification.SSEEnabled'));
    if (enabled instanceof Unresolved) return cannotTell('UnresolvedKey', `SSEEnabled is ${describe(enabled)}`, 'SSESpecification.SSEEnabled');
    if (!enabled) return violation('AwsOwnedKey', 'SSESpecification.SSEEnabled is not true', 'SSESpecification.SSEEnabled');
    return settingsOf(table, 'SSESpecification.KMSMasterKeyId').map(({ value, property }) => {
      switch (keyKind(value, graph)) {
        case 'none': return violation('AwsManagedKey', 'KMSMasterKeyId is not set', property);
        case 'aws-managed': return violation('AwsManagedKey', `KMSMasterKeyId is ${describe(value)}`, property);
        case 'unknown': return cannotTell('UnresolvedKey', `KMSMasterKeyId is ${describe(value)}`, property);
        default: return compliant(`encrypted with ${describe(value)}`, property);
      }
    });
  },
};
