import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, listOf, Text, Value } from '../values';

/** Properties that name an address to which a browser is sent. */
const PROPERTIES = ['CallbackURLs', 'DefaultRedirectURI', 'LogoutURLs'];

/** RFC 8252, 7.3: an address of the device itself; Amazon Cognito takes http for these alone. */
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** RFC 8252, 7.1: a scheme that only the owner of the domain may claim has a period. */
const PRIVATE_SCHEME = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/i;

const HTTPS = /^https:\/\/./i;

/** Checks `COGNITO-CLIENT-REDIRECT`. */
export const cognitoClientRedirect: Rule = {
  control: 'COGNITO-CLIENT-REDIRECT',
  check({ properties }) {
    const addresses = PROPERTIES.flatMap((property) => listOf(properties[property]).map((address) => ({ property, address })));
    if (addresses.length === 0) return notApplicable('the client sends no browser back');
    const found = addresses.flatMap(({ property, address }) => judge(address, property));
    return found.length > 0 ? found : compliant([...new Set(addresses.map(({ address }) => describe(address)))].join(', '), 'CallbackURLs');
  },
};

function judge(address: Value, property: string): Outcome[] {
  const text = describe(address);
  // The rest may be put together at deployment, as long as the template tells the scheme and, but for https, the host.
  const told = address instanceof Text ? address.parts[0] : address;
  if (typeof told !== 'string' || !/^[^:]+:/.test(told) || (address instanceof Text && /^http:\/\/[^/]*$/i.test(told))) {
    return [cannotTell('UnresolvedAddress', `${property} has ${text}`, property)];
  }
  if (/^https:\/\/example\.com\/?$/i.test(text)) return [violation(`Placeholder::${text}`, `${text} is a placeholder of the CDK`, property)];
  return HTTPS.test(text) || LOOPBACK.test(text) || PRIVATE_SCHEME.test(text) ? [] : [violation(`Insecure::${text}`, `${text} can be read by others`, property)];
}
