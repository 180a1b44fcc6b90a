import { isObject, Place } from './place';

/** A schema of draft 4, while it is made. */
export type Draft4 = { [keyword: string]: unknown };

/** Types of JSON schema. */
const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** Keywords that are the same in draft 4, with what their values must be. */
export const SAME: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...Object.fromEntries(['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'].map((key) => [key, isCount])),
  ...Object.fromEntries(['maximum', 'minimum'].map((key) => [key, isNumber])),
  multipleOf: (value) => isNumber(value) && (value as number) > 0,
  uniqueItems: (value) => typeof value === 'boolean',
};

/** Keywords that say nothing of what is valid, in one version or the other. */
export const DESCRIBING: Readonly<Record<string, readonly string[]>> = {
  '3.0': ['default', 'deprecated', 'description', 'example', 'externalDocs', 'nullable', 'readOnly', 'title', 'writeOnly', 'xml'],
  '3.1': [
    '$comment', '$defs', 'contentEncoding', 'contentMediaType', 'contentSchema', 'default', 'definitions', 'deprecated', 'description', 'example', 'examples',
    'externalDocs', 'readOnly', 'title', 'writeOnly', 'xml',
  ],
};

/** Keywords of JSON schema 2020-12 whose meaning draft 4 cannot say, or that lead elsewhere. */
export const INEXPRESSIBLE = [
  '$anchor', '$dynamicAnchor', '$dynamicRef', '$id', '$recursiveAnchor', '$recursiveRef', '$vocabulary', 'contains', 'else', 'if', 'maxContains',
  'minContains', 'propertyNames', 'then', 'unevaluatedItems',
];

/** Formats that draft 4 defines (JSON Schema Validation, draft 4, 7.3). */
export const FORMATS = ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'];

/** Dialects that a schema may say it is written in. */
export const DIALECTS = ['https://spec.openapis.org/oas/3.1/dialect/base', 'https://json-schema.org/draft/2020-12/schema'];

/** What is younger than the regular expressions of draft 4, ECMA 262 5.1: look-behind, named groups, properties and code points of Unicode. */
const YOUNGER = /\(\?<|\\[pP]\{|\\u\{|\\k</;

/** Copies a keyword that is the same in draft 4. */
export function same(at: Place): unknown {
  if (!SAME[at.key](at.value)) throw at.error(`have a value for '${at.key}' that JSON schema allows`, JSON.stringify(at.value), 'correct it');
  return at.value;
}

/** The types that a schema allows, one by itself. */
export function typeOf(at: Place, nullable: boolean): unknown {
  const types = Array.isArray(at.value) ? at.value as unknown[] : [at.value];
  const wrong = types.find((type) => !TYPES.includes(String(type)));
  if (types.length === 0 || wrong !== undefined) throw at.error(`have types of ${TYPES.join(', ')}`, JSON.stringify(at.value), 'correct it');
  const all = [...new Set([...types, ...(nullable ? ['null'] : [])])];
  return all.length === 1 ? all[0] : all;
}

/** The values that `enum` or `const` allows. */
export function valuesOf(at: Place): unknown[] {
  const values = at.key === 'const' ? [at.value] : at.value;
  if (!Array.isArray(values) || values.length === 0) throw at.error("have at least one value in 'enum'", JSON.stringify(at.value), 'add one');
  // The CDK renames members of what stands in a schema, and CloudFormation takes some for functions.
  if (values.some((value) => typeof value === 'object' && value !== null)) {
    throw at.error('have texts, numbers, booleans and null as fixed values', 'an object or a list', 'describe it by `properties` or `items`');
  }
  return [...new Set<unknown>(values)];
}

/** A pattern that API Gateway can be relied on to know. */
export function patternOf(at: Place, pattern: unknown = at.value): string {
  const wrong = (got: string) => at.error('have patterns of ECMA 262 5.1', got, 'write the pattern otherwise, or remove it');
  if (typeof pattern !== 'string' || YOUNGER.test(pattern)) throw wrong(JSON.stringify(pattern));
  try {
    new RegExp(pattern);
  } catch {
    throw wrong(JSON.stringify(pattern));
  }
  return pattern;
}

/** Names that members must have. */
export function namesOf(at: Place): string[] {
  if (!Array.isArray(at.value) || at.value.some((name) => typeof name !== 'string')) {
    throw at.error(`have a list of names in '${at.key}'`, JSON.stringify(at.value), 'correct it');
  }
  return [...new Set(at.value as string[])];
}

/** Bounds of numbers, which draft 4 has as one number and whether it is itself outside. */
export function boundsOf(place: Place): Draft4 {
  const bounds: Draft4 = {};
  for (const [limit, exclusive] of [['minimum', 'exclusiveMinimum'], ['maximum', 'exclusiveMaximum']] as const) {
    const [at, beyond] = [place.at(limit), place.at(exclusive)];
    if (at.exists) bounds[limit] = same(at);
    if (beyond.value === true && at.exists) bounds[exclusive] = true;
    if (!beyond.exists || typeof beyond.value === 'boolean') continue;
    if (!isNumber(beyond.value)) throw beyond.error(`have a number in '${exclusive}'`, JSON.stringify(beyond.value), 'correct it');
    const [within, outside] = [at.value as number | undefined, beyond.value as number];
    if (within !== undefined && (limit === 'minimum' ? within > outside : within < outside)) continue;
    Object.assign(bounds, { [limit]: outside, [exclusive]: true });
  }
  return bounds;
}

/** Refuses an object that CloudFormation would take for a function. */
export function requireNoFunction(place: Place, names: readonly string[]): void {
  if (names.length !== 1 || !/^(Ref|Condition|Fn::.*)$/.test(names[0])) return;
  throw place.error('describe no object that CloudFormation takes for a function', `one whose only member is '${names[0]}'`, 'rename the member');
}

/** Whether a schema of draft 4 is about objects. */
export function isOfObjects(schema: Draft4): boolean {
  return allows(schema, 'object') || schema.properties !== undefined;
}

/** Whether a schema of draft 4 names a type. */
export function allows(schema: Draft4, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

/** Whether a value has members of its own, in the sense of JSON. */
export function hasMembers(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
