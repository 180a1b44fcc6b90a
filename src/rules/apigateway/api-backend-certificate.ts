import { partsOf, restApiOf } from './apis';
import { importedBy } from './imported';
import { checkStage } from './stages';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

const PROPERTY = 'ClientCertificateId';

/** Checks `API-BACKEND-CERTIFICATE`. */
export const apiBackendCertificate: Rule = {
  control: 'API-BACKEND-CERTIFICATE',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const api = restApiOf(stage, graph);
  if (!api && isUnknown(stage.properties.RestApiId)) {
    return cannotTell('UnresolvedCertificate', `the template does not tell whose stage it is: RestApiId is ${describe(stage.properties.RestApiId)}`, PROPERTY);
  }
  const { backends, unread } = backendsOf(api, graph);
  if (backends.length === 0 && unread === undefined) return notApplicable('no HTTP backend stands behind the stage');
  const certificate = stage.properties[PROPERTY];
  if (certificate === undefined || certificate === '') {
    return backends.length === 0 ? cannotTell('UnreadBody', `${PROPERTY} is not set, and what the API has by ${unread} is not in the template`, PROPERTY)
      : violation('NoCertificate', `${PROPERTY} is not set, and ${backends.map(({ logicalId }) => logicalId).join(', ')} call HTTP backends`, PROPERTY);
  }
  return isUnknown(certificate) ? cannotTell('UnresolvedCertificate', `${PROPERTY} is ${describe(certificate)}`, PROPERTY)
    : compliant(`the backends are shown ${describe(certificate)}`, PROPERTY);
}

/** The methods of an API that call HTTP backends, and the property by which it has others that the template does not tell. */
function backendsOf(api: Resource | undefined, graph: Graph): { readonly backends: readonly Resource[]; readonly unread?: string } {
  if (!api) return { backends: [] };
  const { methods, unread } = importedBy(api);
  const all = [...partsOf(api, 'AWS::ApiGateway::Method', graph), ...methods.map(({ method }) => method)];
  const backends = all.filter(({ properties }) => /^HTTP(_PROXY)?$/.test(describe(at(properties.Integration, 'Type'))));
  return { backends, ...(unread.length > 0 && { unread: unread[0].property }) };
}
