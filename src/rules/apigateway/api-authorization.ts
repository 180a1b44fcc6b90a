import { asksWho } from './authorization-types';
import { Imported, isApi, judgeOperations } from './imported';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, listOf } from '../values';
import { receiverBehind } from '../webhooks/receivers';

/** Checks `API-AUTHORIZATION`. */
export const apiAuthorization: Rule = {
  control: 'API-AUTHORIZATION',
  check(operation, graph) {
    return isApi(operation) ? judgeOperations(operation, checkImported) : checkMethod(operation, graph);
  },
};

const CORS = 'a browser asks for CORS without credentials';

function checkImported({ demand: { kind, scheme, scopes, type, why }, operation: { verb } }: Imported): Outcome {
  if (verb === 'OPTIONS') return notApplicable(CORS);
  const by = [...(scheme === undefined ? [] : [`by ${scheme}`]), ...(scopes.length === 0 ? [] : [`for ${scopes.map(describe).join(' or ')}`])];
  switch (kind) {
    case 'none': return violation('NoAuthorization', why);
    case 'untold': return cannotTell('UnresolvedAuthorization', why);
    // "API Gateway doesn't support the API level security field. You have to apply it per method" (an engineer of AWS, at the public
    // repository of the importer, aws-apigateway-importer, issue 204); the developer guide says nothing of it.
    case 'document': return cannotTell('DocumentSecurity', `only the document as a whole asks for ${scheme}`);
    case 'asked': return compliant([`authorized by ${describe(type)}`, ...by].join(', '));
  }
}

function checkMethod(operation: Resource, graph: Graph): Outcome {
  const { AuthorizationType: authorization, AuthorizerId, AuthorizationScopes, HttpMethod, RouteKey } = operation.properties;
  if (/^OPTIONS\b/.test(describe(HttpMethod ?? RouteKey))) return notApplicable(CORS);
  if (isOnOpenSocket(operation, graph)) return notApplicable('a web socket is authorized once, when it connects');
  const asks = asksWho(authorization);
  if (asks === false) {
    const receiver = receiverBehind(operation, graph);
    return receiver ? notApplicable(`${receiver.logicalId} verifies who signed the request, which WEBHOOK-SIGNATURE checks`)
      : violation('NoAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
  }
  if (!asks) return cannotTell('UnresolvedAuthorization', `AuthorizationType is ${describe(authorization)}`, 'AuthorizationType');
  const scopes = listOf(AuthorizationScopes).map(describe).join(' or ');
  const settings = [...(AuthorizerId === undefined ? [] : [`by ${describe(AuthorizerId)}`]), ...(scopes === '' ? [] : [`for ${scopes}`])];
  return compliant([`${describe(HttpMethod ?? RouteKey)} is authorized by ${describe(authorization)}`, ...settings].join(', '), 'AuthorizationType');
}

/** Whether a route of a web socket comes after `$connect`, which is the only one that can have an authorizer. */
function isOnOpenSocket({ type, properties }: Resource, graph: Graph): boolean {
  if (type !== 'AWS::ApiGatewayV2::Route' || properties.RouteKey === '$connect') return false;
  return graph.find(properties.ApiId, 'AWS::ApiGatewayV2::Api')?.properties.ProtocolType === 'WEBSOCKET';
}
