import * as fc from 'fast-check';
import { Resource } from '../../../src/rules';
import { definitionOf, follow, member, pointedAt, within } from '../../../src/rules/apigateway/openapi';
import { demandOf } from '../../../src/rules/apigateway/openapi-security';
import { Unresolved, Value } from '../../../src/rules/values';

const api = (properties: Record<string, Value>): Resource => ({ template: 'Stack', logicalId: 'Api', type: 'AWS::ApiGateway::RestApi', properties, metadata: {} });
const operations = (body: Value): string[] => definitionOf(api({ Body: body })).operations.map(({ path, verb, property }) => `${verb} ${path} ${property}`);
const unread = (properties: Record<string, Value>): string[] => definitionOf(api(properties)).unread.map(({ property, text }) => `${property}: ${text}`);
const TRANSFORM = new Unresolved('Fn::Transform');

describe('the operations of a document', () => {
  test('are its paths by their verbs', () => {
    expect(operations({ paths: { '/orders/{id}': { 'get': {}, 'POST': {}, 'x-amazon-apigateway-any-method': {}, 'parameters': [], 'summary': 'Orders' }, 'x-own': { get: {} } } })).toEqual([
      'GET /orders/{id} Body.paths./orders/{id}.get',
      'POST /orders/{id} Body.paths./orders/{id}.POST',
      'ANY /orders/{id} Body.paths./orders/{id}.x-amazon-apigateway-any-method',
    ]);
  });

  test('may stand in JSON text', () => {
    expect(operations('{"paths":{"/":{"put":{}}}}')).toEqual(['PUT / Body.paths./.put']);
  });

  test('may stand behind a reference', () => {
    expect(operations({ paths: { '/': { $ref: '#/components/pathItems/root' } }, components: { pathItems: { root: { get: {} } } } })).toEqual(['GET / Body.paths./.get']);
  });

  test.each<[string, Value]>([['no document', undefined], ['an empty one', {}], ['no paths', { info: {} }], ['a null', null], ['an operation that is null', { paths: { '/': { get: null } } }]])(
    'are none of %s', (_what, body) => {
      expect(definitionOf(api({ Body: body }))).toEqual(expect.objectContaining({ operations: [], unread: [] }));
    });
});

test.each<[string, Record<string, Value>, string[]]>([
  ['a bucket', { BodyS3Location: { Bucket: 'definitions' } }, ['BodyS3Location: {Bucket: definitions}']],
  ['another API', { CloneFrom: 'a1b2c3' }, ['CloneFrom: a1b2c3']],
  ['a bucket beside a document', { Body: {}, BodyS3Location: {} }, ['BodyS3Location: {}']],
  ['what deployment tells', { Body: TRANSFORM }, ['Body: ${Fn::Transform}']],
  ['YAML text', { Body: 'openapi: 3.0.1' }, ['Body: ${openapi: 3.0.1}']],
  ['a list', { Body: [] }, ['Body: []']],
  ['a transform that may add paths', { Body: { 'info': {}, 'Fn::Transform': TRANSFORM } }, ['Body.paths: ${Fn::Transform}']],
  ['a transform among paths', { Body: { paths: { '/': {}, 'Fn::Transform': TRANSFORM } } }, ['Body.paths.Fn::Transform: ${Fn::Transform}']],
  ['a transform among operations', { Body: { paths: { '/': { 'get': {}, 'Fn::Transform': TRANSFORM } } } }, ['Body.paths./.Fn::Transform: ${Fn::Transform}']],
  ['paths of another kind', { Body: { paths: 7 } }, ['Body.paths: 7']],
  ['a path of another kind', { Body: { paths: { '/': 'get' } } }, ['Body.paths./: get']],
  ['a path elsewhere', { Body: { paths: { '/': { $ref: 'root.json' } } } }, ['Body.paths./: ${$ref root.json}']],
  ['an operation of another kind', { Body: { paths: { '/': { get: true } } } }, ['Body.paths./.get: true']],
])('%s is not read', (_what, properties, expected) => {
  expect(unread(properties)).toEqual(expected);
});

describe('a member', () => {
  test('is only what the object has itself', () => {
    expect(['constructor', 'toString', '__proto__'].map((key) => member({}, key))).toEqual([undefined, undefined, undefined]);
    expect(within(JSON.parse('{"__proto__": {"a": 1}}') as Value, '__proto__', 'a')).toBe(1);
  });

  test('may be added by a transform', () => {
    expect(member({ 'a': 1, 'Fn::Transform': TRANSFORM }, 'a')).toBe(1);
    expect(member({ 'a': 1, 'Fn::Transform': TRANSFORM }, 'b')).toBeInstanceOf(Unresolved);
    expect(member(TRANSFORM, 'b')).toBe(TRANSFORM);
  });
});

describe('a reference', () => {
  const document: Value = { a: { $ref: '#/b' }, b: { 'x/y': [{ c: 1 }] }, here: { $ref: '#/there' }, there: { $ref: '#/here' }, self: { $ref: '#/self' } };

  test('leads to the part that it names', () => {
    expect(follow(document, { $ref: '#/a' })).toEqual({ 'x/y': [{ c: 1 }] });
    expect(pointedAt(document, '#/b/x~1y/0/c')).toBe(1);
    expect(follow(document, 'text')).toBe('text');
  });

  test.each(['#/here', '#/self', '#/missing', '#/__proto__', '#/b/x~1y/constructor', '#', '', 'https://example.com/a', 7])('%j leads nowhere', ($ref) => {
    expect(follow(document, { $ref })).toBeInstanceOf(Unresolved);
  });
});

/** Documents that are nearly right, and wrong anywhere. */
const hostile = (): fc.Arbitrary<Value> => {
  const names = ['paths', '/a', 'get', 'x-amazon-apigateway-any-method', 'security', 'components', 'securitySchemes', 'schemas', 'requestBody', 'content', 'parameters',
    'schema', '$ref', 'in', 'x-amazon-apigateway-auth', 'x-amazon-apigateway-authorizer', 'type', '__proto__', 'constructor', 'Fn::Transform', 's'];
  const leaf = fc.oneof(
    fc.constantFrom('#/components/schemas/s', '#/paths', '#/', 'body', 'token', 'jwt', 'aws_iam'), fc.integer(), fc.boolean(), fc.constant(null), fc.string(), fc.constant(TRANSFORM));
  return fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 8, depthSize: 'medium' }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4, noNullPrototype: false })),
  })).value as fc.Arbitrary<Value>;
};

test('no document makes the reader throw, and each operation has an answer', () => {
  fc.assert(fc.property(hostile(), hostile(), hostile(), (path, components, security) => {
    for (const Body of [path, { paths: path }, { paths: { '/a': path }, components, security }, { paths: { '/a': { get: path } }, components: { schemas: components, securitySchemes: components }, security }]) {
      const { document, operations: found } = definitionOf(api({ Body: Body as Value }));
      for (const operation of found) expect(['asked', 'document', 'none', 'untold']).toContain(demandOf(operation, document).kind);
    }
  }));
});

test('no mixture of keys and schemes without authorizer proves who calls', () => {
  const scheme = fc.constantFrom('key', 'bearer', 'missing');
  const document: Value = { components: { securitySchemes: { key: { type: 'apiKey' }, bearer: { type: 'http' } } } };
  fc.assert(fc.property(fc.array(fc.dictionary(scheme, fc.constant([]))), (security) => {
    const operation = { path: '/', verb: 'GET', property: '', value: { security }, shared: undefined };
    expect(['none', 'untold']).toContain(demandOf(operation, document).kind);
  }));
});
