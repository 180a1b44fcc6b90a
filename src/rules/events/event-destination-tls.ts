import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe } from '../values';

const PROPERTY = 'InvocationEndpoint';

/** A value that only deployment tells: what is not literal, and a dynamic reference. */
const UNTOLD = /^(\$\{|\{\{resolve:)/;

/** Checks `EVENT-DESTINATION-TLS`. A text whose first part is literal tells the scheme. */
export const eventDestinationTls: Rule = {
  control: 'EVENT-DESTINATION-TLS',
  check({ properties }) {
    const endpoint = describe(properties[PROPERTY]);
    if (/^https:\/\//i.test(endpoint)) return compliant(`events go to ${endpoint}`, PROPERTY);
    return UNTOLD.test(endpoint) ? cannotTell('UnresolvedEndpoint', `${PROPERTY} is ${endpoint}`, PROPERTY)
      : violation('PlainHttp', `${PROPERTY} is ${endpoint}`, PROPERTY);
  },
};
