import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { documentOf, documentWith, imported, refusalOf } from './openapi-documents';
import { api } from '../../src';
import { Place } from '../../src/api/private/openapi/place';

const AT = "ConfigurationError: [Stack/Api] 'document' must";

describe('a document', () => {
  test.each(['3.0.0', '3.0.4', '3.1.0', '3.1.1'])('of OpenAPI %s is taken', (openapi) => {
    expect(imported({ ...documentOf(), openapi }).all('AWS::ApiGateway::Method')).toHaveLength(1);
  });

  test('is the same as JSON, as YAML, with a byte order mark, and from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    try {
      const file = join(folder, 'orders.yaml');
      writeFileSync(file, stringify(documentOf()));
      expect(api.OpenApiDocument.fromFile(file).name).toBe('orders.yaml');
      const templates = [documentOf(), stringify(documentOf()), `\uFEFF${JSON.stringify(documentOf())}`]
        .map((document) => imported(document).all('AWS::ApiGateway::Model'));
      templates.push(imported('', () => ({ document: api.OpenApiDocument.fromFile(file) })).all('AWS::ApiGateway::Model'));
      expect(new Set(templates.map((each) => JSON.stringify(each))).size).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('may have numbers as names in YAML, which are texts', () => {
    const document = stringify(documentOf()).replace('"202":', '202:');
    expect(document).toContain(' 202:');
    expect(imported(document).all('AWS::ApiGateway::Method')).toHaveLength(1);
  });

  test('is read once for all the APIs that it becomes', () => {
    const document = api.OpenApiDocument.fromText(JSON.stringify(documentOf()));
    expect(document.name).toBe('document');
    const stack = new Stack(new App(), 'Stack');
    expect(document._read(stack).value).toBe(document._read(stack).value);
  });

  test.each([
    ['of Swagger 2.0', { swagger: '2.0' }, 'be a document of OpenAPI 3.0 or 3.1, got Swagger 2.0 at orders.yaml#/openapi; convert it to one of them'],
    ['of OpenAPI 3.2', { openapi: '3.2.0' }, "be a document of OpenAPI 3.0 or 3.1, got '3.2.0' at orders.yaml#/openapi; convert it to one of them"],
    ['of no version', {}, 'be a document of OpenAPI 3.0 or 3.1, got no version at orders.yaml#/openapi; convert it to one of them'],
    ['that is a list', '[1]', "be a document of OpenAPI 3.0 or 3.1, got no object at orders.yaml#; start it with for example 'openapi: 3.1.0'"],
    ['that is empty', '', "be a document of OpenAPI 3.0 or 3.1, got no object at orders.yaml#; start it with for example 'openapi: 3.1.0'"],
    ['with a member that OpenAPI does not know', { ...documentOf({ body: {} }), openapi: '3.0.3' },
      'follow the schema of OpenAPI, got what must NOT have additional properties (body) at orders.yaml#/paths/~1orders/post; correct it'],
    ['with a member too few', documentOf({ requestBody: {} }), "follow the schema of OpenAPI, got what must have required property 'content' at orders.yaml#/paths/~1orders/post/requestBody; correct it"],
    ['with a name that a schema cannot have', documentOf({}, { components: { schemas: { 'a b': {} } } }),
      'follow the schema of OpenAPI, got what must match pattern "^[a-zA-Z0-9._-]+$" (a b) at orders.yaml#/components/schemas; correct it'],
    ['in another dialect', documentOf({}, { jsonSchemaDialect: 'https://example.com/mine' }),
      "use the dialect of OpenAPI 3.1 or JSON schema 2020-12, got 'https://example.com/mine' at orders.yaml#/jsonSchemaDialect; remove it, and write schemas so"],
  ])('%s is refused', (_what, document, message) => {
    expect(refusalOf(document)).toBe(`${AT} ${message}`);
  });

  test.each([
    ['broken JSON', '{"openapi": ', 'orders.yaml#: '],
    ['a name twice in JSON', '{"openapi": "3.1.0", "paths": {"/a": {}, "/\\u0061": {}}}', "an object has '/a' twice"],
    ['a name twice in YAML', 'openapi: 3.1.0\nopenapi: 3.1.0', 'Map keys must be unique at line 2, column 1'],
    ['an unknown tag', 'openapi: !mine 3.1.0', 'Unresolved tag: !mine'],
    ['an unknown alias', 'openapi: *mine', 'Unresolved alias'],
    ['an object as a name', '? {a: b}\n: c\n', 'With stringKeys, all keys must be strings'],
    ['deep lists', '['.repeat(20_000), 'Maximum call stack size exceeded'],
  ])('with %s is refused, and says where', (_what, text, message) => {
    expect(refusalOf(text)).toMatch(/^ConfigurationError: \[Stack\/Api] 'document' must be JSON or YAML, got what cannot be read as such in orders\.yaml#: .*; correct it$/);
    expect(refusalOf(text)).toContain(message);
  });

  test('that is too large is refused before it is read', () => {
    expect(refusalOf(' '.repeat(16 * 1024 * 1024 + 1))).toBe(`${AT} have at most 16777216 characters, got 16777217 in orders.yaml; split it`);
  });

  test('whose aliases grow is refused in no time', () => {
    const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`)].join('\n');
    expect(refusalOf(laughs)).toContain('Excessive alias count indicates a resource exhaustion attack');
  });

  test('whose alias stands within itself is refused', () => {
    expect(refusalOf('openapi: 3.1.0\npaths: &paths\n  /a: *paths\n')).toContain('be at most 100 levels deep, got more at orders.yaml#/paths/~1a/~1a');
  });

  test.each([
    ['no number', 'openapi: 3.1.0\nx-limit: .nan\n', 'have values that JSON can say, got NaN at orders.yaml#/x-limit; write another'],
    ['bytes', 'openapi: 3.1.0\nx-bytes: !!binary aGVsbG8=\n', 'orders.yaml#'],
    ['the prototype of objects', '{"openapi": "3.1.0", "paths": {"__proto__": {}}}', "have names that objects can have, got '__proto__' at orders.yaml#/paths/__proto__; rename it"],
    ['the prototype of objects, in YAML', 'openapi: 3.1.0\n__proto__: {}\n', "have names that objects can have, got '__proto__' at orders.yaml#/__proto__; rename it"],
  ])('with %s is refused', (_what, text, message) => {
    expect(refusalOf(text)).toContain(message);
  });

  test('with a token of the CDK is refused, since it would become what the token stands for', () => {
    const token = Lazy.string({ produce: () => 'secret' });
    expect(refusalOf(documentWith({ type: 'string', enum: [token] }))).toContain(
      'be plain text, got a token of the CDK at orders.yaml#/paths/~1orders/post/requestBody/content/application~1json/schema/enum/0; write what is meant');
    expect(refusalOf(documentWith({ type: 'object', properties: { [token]: {} } }))).toContain('got a token of the CDK');
  });
});

describe('a reference', () => {
  const referring = (reference: unknown) => documentWith({ $ref: reference }, {
    'x-schemas': { 'a/b~c': { type: 'integer' }, 'ü': { type: 'integer' } },
  });

  test.each(['#/x-schemas/a~1b~0c', '#/x-schemas/%61~1b~0c', '#/x-schemas/ü', '#/x-schemas/%C3%BC'])('%s leads into the document', (reference) => {
    expect(imported(referring(reference)).all('AWS::ApiGateway::Model')[0].Schema).toMatchObject({ type: 'integer' });
  });

  test.each([
    ['https://example.com/order.json', 'refer to itself alone', 'bundle what it refers to into one document'],
    ['order.yaml#/Order', 'refer to itself alone', 'bundle what it refers to into one document'],
    ['#order', 'refer by JSON pointers', "write for example '#/components/schemas/Order'"],
    ['#/components/schemas/Missing', 'refer to what it has', 'correct the reference, or add what it refers to'],
    ['#/components/schemas/%FF', 'refer to what it has', 'correct the reference, or add what it refers to'],
    ['#/constructor/prototype', 'refer to what it has', 'correct the reference, or add what it refers to'],
  ])('%s is refused by name', (reference, rule, remedy) => {
    expect(refusalOf(referring(reference))).toBe(
      `${AT} ${rule}, got '${reference}' at orders.yaml#/paths/~1orders/post/requestBody/content/application~1json/schema/$ref; ${remedy}`);
  });

  test('that is no text is refused', () => {
    expect(refusalOf(referring(7))).toContain('$ref');
  });

  test('that leads back to itself is refused', () => {
    const parameters = { a: { $ref: '#/components/parameters/b' }, b: { $ref: '#/components/parameters/a' } };
    expect(refusalOf(documentOf({ parameters: [{ $ref: '#/components/parameters/a' }] }, { components: { ...documentOf().components, parameters } })))
      .toContain('have references that end, got one that leads back to itself');
  });

  test('never leads to what objects inherit', () => {
    const root = Place.root(new Stack(new App(), 'Stack'), 'document', { a: [1] });
    fc.assert(fc.property(fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'map', '1'), (key) => {
      expect(root.at('a', key).exists).toBe(key === 'length');
      expect(root.at(key).exists).toBe(false);
    }));
  });
});
