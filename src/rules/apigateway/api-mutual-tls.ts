import { MUTUAL_TLS_TAG } from '../../compliance';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Value } from '../values';

const PROPERTY = 'MutualTlsAuthentication';

/** Checks `API-MUTUAL-TLS`. */
export const apiMutualTls: Rule = {
  control: 'API-MUTUAL-TLS',
  check(domain) {
    const mutual = domain.properties[PROPERTY];
    if (isUnknown(mutual)) return cannotTell('UnresolvedTrustStore', `${PROPERTY} is ${describe(mutual)}`, PROPERTY);
    if (mutual === undefined) {
      const [wish] = [tagOf(domain.properties.Tags), ownershipCertificateOf(domain)].filter((value) => value !== undefined);
      if (wish === undefined) return notApplicable('nothing says that the domain is meant to have mutual TLS');
      return isUnknown(wish) ? cannotTell('UnresolvedTrustStore', 'the template does not tell whether mutual TLS is needed', PROPERTY)
        : violation('NoTrustStore', `${PROPERTY} is not set, although the domain is meant to have mutual TLS`, PROPERTY);
    }
    const [store, version] = [at(mutual, 'TruststoreUri'), at(mutual, 'TruststoreVersion')];
    if (store === undefined || store === '') return violation('NoTrustStore', 'TruststoreUri is not set', `${PROPERTY}.TruststoreUri`);
    if (isUnknown(store)) return cannotTell('UnresolvedTrustStore', `TruststoreUri is ${describe(store)}`, `${PROPERTY}.TruststoreUri`);
    if (version === undefined || version === '') return violation('NotPinned', `TruststoreVersion of ${describe(store)} is not set`, `${PROPERTY}.TruststoreVersion`);
    if (isUnknown(version)) return cannotTell('UnresolvedTrustStore', `TruststoreVersion is ${describe(version)}`, `${PROPERTY}.TruststoreVersion`);
    return compliant(`client certificates are checked against ${describe(store)}, version ${describe(version)}`, PROPERTY);
  },
};

/** The tag's value where it asks for mutual TLS or is not told; a list of tags in the first version, a map in the second. */
function tagOf(tags: Value): Value {
  const value = isMap(tags) ? tags[MUTUAL_TLS_TAG]
    : isUnknown(tags) ? tags : at(listOf(tags).find((tag) => at(tag, 'Key') === MUTUAL_TLS_TAG), 'Value');
  return value === 'required' || isUnknown(value) ? value : undefined;
}

/** Only a domain with mutual TLS needs to prove who owns it by a second certificate. */
function ownershipCertificateOf({ properties }: Resource): Value {
  return [properties, ...listOf(properties.DomainNameConfigurations)].map((place) => at(place, 'OwnershipVerificationCertificateArn'))
    .find((value) => value !== undefined);
}
