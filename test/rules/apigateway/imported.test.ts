import * as fc from 'fast-check';
import { check, RULES } from '../../../src/rules';

type Json = Record<string, any>;

const REST = 'AWS::ApiGateway::RestApi';
const HTTP = 'AWS::ApiGatewayV2::Api';

const verdicts = (control: string, resources: Json) => check([{ name: 'Stack', template: { Parameters: { Parameter: { Type: 'String' } }, Resources: resources } }],
  RULES.filter((rule) => rule.control === control));
const told = (control: string, Body: unknown, type = REST): string[] => verdicts(control, { Api: { Type: type, Properties: { Body } } })
  .map(({ finding, message, outcome, property }) => `${finding || outcome} ${property}: ${message}`);

const LAMBDA = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authorizer': { type: 'token' } };
const secured = (paths: Json): Json => ({ paths, components: { securitySchemes: { lambda: LAMBDA, key: { type: 'apiKey' } } } });

describe('each operation is named', () => {
  test('by the message and the property of a finding', () => {
    expect(told('API-AUTHORIZATION', secured({ '/orders': { get: {}, post: { security: [{ key: [] }] }, put: { security: [{ lambda: [] }] } }, '/health': { get: { security: [] } } }))).toEqual([
      'NoAuthorization Body.paths./health.get: GET /health: it asks for no security',
      'NoAuthorization Body.paths./orders.get: GET /orders: no security requirement stands at it',
      'NoAuthorization Body.paths./orders.post: POST /orders: key names no authorizer',
    ]);
  });

  test('by what shows that a control holds', () => {
    expect(told('API-AUTHORIZATION', secured({ '/a': { get: { security: [{ lambda: [] }] } }, '/b': { get: { security: [{ lambda: ['x'] }] } } }))).toEqual([
      'compliant Body.paths./a.get: GET /a: authorized by CUSTOM, by lambda',
      'compliant Body.paths./b.get: GET /b: authorized by CUSTOM, by lambda, for x',
    ]);
  });

  test('by each content type of a body', () => {
    const content = { 'application/json': { schema: {} }, 'text/xml': {} };
    expect(told('API-BODY-SCHEMA', { paths: { '/a': { post: { 'requestBody': { content }, 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } } } }).map((each) => each.split(': ')[0])).toEqual([
      'EmptyModel Body.paths./a.post.application/json', 'EmptyModel Body.paths./a.post.text/xml', 'OtherContentTypes Body.paths./a.post',
    ]);
  });
});

describe('what no control asks for', () => {
  test('an API without document has no operations', () => {
    expect(told('API-AUTHORIZATION', undefined)).toEqual(['not-applicable : no document describes methods of the API']);
    expect(told('API-AUTHORIZER-CACHE', undefined)).toEqual(['not-applicable : no document defines authorizers of the API']);
  });

  test('a browser asks for CORS without credentials', () => {
    expect(told('API-AUTHORIZATION', { paths: { '/a': { options: {} } } }, HTTP)).toEqual(['not-applicable : OPTIONS /a: a browser asks for CORS without credentials']);
  });

  test('a mock reads no body', () => {
    const mock = { paths: { '/a': { post: { 'x-amazon-apigateway-integration': { type: 'mock' } } } } };
    expect(['API-BODY-SCHEMA', 'API-REQUEST-VALIDATION'].flatMap((control) => told(control, mock)).map((each) => each.split(' ')[0])).toEqual(['not-applicable', 'not-applicable']);
  });
});

test('a document and methods beside it are judged alike', () => {
  const Method = { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', AuthorizationType: 'NONE' } };
  const Api = { Type: REST, Properties: { Body: { paths: { '/a': { get: {} } } } } };
  expect(verdicts('API-AUTHORIZATION', { Api, Method }).map(({ finding, logicalId }) => `${finding} ${logicalId}`)).toEqual(['NoAuthorization Api', 'NoAuthorization Method']);
});

describe('the authorizers of a document', () => {
  const cache = (authorizer: Json, scheme: Json = {}) => told('API-AUTHORIZER-CACHE', { components: { securitySchemes: { own: { ...scheme, 'x-amazon-apigateway-authorizer': authorizer } } } })
    .map((each) => each.split(': ')[0]);
  const HEADER = { in: 'header', name: 'Authorization' };

  test.each<[string, Json, string]>([
    ['a short time for a route', { type: 'request', authorizerResultTtlInSeconds: 60, identitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath' }, 'compliant'],
    ['no reuse', { type: 'token', authorizerResultTtlInSeconds: 0 }, 'compliant'],
    ['a user pool', { type: 'cognito_user_pools', authorizerResultTtlInSeconds: 300 }, 'compliant'],
    ['a token for every route', { type: 'token', authorizerResultTtlInSeconds: 60 }, 'SharedAcrossRoutes'],
    ['an hour', { type: 'cognito_user_pools', authorizerResultTtlInSeconds: 3600 }, 'TooLong'],
    ['nothing said', { type: 'token' }, 'NotStated'],
    ['a type that deployment tells', { type: { Ref: 'Parameter' }, authorizerResultTtlInSeconds: 60 }, 'UnresolvedCache'],
  ])('%s', (_what, authorizer, expected) => {
    expect(cache(authorizer, HEADER)).toEqual([`${expected} Body.components.securitySchemes.own`]);
  });

  test('of type request, a header of the scheme is no source', () => {
    expect(cache({ type: 'request', authorizerResultTtlInSeconds: 60 }, HEADER)).toEqual([
      'NoCredential Body.components.securitySchemes.own', 'SharedAcrossRoutes Body.components.securitySchemes.own',
    ]);
  });

  test('of version 2 stand elsewhere', () => {
    expect(told('API-AUTHORIZER-CACHE', { securityDefinitions: { own: { 'x-amazon-apigateway-authorizer': { type: 'token' } } } })).toEqual([
      'NotStated Body.securityDefinitions.own: own: AuthorizerResultTtlInSeconds is not set',
    ]);
  });
});

test('a schema that refers to itself, and to others that do, is read once', () => {
  const closed = (properties: Json) => ({ type: 'object', additionalProperties: false, properties });
  const schemas = {
    A: closed({ a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/B' } }),
    B: closed({ a: { $ref: '#/components/schemas/A' }, name: { type: 'string' } }),
  };
  const post = { 'requestBody': { content: { $default: { schema: { $ref: '#/components/schemas/A' } } } }, 'x-amazon-apigateway-integration': { type: 'aws_proxy' } };
  expect(told('API-BODY-SCHEMA', { paths: { '/a': { post } }, components: { schemas } })).toEqual([
    'Unbounded Body.paths./a.post.$default: POST /a: the schema of $default bounds neither length nor kind at #/components/schemas/B.properties.name',
  ]);
});

test('a part of a whole may be open where it is referred to, too', () => {
  const schemas = { Part: { properties: { id: { type: 'integer' } } } };
  const schema = { allOf: [{ $ref: '#/components/schemas/Part' }], type: 'object', additionalProperties: false };
  const post = { 'requestBody': { content: { $default: { schema } } }, 'x-amazon-apigateway-integration': { type: 'aws_proxy' } };
  expect(told('API-BODY-SCHEMA', { paths: { '/a': { post } }, components: { schemas } }).map((each) => each.split(' ')[0])).toEqual(['compliant']);
});

test('no JSON in place of a document makes a rule fail', () => {
  const rules = RULES.filter(({ control }) => control.startsWith('API-') || control === 'DELIVERY-API-INVOKE');
  const Stage = { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } };
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(REST, HTTP), (value, Type) => {
    const operation = { 'security': value, 'requestBody': value, 'parameters': value, 'x-amazon-apigateway-integration': value, 'x-amazon-apigateway-request-validator': 'v' };
    const parts = { 'components': value, 'securityDefinitions': value, 'x-amazon-apigateway-request-validators': { v: value }, 'security': value };
    for (const Body of [value, { paths: value }, { paths: { '/a': { post: operation }, '/b': value }, ...parts }]) {
      const found = check([{ name: 'Stack', template: { Resources: { Api: { Type, Properties: { Body } }, Stage } } }], rules);
      expect(found.filter(({ finding }) => finding === 'RuleFailed')).toEqual([]);
    }
  }), { numRuns: 200 });
});
