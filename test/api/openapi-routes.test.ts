import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { documentOf, documentWith, imported, modelOf, refusalOf } from './openapi-documents';
import { api, core } from '../../src';
import { check, RULES } from '../../src/rules';

const AT = "ConfigurationError: [Stack/Api] 'document' must";
const waiver = core.Waiver.because('the body is judged by the function behind', { owner: 'edi-team', expires: '2027-01-31' });
const env = { account: '111122223333', region: 'eu-west-1' };

const get = (operation: object = {}) => ({ security: [{ aws: [] }], responses: { 200: { description: 'ok' } }, ...operation });
const paths = (items: object) => documentOf({}, { paths: items });
const parameter = (name: string, kind: string, others: object = {}) => ({ name, in: kind, schema: { type: 'string' }, ...others });

function findingsOf(stack: Stack): string[] {
  const template = Template.fromStack(stack).toJSON();
  return check([{ name: 'Stack', template, ...env }], RULES).filter(({ finding }) => finding !== '').map(({ control, finding }) => `${control}[${finding}]`);
}

function functionIn(stack: Stack): lambda.IFunction {
  return lambda.Function.fromFunctionAttributes(stack, 'Handler', { functionArn: `arn:aws:lambda:eu-west-1:${env.account}:function:orders`, sameEnvironment: true });
}

const answeredByServer = (stack: Stack) =>
  ({ integration: api.Integration.upstream(apigateway.VpcLink.fromVpcLinkId(stack, 'Link', 'link-1'), 'https://orders.internal') });

describe('the operations of a document', () => {
  test('become routes that violate no control', () => {
    const { stack, all } = imported(paths({
      '/orders': { post: documentOf().paths['/orders'].post },
      '/orders/{id}': {
        parameters: [parameter('id', 'path', { required: true })],
        get: get({ parameters: [parameter('expand', 'query', { required: true }), parameter('X-Trace', 'header', { required: true }), parameter('page', 'query')] }),
      },
    }), answeredByServer);
    expect(all('AWS::ApiGateway::Method').map(({ HttpMethod, RequestParameters, AuthorizationType }) => [HttpMethod, RequestParameters, AuthorizationType])).toEqual([
      ['POST', {}, 'AWS_IAM'],
      ['GET', { 'method.request.path.id': true, 'method.request.querystring.expand': true, 'method.request.header.X-Trace': true }, 'AWS_IAM'],
    ]);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('are found by their operationId, or by method and path, and may be granted', () => {
    const { stack, api: served } = imported(paths({ '/a': { get: get(), head: get({ operationId: 'headOfA' }) } }));
    expect([served.operation('GET /a').path, served.operation('headOfA').httpMethod]).toEqual(['/a', 'HEAD']);
    served.operation('GET /a').grantInvoke(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(() => served.operation('getB')).toThrow(
      "[Stack/Api] 'operationId' must be of an operation that was added (GET /a, headOfA), got 'getB'; correct it");
  });

  test('have what the code says of them', () => {
    const { all } = imported(documentOf(), (stack) => ({
      integration: undefined,
      operations: { placeOrder: { integration: api.Integration.lambdaFunction(functionIn(stack)), rateLimit: 7, burstLimit: 9 } },
    }));
    expect(all('AWS::ApiGateway::Method')[0].Integration.Type).toBe('AWS_PROXY');
    expect(all('AWS::ApiGateway::Stage')[0].MethodSettings).toContainEqual(expect.objectContaining({ ResourcePath: '/orders', ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 }));
  });

  test('can stand in a path of another place', () => {
    const item = { post: documentOf().paths['/orders'].post };
    expect(imported(documentOf({}, { 'paths': { '/orders': { $ref: '#/x-item' } }, 'x-item': item })).all('AWS::ApiGateway::Method')).toHaveLength(1);
  });

  test('can be chosen, and can come from several documents', () => {
    const document = paths({ '/a': { get: get({ operationId: 'a' }), trace: get() }, '/b': { get: get({ operationId: 'b' }) } });
    const { api: served, all } = imported(document, () => ({ subset: true, operations: { a: {} } }));
    expect(all('AWS::ApiGateway::Method')).toHaveLength(1);
    expect(() => served.operation('b')).toThrow('(a)');
    const shared = { subset: true, authorizations: { aws: api.SchemeAuthorization.iam() } };
    served.addOpenApi({
      ...shared,
      document: api.OpenApiDocument.fromText(JSON.stringify(document)),
      operations: { b: { integration: api.Integration.lambdaFunction(functionIn(served.restApi.stack)) } },
    });
    expect(served.operation('b').path).toBe('/b');
  });

  test('give the same template each time', () => {
    const [one, other] = [0, 1].map(() => JSON.stringify(Template.fromStack(imported(documentOf()).stack).toJSON()));
    expect(one).toBe(other);
  });
});

describe('nothing is made of a document', () => {
  const many = (count: number, path: (n: number) => string, methods: object = { get: get() }) =>
    paths(Object.fromEntries(Array.from({ length: count }, (_, n) => [path(n), methods])));

  test.each<[string, unknown, string]>([
    ['without operations', paths({}), "have operations to make routes of, got none of 0 at orders.yaml#/paths; add one, or name some in 'operations'"],
    ['with more parts of paths than an API has', many(301, (n) => `/p${n}`),
      'have paths of at most 300 parts for an API, got 301 for 301 operations at orders.yaml#/paths; choose operations by `subset`, and serve the others by another API in another stack'],
    ['with more than a stack holds', many(200, (n) => `/p${n}`, { get: get(), head: get() }),
      'need at most 500 resources for a stack, got at least 600 for 400 operations at orders.yaml#/paths; choose operations by `subset`, and serve the others by another API in another stack'],
    ['with a method that routes do not have', paths({ '/a': { options: get() } }), 'have methods that routes can have, got OPTIONS at orders.yaml#/paths/~1a/options; leave the operation out by `subset`'],
    ['with half a part for a parameter', paths({ '/a.{b}': { get: get() } }),
      "have paths whose parts are names or one parameter each, got '/a.{b}' at orders.yaml#/paths/~1a.{b}/get; change the path, or leave the operation out by `subset`"],
    ['with a character that API Gateway does not take', paths({ '/~a': { get: get() } }), "got '/~a' at orders.yaml#/paths/~1~0a/get;"],
    ['with two names of the same parameter', paths({ '/a/{b}': { get: get() }, '/a/{c}/d': { get: get() } }),
      "name a parameter alike in all paths, got '{c}' below '/a/', and '{b}' at #/paths/~1a~1{b}/get at orders.yaml#/paths/~1a~1{c}~1d/get; rename one of them, since API Gateway knows one parameter there"],
    ['with a name twice', paths({ '/a': { get: get({ operationId: 'a' }) }, '/b': { get: get({ operationId: 'a' }) } }),
      "name operations apart, got 'a' twice at orders.yaml#/paths/~1b/get; rename it, or the one at #/paths/~1a/get"],
    ['whose path has a parameter that is not described', paths({ '/a/{b}': { get: get() } }), "describe the parameters of its paths, got no 'b' at orders.yaml#/paths/~1a~1{b}/get; add the parameter"],
    ['that describes a parameter which its path does not have', paths({ '/a': { get: get({ parameters: [parameter('b', 'path', { required: true })] }) } }),
      "have parameters of a path in that path, got 'b' at orders.yaml#/paths/~1a/get/parameters/0; rename or remove it"],
    ['with a parameter twice', paths({ '/a': { get: get({ parameters: [parameter('b', 'query'), parameter('b', 'query')] }) } }),
      "name a parameter once, got 'b' twice at orders.yaml#/paths/~1a/get/parameters/1; remove one"],
    ['whose body is no JSON', documentOf({ requestBody: { content: { 'text/csv': {}, 'application/xml': {} } } }),
      "describe a body as application/json, got 'text/csv', 'application/xml' at orders.yaml#/paths/~1orders/post/requestBody/content; describe it once, or give `withoutBodySchema`, and a web ACL with the media type in `contentTypes`"],
    ['whose body is JSON twice', documentOf({ requestBody: { content: { 'application/json': {}, 'application/json; charset=utf-8': {} } } }), 'describe a body as application/json, got it twice at'],
    ['whose body has no schema', documentOf({ requestBody: { content: { 'application/json': {} } } }),
      'say what a body looks like, got no schema at orders.yaml#/paths/~1orders/post/requestBody/content/application~1json; add one, or give `withoutBodySchema`'],
  ])('%s', (_what, document, message) => {
    expect(refusalOf(document)).toContain(AT);
    expect(refusalOf(document)).toContain(message);
  });

  test('of which the code names what it does not have, or not what answers', () => {
    expect(refusalOf(documentOf(), () => ({ operations: { cancelOrder: {} } }))).toBe(
      "ConfigurationError: [Stack/Api] 'operations' must name operations of orders.yaml#/paths, got 'cancelOrder'; correct it, or name an operation without operationId by method and path, for example 'GET /orders'");
    expect(refusalOf(documentOf(), () => ({ integration: undefined }))).toBe(
      `${AT} have operations that something answers, got 'placeOrder' unanswered at orders.yaml#/paths/~1orders/post; give its integration in 'operations', or one for all, or leave it out by \`subset\``);
    expect(refusalOf(documentOf(), () => ({ subset: true }))).toContain('got none of 1');
  });

  test.each([[{ maxLength: 0 }, "'maxLength' must be a whole number between 1 and 1000000, got 0"], [{ maxItems: 0.5 }, "'maxItems' must be a whole number between 1 and 100000, got 0.5"]])(
    'with the limit %j', (limit, message) => {
      expect(refusalOf(documentOf(), () => limit)).toContain(message);
    });

  test('that is wrong in its last operation', () => {
    const stack = new Stack(new App(), 'Stack');
    const served = new api.IntegrationApi(stack, 'Api');
    const document = api.OpenApiDocument.fromText(JSON.stringify(paths({ '/a': { get: get() }, '/b': { get: get({ security: [] }) } })));
    const integration = api.Integration.lambdaFunction(functionIn(stack));
    expect(() => served.addOpenApi({ document, integration, authorizations: { aws: api.SchemeAuthorization.iam() } })).toThrow('no requirement');
    expect(served.restApi.methods).toEqual([]);
  });
});

describe('a body', () => {
  test('of an operation that has none is an empty object', () => {
    expect(modelOf(documentOf({ requestBody: undefined }))).toEqual({ type: 'object', maxProperties: 0, additionalProperties: false });
  });

  test('keeps members whatever they are called', () => {
    const schema = { type: 'object', additionalProperties: false, properties: { ref: { type: 'integer' }, schema: { type: 'integer' }, $ref: { type: 'integer' }, constructor: { type: 'null' } } };
    expect(modelOf(documentWith(schema))).toEqual(schema);
  });

  test('has the limits that the code sets', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'array', items: { type: 'null' } } } };
    expect(modelOf(documentWith(schema), () => ({ maxLength: 5, maxItems: 6 })).properties).toEqual({
      a: { type: 'string', maxLength: 5 }, b: { type: 'array', items: { type: 'null' }, maxItems: 6 },
    });
  });

  test('is any with a waiver, whatever the document says', () => {
    const { all } = imported(documentOf({ requestBody: { content: { 'text/csv': {} } } }), () => ({ operations: { placeOrder: { withoutBodySchema: waiver } } }));
    expect(all('AWS::ApiGateway::Model')).toEqual([]);
  });

  test('stays open with a waiver, which says so for what is open alone', () => {
    const open = (stack: Stack) => ({ ...answeredByServer(stack), operations: { placeOrder: { allowOpenObjects: waiver } } });
    const { stack, api: served } = imported(documentWith({ type: 'object', additionalProperties: true }), open);
    expect(findingsOf(stack)).toEqual(['API-BODY-SCHEMA[OpenObject]']);
    const waived = served.operation('placeOrder').method.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(JSON.stringify(waived)).toContain('OpenObject');
    expect(JSON.stringify(waived)).not.toContain('Unbounded');
    expect(refusalOf(documentWith({ type: 'object', additionalProperties: false }), open)).toBe(
      "ConfigurationError: [Stack/Api] 'allowOpenObjects' must be for an operation whose body is open, got one for 'placeOrder' at #/paths/~1orders/post; remove it");
  });
});

describe('what API Gateway does not enforce', () => {
  const SAID = 'API Gateway does not enforce what orders.yaml says at ';

  test('is a warning with its places, which can be acknowledged', () => {
    const document = documentOf({
      'parameters': [parameter('session', 'cookie', { required: true }), parameter('filter[a]', 'query', { required: true }), parameter('page', 'query'), parameter('Accept', 'header')],
      'callbacks': { onStored: { $ref: '#/components/callbacks/none' } },
      'requestBody': { content: { 'application/json': { schema: { type: 'string', format: 'uuid' } }, 'text/csv': {} } },
      'x-amazon-apigateway-integration': {},
    }, { 'webhooks': { stored: {} }, 'x-amazon-apigateway-policy': {} });
    const at = '#/paths/~1orders/post';
    const { warnings } = imported(document);
    expect(warnings().map((warning) => warning.replace(/ \[ack: .*$/, ''))).toEqual([
      `${SAID}#/x-amazon-apigateway-policy: this extension, which is not read; #/webhooks/stored: requests that somebody else takes`,
      SAID + [
        `${at}/parameters/0: that it is there, and what it looks like (cookie parameter 'session')`,
        `${at}/parameters/1: that it is there, and what it looks like (query parameter 'filter[a]')`,
        `${at}/parameters/2: what it looks like (query parameter 'page')`,
        `${at}/requestBody: that the body may be left out, which counts as an empty object`,
        `${at}/requestBody/content/text~1csv: bodies of this media type, which are refused`,
        `${at}/requestBody/content/application~1json/schema/format: the format "uuid"`,
        `${at}/callbacks/onStored: requests that somebody else takes`,
        `${at}/x-amazon-apigateway-integration: this extension, which is not read`,
      ].join('; '),
    ]);
    expect(warnings()[0]).toContain(api.OpenApiDocument.NOT_ENFORCED);
    expect(imported(documentOf()).warnings()).toEqual([]);
  });

  test('is the body of a method that has none', () => {
    const [warning] = imported(paths({ '/a': { delete: get({ requestBody: { content: { 'application/json': {} } } }) } })).warnings();
    expect(warning).toContain(`${SAID}#/paths/~1a/delete/requestBody: the body of DELETE, which nobody should read (RFC 9110, 9.3)`);
  });

  test('can be acknowledged', () => {
    const { api: served, warnings } = imported(documentOf({ parameters: [parameter('page', 'query')] }));
    Validations.of(served.operation('placeOrder').method).acknowledge({ id: `annotation::${api.OpenApiDocument.NOT_ENFORCED}`, reason: 'the function judges it' });
    expect(warnings()).toEqual([]);
  });
});
