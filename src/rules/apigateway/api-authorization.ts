import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, listOf } from '../values';

/** Checks `API-AUTHORIZATION`. */
export const apiAuthorization: Rule = {
  control: 'API-AUTHORIZATION',
  check(operation, graph) {
    const { AuthorizationType: authorization, AuthorizerId, AuthorizationScopes, HttpMethod, RouteKey } = operation.properties;
    if (/^OPTIONS\b/.test(describe(HttpMethod ?? RouteKey))) return notApplicable('a browser asks for CORS without credentials');
    if (isOnOpenSocket(operation, graph)) return notApplicable('a web socket is authorized once, when it connects');
    if (authorization === undefined || authorization === 'NONE') return violation('NoAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
    if (isUnknown(authorization)) return cannotTell('UnresolvedAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
    const scopes = listOf(AuthorizationScopes).map(describe).join(' or ');
    const settings = [...(AuthorizerId === undefined ? [] : [`by ${describe(AuthorizerId)}`]), ...(scopes === '' ? [] : [`for ${scopes}`])];
    return compliant([`${describe(HttpMethod ?? RouteKey)} is authorized by ${describe(authorization)}`, ...settings].join(', '), 'AuthorizationType');
  },
};

/** Whether a route of a web socket comes after `$connect`, which is the only one that can have an authorizer. */
function isOnOpenSocket({ type, properties }: Resource, graph: Graph): boolean {
  if (type !== 'AWS::ApiGatewayV2::Route' || properties.RouteKey === '$connect') return false;
  return graph.find(properties.ApiId, 'AWS::ApiGatewayV2::Api')?.properties.ProtocolType === 'WEBSOCKET';
}
