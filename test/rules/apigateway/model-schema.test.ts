import * as fc from 'fast-check';
import { allowsAnything, openingsOf } from '../../../src/rules/apigateway/model-schema';
import { Unresolved, Value } from '../../../src/rules/values';

const told = (schema: Value): string[] => openingsOf(schema).map(({ kind, path }) => `${kind} ${path}`);
const closed = (properties: Record<string, Value>): Value => ({ type: 'object', additionalProperties: false, properties });

test.each<[string, Value]>([
  ['closed objects', closed({ id: { type: 'string', maxLength: 36 }, buyer: closed({ age: { type: 'integer' } }) })],
  ['a list of few', { type: 'array', maxItems: 9, items: { type: 'boolean' } }],
  ['a choice of texts', { type: 'string', enum: ['a', 'b'] }],
  ['members of one kind', { type: 'object', additionalProperties: { type: 'number' } }],
  ['parts of a closed whole', { allOf: [{ properties: { a: { type: 'number' } } }, { required: ['a'] }] }],
  ['alternatives of a closed object', { ...closed({ a: { type: 'number' } }) as object, oneOf: [{ required: ['a'] }, { properties: { a: { enum: [1] } } }] }],
  ['a definition', { $ref: '#/definitions/id', definitions: { id: { type: 'string', maxLength: 9 } } }],
])('nothing is open in %s', (_what, schema) => {
  expect(told(schema)).toEqual([]);
});

test.each<[string, Value, string[]]>([
  ['an object', { type: 'object', properties: {} }, ['open-object $']],
  ['an object that says so', { type: 'object', additionalProperties: true }, ['open-object $']],
  ['an object without type', { properties: { a: { type: 'number' } } }, ['open-object $']],
  ['a text', closed({ a: { type: ['null', 'string'] } }), ['unbounded $.properties.a']],
  ['a text with a constant, which draft 4 does not know', closed({ a: { type: 'string', const: 'b' } }), ['unbounded $.properties.a']],
  ['a list and its items', { items: { type: 'string' } }, ['unbounded $', 'unbounded $.items']],
  ['a list of several kinds', { type: 'array', maxItems: 2, items: [{ type: 'string' }, { type: 'object' }] }, ['unbounded $.items', 'open-object $.items']],
  ['any value', closed({ a: {} }), ['unbounded $.properties.a']],
  ['any other member', { type: 'object', additionalProperties: {} }, ['unbounded $.additionalProperties']],
  ['an alternative', { anyOf: [{ type: 'object' }, { type: 'number' }] }, ['open-object $.anyOf.0']],
  ['a text in a part', { allOf: [{ properties: { a: { type: 'string' } } }] }, ['unbounded $.allOf.0.properties.a']],
  ['a definition', { $ref: '#/definitions/id', definitions: { id: { type: 'string' } } }, ['unbounded $.definitions.id']],
  ['a pattern of names', { type: 'object', additionalProperties: false, patternProperties: { '^x': { type: 'string' } } }, ['unbounded $.patternProperties.^x']],
  ['another model', closed({ a: { $ref: 'https://apigateway.amazonaws.com/restapis/a1/models/B' } }), ['untold $.properties.a']],
  ['what deployment tells', closed({ a: new Unresolved('Schema') }), ['untold $.properties.a']],
  ['a type that deployment tells', { type: new Unresolved('Type') }, ['untold $']],
  ['a transform beside keywords', { ...closed({}) as object, 'Fn::Transform': new Unresolved('Fn::Transform') }, ['untold $']],
  ['no schema', 'object', ['untold $']],
])('it is told what is open in %s', (_what, schema, expected) => {
  expect(told(schema)).toEqual(expected);
});

test.each<[boolean, Value]>([[true, {}], [true, { $schema: 'http://json-schema.org/draft-04/schema#', title: 'A' }], [false, { type: 'object' }], [false, 'text']])(
  'allows anything: %s', (expected, schema) => {
    expect(allowsAnything(schema)).toBe(expected);
  });

test('a schema that nests without end is untold', () => {
  const deep = Array.from({ length: 100 }).reduce<Value>((inner) => closed({ a: inner }), { type: 'number' });
  expect(openingsOf(deep).map(({ kind }) => kind)).toEqual(['untold']);
});

test('no JSON makes it throw', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (schema) => {
    openingsOf(schema as Value);
    openingsOf({ type: 'object', properties: { a: schema as Value }, items: schema as Value, allOf: schema as Value, definitions: schema as Value });
  }));
});
