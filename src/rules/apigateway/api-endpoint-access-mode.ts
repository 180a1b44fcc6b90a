import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

const PROPERTY = 'EndpointAccessMode';

/** Checks `API-ENDPOINT-ACCESS-MODE`. */
export const apiEndpointAccessMode: Rule = {
  control: 'API-ENDPOINT-ACCESS-MODE',
  check({ properties }) {
    const { SecurityPolicy: policy, [PROPERTY]: mode } = properties;
    if (!isUnknown(policy) && !describe(policy).startsWith('SecurityPolicy_')) return notApplicable('only an enhanced security policy has an endpoint access mode');
    if (mode === 'STRICT') return compliant(`${PROPERTY} is STRICT, SecurityPolicy is ${describe(policy)}`, PROPERTY);
    if (isUnknown(mode)) return cannotTell('UnresolvedMode', `${PROPERTY} is ${describe(mode)}`, PROPERTY);
    return isUnknown(policy) ? cannotTell('UnresolvedMode', `SecurityPolicy is ${describe(policy)}, ${PROPERTY} is ${describe(mode)}`, PROPERTY)
      : violation('NotStrict', `${PROPERTY} is ${describe(mode)}, SecurityPolicy is ${describe(policy)}`, PROPERTY);
  },
};
