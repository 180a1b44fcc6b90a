import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, truth, Unresolved, Value } from '../values';

const PROPERTY = 'DisableExecuteApiEndpoint';

/** Checks `API-DEFAULT-ENDPOINT`. */
export const apiDefaultEndpoint: Rule = {
  control: 'API-DEFAULT-ENDPOINT',
  check(api, graph) {
    const mapped = mappedApis(graph);
    const own = mapped.filter(({ id }) => graph.find(id, api.type) === api);
    const untold = mapped.find(({ id }) => isUnknown(id));
    if (own.length === 0 && !untold) return notApplicable('no domain leads to the API');

    const disabled = truth(api.properties[PROPERTY]);
    if (disabled === true) return compliant(`${PROPERTY} is true, so that ${describe(own[0]?.domain ?? untold?.domain)} is the only name`, PROPERTY);
    if (disabled instanceof Unresolved) return cannotTell('UnresolvedEndpoint', `${PROPERTY} is ${describe(disabled)}`, PROPERTY);
    if (own.length > 0) return violation('DefaultEndpointOpen', `${describe(own[0].domain)} leads to the API, and ${PROPERTY} is ${describe(disabled)}`, PROPERTY);
    return cannotTell('UnresolvedEndpoint', `${describe(untold!.domain)} may lead to the API, and ${PROPERTY} is ${describe(disabled)}`, PROPERTY);
  },
};

/** What leads from a domain to an API: mappings and routing rules. */
function mappedApis(graph: Graph): ReadonlyArray<{ readonly id: Value; readonly domain: Value }> {
  return graph.once('mapped-apis', () => [
    ...graph.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2', 'AWS::ApiGatewayV2::ApiMapping').map(mapping),
    ...graph.ofType('AWS::ApiGatewayV2::RoutingRule').flatMap(({ properties }) =>
      listOf(properties.Actions).map((action) => ({ id: isUnknown(action) ? action : at(action, 'InvokeApi.ApiId'), domain: properties.DomainNameArn }))),
  ]);
}

function mapping({ properties }: Resource): { readonly id: Value; readonly domain: Value } {
  return { id: properties.RestApiId ?? properties.ApiId, domain: properties.DomainName ?? properties.DomainNameArn };
}
