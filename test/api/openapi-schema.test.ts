import Ajv2020 from 'ajv/dist/2020';
import AjvDraft4 from 'ajv-draft-04';
import { App, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { modelSchema } from '../../src/api/private/openapi/model-schema';
import { Place } from '../../src/api/private/openapi/place';
import { openingsOf } from '../../src/rules/apigateway/model-schema';
import type { Value } from '../../src/rules/values';

const scope = new Stack(new App(), 'Stack');
const LIMITS = { maxLength: 4096, maxItems: 100, allowOpen: false };

/** The model of a schema, which may refer to `#/others`. */
function model(schema: unknown, { version = '3.1', others = {}, ...limits }: { version?: string; others?: object; allowOpen?: boolean; maxLength?: number } = {}) {
  return modelSchema(Place.root(scope, 'orders.yaml', { schema, others }).at('schema'), version, { ...LIMITS, ...limits });
}

const converted = (...args: Parameters<typeof model>) => model(...args).schema;
const refused = (...args: Parameters<typeof model>) => {
  try {
    return `taken: ${JSON.stringify(model(...args).schema)}`;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
};
const A = { type: 'integer' };
const object = (properties: object, others: object = {}) => ({ type: 'object', properties, ...others });
const closed = (properties: object, others: object = {}) => object(properties, { additionalProperties: false, ...others });

describe('a keyword of 3.1', () => {
  test.each<[string, object, object]>([
    ['const', { const: 'EUR' }, { enum: ['EUR'] }],
    ['const with enum', { const: 1, enum: [1, 2] }, { enum: [1] }],
    ['a list of types', { type: ['integer', 'null'] }, { type: ['integer', 'null'] }],
    ['a list of one type', { type: ['integer'] }, { type: 'integer' }],
    ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 0 }, { type: 'number', minimum: 0, exclusiveMinimum: true }],
    ['exclusiveMaximum above maximum', { type: 'number', maximum: 5, exclusiveMaximum: 9 }, { type: 'number', maximum: 5 }],
    ['exclusiveMaximum at maximum', { type: 'number', maximum: 9, exclusiveMaximum: 9 }, { type: 'number', maximum: 9, exclusiveMaximum: true }],
    ['prefixItems', { type: 'array', prefixItems: [A, A], maxItems: 2 }, { type: 'array', items: [A, A], additionalItems: false, maxItems: 2 }],
    ['prefixItems with items', { prefixItems: [A], items: { type: 'null' }, maxItems: 9 }, { items: [A], additionalItems: { type: 'null' }, maxItems: 9 }],
    ['items of nothing', { type: 'array', items: false }, { type: 'array', maxItems: 0 }],
    ['dependentRequired', object({ a: A, b: A }, { dependentRequired: { a: ['b'], b: [] } }), closed({ a: A, b: A }, { dependencies: { a: ['b'] } })],
    ['dependentSchemas', object({ a: A, b: A }, { dependentSchemas: { a: { required: ['b'] } } }), closed({ a: A, b: A }, { dependencies: { a: { required: ['b'] } } })],
    ['patternProperties', object({}, { patternProperties: { '^x-': A } }), closed({}, { patternProperties: { '^x-': A } })],
    ['unevaluatedProperties', object({ a: A }, { unevaluatedProperties: false }), closed({ a: A })],
    ['unevaluatedProperties over parts', { allOf: [object({ a: A }), object({ b: A })], unevaluatedProperties: false }, closed({ a: A, b: A })],
    ['what describes alone', { ...A, 'title': 'a', 'description': 'b', 'default': 1, 'examples': [1], 'deprecated': true, '$comment': 'c', 'writeOnly': true, 'x-mine': 1 }, A],
    ['a reference with more beside it', { $ref: '#/others/a', maximum: 5 }, { type: 'integer', maximum: 5 }],
    ['format', { type: 'string', format: 'date-time', maxLength: 30 }, { type: 'string', format: 'date-time', maxLength: 30 }],
    ['not', { type: 'string', maxLength: 9, not: { type: 'string', pattern: '^x' } }, { type: 'string', maxLength: 9, not: { type: 'string', pattern: '^x' } }],
    ['$schema', { ...A, $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { a: A } }, A],
  ])('%s keeps its meaning', (_what, schema, expected) => {
    expect(converted(schema, { others: { a: A } })).toEqual(expected);
  });
});

describe('a keyword of 3.0', () => {
  test.each<[string, object, object]>([
    ['nullable', { type: 'integer', nullable: true }, { type: ['integer', 'null'] }],
    ['nullable without a type', { enum: [1], nullable: true }, { enum: [1] }],
    ['exclusiveMinimum', { type: 'number', minimum: 0, exclusiveMinimum: true }, { type: 'number', minimum: 0, exclusiveMinimum: true }],
    ['exclusiveMinimum without minimum', { type: 'number', exclusiveMinimum: true }, { type: 'number' }],
    ['what describes alone', { ...A, example: 1, xml: { name: 'a' }, externalDocs: { url: 'https://example.com' } }, A],
    ['a reference with more beside it', { $ref: '#/others/a', maximum: 5 }, A],
  ])('%s keeps its meaning', (_what, schema, expected) => {
    expect(converted(schema, { version: '3.0', others: { a: A } })).toEqual(expected);
  });
});

describe('where the document sets no limit', () => {
  test.each<[string, object, object]>([
    ['texts get one', { type: 'string' }, { type: 'string', maxLength: 4096 }],
    ['texts that may be null get one', { type: ['string', 'null'] }, { type: ['string', 'null'], maxLength: 4096 }],
    ['texts that are fixed need none', { type: 'string', enum: ['a'] }, { type: 'string', enum: ['a'] }],
    ['texts that must be longer get one that lets them', { type: 'string', minLength: 5000 }, { type: 'string', minLength: 5000, maxLength: 5000 }],
    ['lists get one', { type: 'array', items: A }, { type: 'array', items: A, maxItems: 100 }],
    ['lists that must be longer get one that lets them', { items: A, minItems: 200 }, { items: A, minItems: 200, maxItems: 200 }],
    ['objects are closed', object({ a: A }), closed({ a: A })],
    ['objects without a type are closed', { properties: { a: A } }, { properties: { a: A }, additionalProperties: false }],
    ['objects of named kinds stay', { type: 'object', additionalProperties: A }, { type: 'object', additionalProperties: A }],
    ['empty objects are closed', { type: 'object', maxProperties: 0 }, { type: 'object', maxProperties: 0, additionalProperties: false }],
    ['parts become one object', { allOf: [object({ a: A }, { required: ['a'] }), object({ b: A }, { required: ['b'] })] }, closed({ a: A, b: A }, { required: ['a', 'b'] })],
    ['alternatives are closed each', { oneOf: [object({ a: A }), object({ b: A })] }, { oneOf: [closed({ a: A }), closed({ b: A })] }],
    ['alternatives get the members that all have', object({ a: A }, { anyOf: [object({ b: A }), object({ c: A })] }), { anyOf: [closed({ a: A, b: A }), closed({ a: A, c: A })] }],
    ['alternatives that only demand stay', object({ a: A, b: A }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }),
      closed({ a: A, b: A }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] })],
    ['parts that say the same of a member become one', { allOf: [object({ a: { type: 'number', minimum: 1 } }), object({ a: { type: 'integer' } })] },
      closed({ a: { type: 'integer', minimum: 1 } })],
    ['patterns of parts stay', { type: 'string', maxLength: 9, allOf: [{ pattern: '^a' }, { pattern: 'b$' }] }, { allOf: [{ type: 'string', maxLength: 9 }, { pattern: '^a' }, { pattern: 'b$' }] }],
  ])('%s', (_what, schema, expected) => {
    expect(converted(schema)).toEqual(expected);
    expect(openingsOf(converted(schema) as Value)).toEqual([]);
  });

  test('the limits can be chosen', () => {
    expect(converted({ type: 'string' }, { maxLength: 7 })).toEqual({ type: 'string', maxLength: 7 });
  });

  test('nothing is limited within what is not meant, since that would let more in', () => {
    const schema = object({ a: A }, { not: { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } } });
    expect(converted(schema)).toEqual({ ...schema, additionalProperties: false });
  });
});

describe('members that are read alone', () => {
  const order = object({ id: { type: 'integer', readOnly: true }, a: A }, { required: ['id', 'a'] });

  test.each(['3.0', '3.1'])('are neither demanded nor taken, by %s', (version) => {
    expect(converted(order, { version })).toEqual(closed({ a: A }, { required: ['a'] }));
    expect(converted({ allOf: [order, { required: ['id'] }] }, { version })).toEqual(closed({ a: A }, { required: ['a'] }));
    expect(converted(object({ id: { $ref: '#/others/id' } }), { version, others: { id: { ...A, readOnly: true } } })).toEqual(closed({}));
  });

  test('beside a reference count in 3.1 alone', () => {
    const schema = object({ id: { $ref: '#/others/a', readOnly: true } });
    expect(converted(schema, { others: { a: A } })).toEqual(closed({}));
    expect(converted(schema, { others: { a: A }, version: '3.0' })).toEqual(closed({ id: A }));
  });

  test('are taken, and not demanded, where objects stay open', () => {
    expect(converted(order, { allowOpen: true })).toEqual(object({ id: A, a: A }, { required: ['a'] }));
  });
});

describe('what draft 4 cannot say, or nobody should, is refused', () => {
  const HERE = 'orders.yaml#/schema';
  test.each<[string, unknown, string]>([
    ['if', { ...A, if: {} }, `have schemas that JSON schema draft 4 can say, which API Gateway knows, got 'if' at ${HERE}/if; write it otherwise, or give \`withoutBodySchema\``],
    ['contains, deep within', object({ a: { type: 'array', items: A, contains: A } }), `got 'contains' at ${HERE}/properties/a/contains;`],
    ['unevaluatedProperties that are described', object({ a: A }, { unevaluatedProperties: A }), `got 'unevaluatedProperties' at ${HERE}/unevaluatedProperties; say it by 'additionalProperties'`],
    ['$id', { ...A, $id: 'https://example.com/' }, `got '$id' at ${HERE}/$id;`],
    ['another dialect', { ...A, $schema: 'http://json-schema.org/draft-07/schema#' }, `use the dialect of OpenAPI 3.1 or JSON schema 2020-12, got "http://json-schema.org/draft-07/schema#" at ${HERE}/$schema; remove it`],
    ['a schema that contains itself', { $ref: '#/others/node' }, 'have schemas that end, got one that contains itself at orders.yaml#/others/node; limit how deep it goes by schemas of their own, or give `withoutBodySchema`'],
    ['a schema that is none', 'string', `have schemas that something follows, got string at ${HERE}; remove what has the schema, or describe it`],
    ['a schema that nothing follows', object({ a: false }), `have schemas that something follows, got false at ${HERE}/properties/a; remove what has the schema, or describe it`],
    ['an unknown type', { type: 'file' }, `have types of array, boolean, integer, null, number, object, string, got "file" at ${HERE}/type; correct it`],
    ['a negative length', { type: 'string', maxLength: -1 }, `have a value for 'maxLength' that JSON schema allows, got -1 at ${HERE}/maxLength; correct it`],
    ['a bound that is no number', { ...A, exclusiveMinimum: '1' }, `have a number in 'exclusiveMinimum', got "1" at ${HERE}/exclusiveMinimum; correct it`],
    ['no fixed value', { enum: [] }, `have at least one value in 'enum', got [] at ${HERE}/enum; add one`],
    ['objects as fixed values', { enum: [{ Ref: 'Secret' }] }, `have texts, numbers, booleans and null as fixed values, got an object or a list at ${HERE}/enum; describe it by \`properties\` or \`items\``],
    ['a fixed value that is none of the others', { const: 3, enum: [1] }, `have a value in 'const' that is in 'enum', got 3 at ${HERE}/const; correct one of them`],
    ['a pattern that is none', { type: 'string', pattern: '[' }, `have patterns of ECMA 262 5.1, got "[" at ${HERE}/pattern; write the pattern otherwise, or remove it`],
    ['a pattern of a younger kind', { type: 'string', pattern: '(?<=a)b' }, `have patterns of ECMA 262 5.1, got "(?<=a)b" at ${HERE}/pattern;`],
    ['a pattern of members that is none', { type: 'object', patternProperties: { '(': A } }, `got "(" at ${HERE}/patternProperties/(;`],
    ['required that is no list', object({ a: A }, { required: true }), `have a list of names in 'required', got true at ${HERE}/required; correct it`],
    ['a member that CloudFormation takes for a function', object({ Ref: A }), `describe no object that CloudFormation takes for a function, got one whose only member is 'Ref' at ${HERE}/properties; rename the member`],
    ['another one', object({ 'Fn::GetAtt': A }), "got one whose only member is 'Fn::GetAtt'"],
    ['a discriminator without alternatives', object({ kind: A }, { discriminator: { propertyName: 'kind' } }), `list the alternatives of a discriminator, got none at ${HERE}/discriminator; write them as 'oneOf'`],
    ['no alternatives', { anyOf: [] }, `have at least one schema in 'anyOf', got [] at ${HERE}/anyOf; add one`],
    ['no first items', { prefixItems: [] }, `have a list of schemas in 'prefixItems', got [] at ${HERE}/prefixItems; add one`],
    ['two kinds of dependencies', object({ a: A }, { dependentRequired: {}, dependentSchemas: {} }), `have one of 'dependentRequired' and 'dependentSchemas', got both at ${HERE}/dependentSchemas;`],
    ['anything', {}, `say what a body looks like, got anything at ${HERE}; describe it, or give \`allowOpenObjects\` for the operation`],
    ['anything, deep within', object({ a: true }), `say what a body looks like, got anything at ${HERE}/properties/a;`],
    ['an object without members', { type: 'object' }, `say what a body looks like, got an object of which it names no member at ${HERE};`],
    ['an object with further members', object({ a: A }, { additionalProperties: true }), `say what a body looks like, got an object with members that it does not name at ${HERE};`],
    ['a list of anything', { type: 'array' }, `say what a body looks like, got a list of anything at ${HERE};`],
    ['a member that is required and not described', object({ a: A }, { required: ['b'] }), `describe the members that it requires, got 'b' undescribed at ${HERE}; add it to \`properties\`, or give \`allowOpenObjects\``],
    ['parts that close each other', { allOf: [closed({ a: A }), closed({ b: A })] }, `have parts that one schema can say, so that it can be closed, got parts that contradict or close each other at ${HERE}/allOf; write them as one, or give \`allowOpenObjects\``],
    ['alternatives that contradict what all have', object({ a: A }, { oneOf: [object({ b: A }), object({ a: { type: 'null' } })] }), `got parts that contradict or close each other at ${HERE}/oneOf;`],
  ])('%s', (_what, schema, message) => {
    const node = { type: 'object', properties: { next: { $ref: '#/others/node' } } };
    expect(refused(schema, { others: { node } })).toContain('ConfigurationError: [Stack] \'document\' must');
    expect(refused(schema, { others: { node } })).toContain(message);
  });

  test('schemas that are deeper than the policy looks', () => {
    const deep = Array.from({ length: 31 }).reduce<object>((inner) => ({ type: 'array', items: inner }), A);
    expect(refused(deep)).toContain('have schemas at most 30 deep, got a deeper one at orders.yaml#/schema/items');
  });

  test('schemas that refer to ever more', () => {
    const others = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`s${n}`, object({ a: { $ref: `#/others/s${n + 1}` }, b: { $ref: `#/others/s${n + 1}` } })]));
    expect(refused({ $ref: '#/others/s0' }, { others: { ...others, s20: A } })).toMatch(/have bodies of at most 20000 schemas, got more, with what they refer to at orders\.yaml#\/others\/s\d+/);
  });

  test('chains of references and parts that are longer than any is', () => {
    const others = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`s${n}`, { $ref: `#/others/s${n + 1}` }]));
    expect(refused({ $ref: '#/others/s0' }, { others: { ...others, s300: A } })).toContain('have schemas at most 30 deep');
  });

  test('models that are larger than API Gateway takes', () => {
    const names = object(Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`a-member-of-a-large-schema-${n}`, A])));
    expect(refused(names)).toMatch(/have schemas of at most 409600 characters, got \d+, with what it refers to at orders\.yaml#\/schema/);
  });
});

test('what is not enforced is said with its place', () => {
  const { notes } = model(object({
    a: { type: 'string', format: 'uuid' }, b: { ...A, nullable: true }, c: { oneOf: [object({ k: A }), object({ l: A })], discriminator: { propertyName: 'k' } },
  }));
  expect(notes).toEqual([
    '#/schema/properties/a/format: the format "uuid"',
    "#/schema/properties/b/nullable: the keyword 'nullable', which OpenAPI 3.1 does not know",
    '#/schema/properties/c/discriminator: that the member chooses the alternative',
  ]);
});

describe('with a waiver for open objects', () => {
  test.each<[string, object, string[]]>([
    ['an object without members', { type: 'object' }, ['OpenObject']],
    ['an object with further members', object({ a: A }, { additionalProperties: true }), ['OpenObject']],
    ['an object of which the document says nothing', object({ a: A }), ['OpenObject']],
    ['anything', object({ a: {} }, { additionalProperties: false }), ['Unbounded']],
    ['a closed object', closed({ a: A }), []],
  ])('%s stays as it is', (_what, schema, left) => {
    const result = model(schema, { allowOpen: true });
    expect(result.schema).toEqual(schema);
    expect(result.left).toEqual(left);
  });

  test('a body is described all the same', () => {
    expect(refused({}, { allowOpen: true })).toContain('say what a body looks like, got a schema that anything follows at orders.yaml#/schema; describe it, or give `withoutBodySchema`');
  });
});

describe('any schema', () => {
  const NAMES = ['a', 'b', 'c'];
  const schemasWith = (...choices: string[]) => fc.letrec<{ schema: object; object: object; choice: object }>((tie) => ({
    schema: fc.oneof({ maxDepth: 3, withCrossShrink: true },
      fc.record({ type: fc.constantFrom('integer', 'boolean', 'null', ['integer', 'null'], 'number') }),
      fc.record({ type: fc.constant('number'), minimum: fc.integer({ min: 0, max: 3 }), exclusiveMaximum: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: ['type'] }),
      fc.record({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.nat(3), pattern: fc.constantFrom('^a', 'b$') }, { requiredKeys: ['type'] }),
      fc.record({ const: fc.constantFrom(1, 'a', null, true) }),
      fc.record({ type: fc.constant('array'), items: tie('schema'), maxItems: fc.nat(3) }, { requiredKeys: ['type', 'items'] }),
      fc.record({ type: fc.constant('array'), prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
      tie('object'), tie('object'),
      fc.record({ allOf: fc.array(tie('object'), { minLength: 1, maxLength: 2 }) }),
      fc.tuple(tie('choice'), fc.constantFrom({}, { type: 'object' })).map(([choice, type]) => ({ ...choice, ...type })),
      fc.record({ type: fc.constant('integer'), not: tie('schema') })),
    choice: fc.tuple(fc.constantFrom(...choices), fc.array(tie('schema'), { minLength: 1, maxLength: 2 })).map(([choice, all]) => ({ [choice]: all })),
    object: fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { minKeys: 1, maxKeys: 3 }),
      required: fc.subarray(NAMES),
      additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      unevaluatedProperties: fc.constant(false),
      anyOf: fc.array(fc.oneof(tie('object'), fc.record({ required: fc.subarray(NAMES) })), { minLength: 1, maxLength: 2 }),
      dependentRequired: fc.dictionary(fc.constantFrom(...NAMES), fc.subarray(NAMES), { maxKeys: 1 }),
    }, { requiredKeys: ['type', 'properties'] }),
  })).schema;
  const { value: values } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(0, 1, 2.5, 3, 'a', 'ab', 'b', '', null, true), fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...NAMES, 'd'), tie('value'), { maxKeys: 3 })),
  }));
  const whole = new Ajv2020({ strict: false, allErrors: false });
  const draft4 = new AjvDraft4({ strict: false });
  const attempt = (schema: object, allowOpen: boolean) => {
    try {
      return model(schema, { allowOpen });
    } catch (error) {
      expect((error as Error).name).toBe('ConfigurationError');
      expect((error as Error).message).toContain('orders.yaml#/schema');
      return undefined;
    }
  };

  // Closing alternatives of a `oneOf` makes them exclude each other, so that what followed two of them follows one.
  test('becomes one that lets in nothing else, and is bounded, or is refused with its place', () => {
    let taken = 0;
    fc.assert(fc.property(schemasWith('anyOf'), fc.array(values, { minLength: 20, maxLength: 20 }), (schema, bodies) => {
      const result = attempt(schema, false);
      if (!result) return;
      taken++;
      expect(openingsOf(result.schema as Value)).toEqual([]);
      expect(draft4.validateSchema(result.schema)).toBe(true);
      const [after, before] = [draft4.compile(result.schema), whole.compile(schema)];
      for (const body of bodies) if (after(body)) expect([body, before(body)]).toEqual([body, true]);
    }), { numRuns: 1500 });
    expect(taken).toBeGreaterThan(400);
  });

  test('with a waiver for open objects becomes one that lets in the same, and says which findings are left', () => {
    let taken = 0;
    fc.assert(fc.property(schemasWith('anyOf', 'oneOf'), fc.array(values, { minLength: 20, maxLength: 20 }), (schema, bodies) => {
      const result = attempt(schema, true);
      if (!result) return;
      taken++;
      const kinds = openingsOf(result.schema as Value).map(({ kind }) => (kind === 'open-object' ? 'OpenObject' : 'Unbounded'));
      expect(result.left).toEqual([...new Set(kinds)].sort());
      const [after, before] = [draft4.compile(result.schema), whole.compile(schema)];
      for (const body of bodies) expect([body, after(body)]).toEqual([body, before(body)]);
    }), { numRuns: 1500 });
    expect(taken).toBeGreaterThan(800);
  });
});
