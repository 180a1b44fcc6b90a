import { parameterNamesOf } from './imported-bodies';
import { Definition, definitionOf, follow, member, Operation, within } from './openapi';
import { asksForKey, Demand, demandOf, schemesOf } from './openapi-security';
import { Resource } from '../graph';
import { cannotTell, notApplicable, Outcome } from '../rule';
import { describe, isMap, Reference, Value, ValueMap } from '../values';

/** A method as `AWS::ApiGateway::Method` would have it, of an operation of an OpenAPI document, so that the same checks judge both. */
export interface ImportedMethod extends Resource {
  readonly path: string;
}

/** An operation of the document of an API, and what API Gateway makes of it. */
export interface Imported {
  readonly operation: Operation;
  readonly document: Value;
  readonly demand: Demand;
  readonly method: ImportedMethod;
}

/** Types of the resources that a document can describe the methods of. */
const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/** Members of an integration as a resource names them, and as the x-amazon-apigateway-integration object does. */
const INTEGRATION: Readonly<Record<string, string>> = {
  ConnectionType: 'connectionType', Credentials: 'credentials', RequestTemplates: 'requestTemplates', Uri: 'uri',
};

export function isApi({ type }: Resource): boolean {
  return APIS.includes(type);
}

/** The methods that an API has by its document, and the places where the template does not tell them. */
export function importedBy(api: Resource): { readonly methods: readonly Imported[]; readonly unread: Definition['unread'] } {
  const { document, operations, unread } = definitionOf(api);
  return { methods: operations.map((operation) => importedMethod(api, document, operation)), unread };
}

/**
 * Judges each operation of the document of an API, and reports what of it cannot be read.
 *
 * Messages begin with the operation; a property outside of it becomes the operation's own.
 */
export function judgeOperations(api: Resource, judge: (imported: Imported) => Outcome | readonly Outcome[]): readonly Outcome[] {
  const { methods, unread } = importedBy(api);
  const outcomes = [...unreadOutcomes(unread), ...methods.flatMap((imported) => {
    const { path, property, verb } = imported.operation;
    return listOfOutcomes(judge(imported)).map((outcome) => placed(outcome, `${verb} ${path}`, property));
  })];
  return outcomes.length > 0 ? outcomes : [notApplicable('no document describes methods of the API')];
}

/** Judges each authorizer that the document of a REST API defines, as if it were an `AWS::ApiGateway::Authorizer`. */
export function judgeAuthorizers(api: Resource, judge: (authorizer: Resource) => Outcome | readonly Outcome[]): readonly Outcome[] {
  const { document, unread } = definitionOf(api);
  const outcomes = [...unreadOutcomes(unread), ...schemesOf(document).flatMap(({ name, property, scheme }) => {
    const authorizer = member(scheme, 'x-amazon-apigateway-authorizer');
    if (authorizer === undefined) return [];
    return listOfOutcomes(judge(importedAuthorizer(api, name, scheme, authorizer))).map((outcome) => placed(outcome, name, property));
  })];
  return outcomes.length > 0 ? outcomes : [notApplicable('no document defines authorizers of the API')];
}

/** A copy of outcomes with the place of what they are about. */
function placed(outcome: Outcome, label: string, property: string): Outcome {
  const own = 'property' in outcome && outcome.property?.startsWith(property) ? outcome.property : property;
  switch (outcome.kind) {
    case 'compliant': return { ...outcome, evidence: `${label}: ${outcome.evidence}`, property: own };
    case 'not-applicable': return { ...outcome, because: `${label}: ${outcome.because}` };
    default: return { ...outcome, message: `${label}: ${outcome.message}`, property: own };
  }
}

function listOfOutcomes(outcomes: Outcome | readonly Outcome[]): readonly Outcome[] {
  return Array.isArray(outcomes) ? outcomes as readonly Outcome[] : [outcomes as Outcome];
}

function unreadOutcomes(unread: Definition['unread']): readonly Outcome[] {
  return unread.map(({ property, text }) => cannotTell('UnreadBody', `what the API has by ${property} is not in the template: ${text}`, property));
}

function importedMethod(api: Resource, document: Value, operation: Operation): Imported {
  const demand = demandOf(operation, document);
  const method: ImportedMethod = {
    ...virtual(api, 'AWS::ApiGateway::Method', `${operation.verb} ${operation.path}`),
    path: operation.path,
    properties: {
      RestApiId: new Reference(api),
      HttpMethod: operation.verb,
      ApiKeyRequired: asksForKey(operation, document),
      AuthorizationType: demand.type,
      AuthorizationScopes: demand.scopes,
      Integration: integrationOf(operation, document),
      RequestParameters: Object.fromEntries(parameterNamesOf(operation, document).map((name) => [name, true])),
    },
  };
  return { operation, document, demand, method };
}

function importedAuthorizer(api: Resource, name: string, scheme: Value, authorizer: Value): Resource {
  const [type, source] = ['type', 'identitySource'].map((key) => member(authorizer, key));
  // A TOKEN authorizer reads the header of its scheme.
  const header = member(scheme, 'in') === 'header' ? `method.request.header.${describe(member(scheme, 'name'))}` : undefined;
  return {
    ...virtual(api, 'AWS::ApiGateway::Authorizer', name),
    properties: {
      RestApiId: new Reference(api),
      Type: typeof type === 'string' ? type.toUpperCase() : type,
      AuthorizerCredentials: member(authorizer, 'authorizerCredentials'),
      AuthorizerResultTtlInSeconds: member(authorizer, 'authorizerResultTtlInSeconds'),
      AuthorizerUri: member(authorizer, 'authorizerUri'),
      IdentitySource: source ?? (describe(type).toLowerCase() === 'request' ? undefined : header),
    },
  };
}

function virtual(api: Resource, type: string, name: string): Omit<Resource, 'properties'> {
  return { template: api.template, logicalId: `${api.logicalId} ${name}`, type, metadata: {}, ...(api.constructPath !== undefined && { constructPath: api.constructPath }) };
}

/** The integration, which an HTTP API may keep among its components (x-amazon-apigateway-integrations object). */
function integrationOf({ value }: Operation, document: Value): Value {
  const stated = follow(document, member(value, 'x-amazon-apigateway-integration'));
  if (!isMap(stated)) return stated;
  const [type, passthrough] = ['type', 'passthroughBehavior'].map((key) => member(stated, key)).map((text) => (typeof text === 'string' ? text.toUpperCase() : text));
  const [skips, server] = ['insecureSkipVerification', 'serverNameToVerify'].map((key) => within(stated, 'tlsConfig', key));
  const same: ValueMap = Object.fromEntries(Object.entries(INTEGRATION).map(([property, key]) => [property, member(stated, key)]));
  return { ...same, Type: type, PassthroughBehavior: passthrough, TlsConfig: { InsecureSkipVerification: skips, ServerNameToVerify: server } };
}
