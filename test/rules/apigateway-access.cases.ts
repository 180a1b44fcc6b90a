import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });

const authorizer = (properties: object): Template => template({ Authorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { Name: 'callers', ...properties } } });
const BY_ROUTE = 'method.request.header.Authorization, context.httpMethod,context.resourcePath';

const method = (properties: object): Template => template({ Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', ...properties } } });
const CLOSED = { type: 'object', additionalProperties: false, properties: { id: { type: 'string', maxLength: 36 }, lines: { type: 'array', maxItems: 9, items: { type: 'integer' } } } };
const modelled = (schema: unknown, properties: object = {}): Template => template({
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Model: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: { Ref: 'Api' }, ContentType: 'application/json', Name: 'Order', Schema: schema } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'POST', RequestModels: { $default: { Ref: 'Model' } }, Integration: { Type: 'AWS_PROXY' }, ...properties },
  },
});
const json = (integration: object): object => ({ RequestModels: { 'application/json': { Ref: 'Model' } }, Integration: integration });
const MAPPED = { 'application/json': '{}' };

const ENDPOINT = { Ref: 'Endpoint' };
const privateApi = (...statements: object[]): Template => template({
  Endpoint: { Type: 'AWS::EC2::VPCEndpoint' },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: { Statement: statements } } },
});
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const deny = (operator: string, values: unknown, more: object = {}): object =>
  ({ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { [operator]: { 'aws:SourceVpce': values } }, ...more });
const allowFrom = (operator: string, values: unknown): object => ({ ...ALLOW, Condition: { [operator]: { 'aws:SourceVpc': values } } });

const route = (properties: object): Template => template({ Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'POST /orders', ...properties } } });

/** An API that is imported from a document with one operation. */
const imported = (operation: unknown, document: object = {}, verb = 'post', type = 'AWS::ApiGateway::RestApi'): Template =>
  template({ Api: { Type: type, Properties: { Body: { openapi: '3.0.1', paths: { '/orders': { [verb]: operation } }, ...document } } } });
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const IN_BUCKET = { BodyS3Location: { Bucket: 'definitions', Key: 'orders.json' } };
const unread = (properties: object, type = 'AWS::ApiGateway::RestApi'): Template => template({ Api: { Type: type, Properties: properties } });
const PROXY = { 'x-amazon-apigateway-integration': { type: 'aws_proxy' } };
const described = (schema: unknown, more: object = {}): object => ({ requestBody: { content: { $default: { schema } } }, ...PROXY, ...more });
const SCHEMAS = { components: { schemas: { Order: { ...CLOSED, properties: { ...CLOSED.properties, next: { $ref: '#/components/schemas/Order' } } }, Open: { type: 'object' } } } };
const pool = (scopes: unknown): object => ({ security: [{ pool: scopes }] });
const POOL = { components: { securitySchemes: { pool: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } } } } };
const ISSUER = { components: { securitySchemes: { pool: { 'type': 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } } } } };

/** Examples of who may call an API, and with what. */
export const APIGATEWAY_ACCESS_CASES: readonly ControlCase[] = [
  {
    control: 'API-AUTHORIZER-CACHE',
    passing: {
      'by credential and route': authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: BY_ROUTE }),
      'by the id of the resource': authorizer({
        Type: 'REQUEST', AuthorizerResultTtlInSeconds: '300', IdentitySource: 'method.request.querystring.key,context.httpMethod,context.resourceId',
      }),
      'no reuse': authorizer({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization' }),
      'a user pool': authorizer({ Type: 'COGNITO_USER_POOLS', AuthorizerResultTtlInSeconds: 300, IdentitySource: 'method.request.header.Authorization' }),
    },
    failing: [
      { finding: 'NotStated', template: authorizer({ Type: 'REQUEST', IdentitySource: BY_ROUTE }) },
      { finding: 'NotStated', template: authorizer({ Type: 'COGNITO_USER_POOLS' }) },
      { finding: 'TooLong', template: authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 301, IdentitySource: BY_ROUTE }) },
      { finding: 'NoCredential', template: authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'context.httpMethod,context.resourcePath' }) },
      { finding: 'NoCredential', template: authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'context.identity.sourceIp' }) },
      { finding: 'SharedAcrossRoutes', template: authorizer({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.Authorization' }) },
      { finding: 'SharedAcrossRoutes', template: authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: 'method.request.header.Authorization,context.path' }) },
      { finding: 'UnresolvedCache', template: authorizer({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: PARAMETER }) },
      { finding: 'UnresolvedCache', template: authorizer({ Type: 'REQUEST', AuthorizerResultTtlInSeconds: 60, IdentitySource: PARAMETER }) },
      { finding: 'UnresolvedCache', template: authorizer({ Type: PARAMETER, AuthorizerResultTtlInSeconds: 60, IdentitySource: BY_ROUTE }) },
      { finding: 'UnreadBody', template: unread(IN_BUCKET) },
    ],
    mutations: [
      { name: 'an hour', finding: 'TooLong', mutate: (t) => { t.Resources.Authorizer.Properties.AuthorizerResultTtlInSeconds = 3600; } },
      { name: 'say nothing', finding: 'NotStated', mutate: (t) => delete t.Resources.Authorizer.Properties.AuthorizerResultTtlInSeconds },
      { name: 'the same for every method', finding: 'SharedAcrossRoutes', mutate: (t) => { t.Resources.Authorizer.Properties.IdentitySource = 'method.request.header.Authorization'; } },
      { name: 'the same for every caller', finding: 'NoCredential', mutate: (t) => { t.Resources.Authorizer.Properties.IdentitySource = 'context.httpMethod,context.resourcePath'; } },
    ],
  },
  {
    control: 'API-BODY-SCHEMA',
    passing: {
      'every content type': modelled(CLOSED),
      'as JSON text': modelled(JSON.stringify(CLOSED)),
      'by its name': modelled(CLOSED, { RequestModels: { $default: 'Order' } }),
      'others refused': modelled(CLOSED, json({ Type: 'AWS', PassthroughBehavior: 'NEVER', RequestTemplates: MAPPED })),
      'others refused, as there is a template': modelled(CLOSED, json({ Type: 'HTTP', PassthroughBehavior: 'WHEN_NO_TEMPLATES', RequestTemplates: MAPPED })),
      'a document': imported(described({ $ref: '#/components/schemas/Order' }), SCHEMAS),
      'a document of version 2': imported({ parameters: [{ in: 'body', schema: { $ref: '#/definitions/Order' } }], ...PROXY }, { definitions: { Order: CLOSED }, consumes: ['$default'] }),
      'parts of a whole': modelled({ allOf: [{ type: 'object', properties: { id: { type: 'string', enum: ['a'] } } }], additionalProperties: { type: 'number' } }),
    },
    failing: [
      { finding: 'NoModel', template: method({ Integration: { Type: 'AWS_PROXY' } }) },
      { finding: 'NoModel', template: method({ HttpMethod: 'ANY', Integration: { Type: 'AWS_PROXY' }, RequestModels: {} }) },
      { finding: 'NoModel', template: method({ HttpMethod: 'PATCH' }) },
      { finding: 'EmptyModel', template: method({ RequestModels: { $default: 'Empty' } }) },
      { finding: 'EmptyModel', template: method({ RequestModels: { $default: 'Error' } }) },
      { finding: 'EmptyModel', template: modelled({}) },
      { finding: 'EmptyModel', template: modelled(undefined) },
      { finding: 'EmptyModel', template: modelled('{"$schema": "http://json-schema.org/draft-04/schema#", "title": "Order"}') },
      { finding: 'OtherContentTypes', template: modelled(CLOSED, json({ Type: 'AWS_PROXY', PassthroughBehavior: 'NEVER' })) },
      { finding: 'OtherContentTypes', template: modelled(CLOSED, json({ Type: 'AWS', RequestTemplates: MAPPED })) },
      { finding: 'OtherContentTypes', template: modelled(CLOSED, json({ Type: 'AWS', PassthroughBehavior: 'WHEN_NO_TEMPLATES' })) },
      { finding: 'OtherContentTypes', template: modelled(CLOSED, json({ Type: 'AWS', PassthroughBehavior: 'NEVER', RequestTemplates: { ...MAPPED, 'text/xml': '' } })) },
      { finding: 'OpenObject', template: modelled({ ...CLOSED, additionalProperties: undefined }) },
      { finding: 'OpenObject', template: modelled({ ...CLOSED, additionalProperties: true }) },
      { finding: 'OpenObject', template: modelled({ ...CLOSED, properties: { buyer: { properties: {} } } }) },
      { finding: 'Unbounded', template: modelled({ ...CLOSED, properties: { note: { type: ['string', 'null'] } } }) },
      { finding: 'Unbounded', template: modelled({ type: 'array', items: { type: 'integer' } }) },
      { finding: 'UnresolvedModel', template: method({ RequestModels: PARAMETER }) },
      { finding: 'UnresolvedModel', template: method({ RequestModels: { $default: PARAMETER } }) },
      { finding: 'UnresolvedModel', template: method({ HttpMethod: PARAMETER, RequestModels: PARAMETER }) },
      { finding: 'UnresolvedModel', template: modelled(PARAMETER) },
      { finding: 'UnresolvedModel', template: modelled({ ...CLOSED, properties: { buyer: { $ref: 'https://apigateway.amazonaws.com/restapis/a1/models/Buyer' } } }) },
      { finding: 'UnresolvedModel', template: modelled({ ...CLOSED, properties: { buyer: { type: PARAMETER } } }) },
      { finding: 'NoModel', template: imported(PROXY) },
      { finding: 'EmptyModel', template: imported(described(undefined)) },
      { finding: 'OpenObject', template: imported(described({ ...CLOSED, properties: { buyer: { $ref: '#/components/schemas/Open' } } }), SCHEMAS) },
      { finding: 'OtherContentTypes', template: imported({ requestBody: { content: { 'application/json': { schema: CLOSED } } }, ...PROXY }) },
      { finding: 'UnresolvedModel', template: imported(described({ $ref: '#/components/schemas/Missing' }), SCHEMAS) },
      { finding: 'UnresolvedModel', template: imported(described({ ...CLOSED, properties: { buyer: { $ref: '#/components/schemas/Missing' } } }), SCHEMAS) },
      { finding: 'UnresolvedModel', template: imported({ requestBody: PARAMETER, ...PROXY }) },
      { finding: 'UnresolvedModel', template: imported({ parameters: [{ $ref: '#/parameters/Missing' }], ...PROXY }) },
      { finding: 'UnreadBody', template: unread(IN_BUCKET) },
    ],
    mutations: [
      { name: 'drop the models', finding: 'NoModel', mutate: (t) => delete t.Resources.Method.Properties.RequestModels },
      {
        name: 'one content type only',
        finding: 'OtherContentTypes',
        mutate: (t) => { t.Resources.Method.Properties.RequestModels = { 'application/json': { Ref: 'Model' } }; },
      },
      { name: 'empty the model', finding: 'EmptyModel', mutate: (t) => { t.Resources.Model.Properties.Schema = {}; } },
      { name: 'open the object', finding: 'OpenObject', mutate: (t) => delete t.Resources.Model.Properties.Schema.additionalProperties },
      { name: 'a text of any length', finding: 'Unbounded', mutate: (t) => delete t.Resources.Model.Properties.Schema.properties.id.maxLength },
    ],
  },
  {
    control: 'API-PRIVATE-POLICY',
    passing: {
      'all others denied': privateApi(ALLOW, deny('StringNotEquals', ENDPOINT)),
      'allowed from a network': privateApi(allowFrom('StringEquals', ['vpc-1234'])),
      'all others denied, in the document': unread({
        EndpointConfiguration: { Types: ['PRIVATE'] }, Body: { 'x-amazon-apigateway-policy': { Statement: [ALLOW, deny('StringNotEquals', 'vpce-1')] } },
      }),
      'all others denied, as text': template({
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: JSON.stringify({ Statement: [ALLOW, deny('StringNotEqualsIfExists', 'vpce-1')] }) },
        },
      }),
    },
    failing: [
      { finding: 'NoPolicy', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] } } } }) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotLike', 'vpce-*')) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotEquals', [])) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringEquals', ENDPOINT)) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotEquals', ENDPOINT, { Action: 'execute-api:ManageConnections' })) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotEquals', ENDPOINT, { Principal: { AWS: '111122223333' } })) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotEquals', ENDPOINT, { Resource: 'execute-api:/prod/GET/orders' })) },
      { finding: 'OpenPolicy', template: privateApi(ALLOW, deny('StringNotEquals', ENDPOINT, { Condition: { StringNotEquals: { 'aws:SourceVpce': ENDPOINT, 'aws:PrincipalOrgID': 'o-1' } } })) },
      { finding: 'OpenPolicy', template: privateApi(allowFrom('StringEquals', 'vpc-1'), ALLOW) },
      { finding: 'OpenPolicy', template: privateApi(allowFrom('StringEqualsIfExists', 'vpc-1')) },
      { finding: 'UnresolvedPolicy', template: privateApi(ALLOW, deny('StringNotEquals', PARAMETER)) },
      { finding: 'UnresolvedPolicy', template: privateApi(allowFrom('StringEquals', PARAMETER)) },
      { finding: 'UnresolvedPolicy', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: PARAMETER } } }) },
      { finding: 'UnresolvedPolicy', template: template({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: [PARAMETER] } } } }) },
      { finding: 'UnresolvedPolicy', template: unread({ EndpointConfiguration: { Types: ['PRIVATE'] }, ...IN_BUCKET }) },
      { finding: 'NoPolicy', template: unread({ EndpointConfiguration: { Types: ['PRIVATE'] }, Body: { openapi: '3.0.1' } }) },
      { finding: 'NoPolicy', template: unread({ Parameters: { endpointConfigurationTypes: 'PRIVATE' } }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'NoPolicy', mutate: (t) => delete t.Resources.Api.Properties.Policy },
      { name: 'drop the Deny', finding: 'OpenPolicy', mutate: (t) => t.Resources.Api.Properties.Policy.Statement.pop() },
      { name: 'any endpoint', finding: 'OpenPolicy', mutate: (t) => { t.Resources.Api.Properties.Policy.Statement[1].Condition.StringNotEquals['aws:SourceVpce'] = '*'; } },
      { name: 'flip the Deny', finding: 'OpenPolicy', mutate: (t) => { t.Resources.Api.Properties.Policy.Statement[1].Effect = 'Allow'; } },
    ],
  },
  {
    control: 'API-SCOPES',
    passing: {
      'a user pool': method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['orders/write'] }),
      'an issuer, at a REST API': method({ AuthorizationType: 'JWT', AuthorizationScopes: ['orders/write'] }),
      'an issuer': route({ AuthorizationType: 'JWT', AuthorizationScopes: ['orders/write'] }),
      'a document': imported(pool(['orders/write']), POOL),
      'a document of an HTTP API': imported(pool(['orders/write']), ISSUER, 'post', HTTP_API),
      'whichever it is': method({ AuthorizationType: PARAMETER, AuthorizationScopes: ['orders/write'] }),
    },
    failing: [
      { finding: 'NoScopes', template: method({ AuthorizationType: 'COGNITO_USER_POOLS' }) },
      { finding: 'NoScopes', template: method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: [] }) },
      { finding: 'NoScopes', template: route({ AuthorizationType: 'JWT' }) },
      { finding: 'UnresolvedScopes', template: route({ AuthorizationType: 'JWT', AuthorizationScopes: PARAMETER }) },
      { finding: 'UnresolvedScopes', template: method({ AuthorizationType: PARAMETER }) },
      { finding: 'UnresolvedScopes', template: method({ AuthorizationType: 'A_TYPE_TO_COME' }) },
      { finding: 'NoScopes', template: method({ AuthorizationType: 'JWT' }) },
      { finding: 'NoScopes', template: imported(pool([]), POOL) },
      { finding: 'NoScopes', template: imported(pool([]), ISSUER, 'x-amazon-apigateway-any-method', HTTP_API) },
      { finding: 'UnresolvedScopes', template: imported(pool([])) },
      { finding: 'UnreadBody', template: unread(IN_BUCKET, HTTP_API) },
    ],
    mutations: [{ name: 'any token will do', finding: 'NoScopes', mutate: (t) => delete t.Resources.Method.Properties.AuthorizationScopes }],
  },
];
