import { partsOf, restApiOf } from './apis';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const PROPERTY = 'ClientCertificateId';

/** Checks `API-BACKEND-CERTIFICATE`. */
export const apiBackendCertificate: Rule = {
  control: 'API-BACKEND-CERTIFICATE',
  check(stage, graph) {
    const api = restApiOf(stage, graph);
    const backends = api ? partsOf(api, 'AWS::ApiGateway::Method', graph).filter(({ properties }) => /^HTTP(_PROXY)?$/.test(describe(at(properties.Integration, 'Type')))) : [];
    if (!api && isUnknown(stage.properties.RestApiId)) {
      return cannotTell('UnresolvedCertificate', `the template does not tell whose stage it is: RestApiId is ${describe(stage.properties.RestApiId)}`, PROPERTY);
    }
    if (backends.length === 0) return notApplicable('no HTTP backend stands behind the stage');
    const certificate = stage.properties[PROPERTY];
    if (certificate === undefined || certificate === '') {
      return violation('NoCertificate', `${PROPERTY} is not set, and ${backends.map(({ logicalId }) => logicalId).join(', ')} call HTTP backends`, PROPERTY);
    }
    return isUnknown(certificate) ? cannotTell('UnresolvedCertificate', `${PROPERTY} is ${describe(certificate)}`, PROPERTY)
      : compliant(`the backends are shown ${describe(certificate)}`, PROPERTY);
  },
};
