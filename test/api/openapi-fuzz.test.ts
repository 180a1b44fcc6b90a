import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { api } from '../../src';

/** A document that has a little of everything. */
const GOOD = parse(readFileSync(join(__dirname, '../fixtures/openapi/everything.yaml'), 'utf8')) as object;

const stack = new Stack(new App(), 'Stack');
const integration = api.Integration.eventBus(events.EventBus.fromEventBusName(stack, 'Bus', 'orders'), { source: 'orders', detailType: 'Placed' });
const idp = new api.OidcAuthorizer(stack, 'Idp', { issuers: [{ issuer: 'https://login.example.com/', audiences: ['orders'] }] });
const tokens = api.SchemeAuthorization.oidc(idp, 'partner');
const served = new api.IntegrationApi(stack, 'Api');

/** Routes, or a ConfigurationError that names a place; nothing else. */
function outcomeOf(text: string): string {
  try {
    served.addOpenApi({
      document: api.OpenApiDocument.fromText(text),
      integration,
      authorizations: { aws: api.SchemeAuthorization.iam(), partners: tokens, clients: tokens },
    });
    return 'routes';
  } catch (error) {
    const { name, message } = error as Error;
    // The second import of a route that the first has made.
    if (/^There is already a Construct with name/.test(message)) return 'routes';
    expect([name, message]).toEqual(['ConfigurationError', expect.stringMatching(/^\[Stack\/Api] '\w+' .*#/s)]);
    return 'refused';
  }
}

/** Every place of a value. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): Array<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [path, ...below.flatMap(([key, item]) => placesOf(item, [...path, key]))];
}

/** A document of which the value at a place is another one; `undefined` removes it. */
function mutated(document: object, path: readonly (string | number)[], value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce<any>((at, key) => at[key], copy);
  const key = path[path.length - 1];
  if (value === undefined) delete parent[key];
  else parent[key] = value;
  return copy;
}

const PLACES = placesOf(GOOD);
const SUBTREES = PLACES.map((path) => path.reduce<any>((at, key) => at[key], GOOD));
const KEYWORDS = [
  'allOf', 'oneOf', 'anyOf', 'not', 'type', 'items', 'properties', 'required', 'enum', 'const', '$ref', 'prefixItems', 'dependentSchemas', 'additionalProperties',
  'unevaluatedProperties', 'patternProperties', 'discriminator', 'security', 'parameters', 'requestBody', 'content', 'schema', 'constructor', 'toString', 'Ref',
];
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, 0, -1, 1.5, '', 'x', [], {}, [null], { $ref: '#' }, { $ref: '#/components/schemas/Order' }, { $ref: 'http://x' }),
  fc.constantFrom<unknown>(...SUBTREES), fc.json().map((text) => JSON.parse(text) as unknown), fc.string(),
);
const mutation = fc.record({ path: fc.constantFrom(...PLACES), key: fc.option(fc.constantFrom(...KEYWORDS)), value: anyValue });

test('a document that has everything becomes routes', () => {
  expect(outcomeOf(stringify(GOOD))).toBe('routes');
});

test('a document with any changes becomes routes, or is refused with a place', () => {
  const outcomes = { routes: 0, refused: 0 } as Record<string, number>;
  fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean(), (mutations, asYaml) => {
    let document: unknown = GOOD;
    for (const { path, key, value } of mutations) {
      try {
        document = mutated(document as object, key ? [...path, key] : path, value);
      } catch {
        // The place went with an earlier change, or is no object.
      }
    }
    const text = asYaml ? stringify(document ?? null, { aliasDuplicateObjects: false }) : JSON.stringify(document ?? null);
    outcomes[outcomeOf(text)]++;
  }), { numRuns: 2000 });
  expect(outcomes.routes).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(200);
});

test('a text with any changes becomes routes, or is refused with a place', () => {
  const texts = [stringify(GOOD), JSON.stringify(GOOD)];
  const other = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('&a ', '*a', '<<: ', '!!set ', '{', '[', '\t', '\u0000', '%FF', '? '));
  fc.assert(fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(40), other, (text, at, length, inserted) => {
    const start = at % text.length;
    outcomeOf(text.slice(0, start) + inserted + text.slice(start + length));
  }), { numRuns: 1000 });
});
