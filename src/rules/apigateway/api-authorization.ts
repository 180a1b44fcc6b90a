import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

/** Checks `API-AUTHORIZATION`. */
export const apiAuthorization: Rule = {
  control: 'API-AUTHORIZATION',
  check(operation, graph) {
    const { AuthorizationType: authorization, HttpMethod, RouteKey } = operation.properties;
    if (/^OPTIONS\b/.test(describe(HttpMethod ?? RouteKey))) return notApplicable('a browser asks for CORS without credentials');
    if (isOnOpenSocket(operation, graph)) return notApplicable('a web socket is authorized once, when it connects');
    if (authorization === undefined || authorization === 'NONE') return violation('NoAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
    return isUnknown(authorization) ? cannotTell('UnresolvedAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType')
      : compliant(`AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
  },
};

/** Whether a route of a web socket comes after `$connect`, which is the only one that can have an authorizer. */
function isOnOpenSocket({ type, properties }: Resource, graph: Graph): boolean {
  if (type !== 'AWS::ApiGatewayV2::Route' || properties.RouteKey === '$connect') return false;
  return graph.find(properties.ApiId, 'AWS::ApiGatewayV2::Api')?.properties.ProtocolType === 'WEBSOCKET';
}
