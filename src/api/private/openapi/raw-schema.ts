import {
  boundsOf, DESCRIBING, DIALECTS, Draft4, FORMATS, hasMembers, INEXPRESSIBLE, namesOf, patternOf, requireNoFunction, same, SAME, typeOf, valuesOf,
} from './keywords';
import { merged, READ_ONLY } from './merge';
import { isObject, Place } from './place';

/** Whether a schema stands by itself, is a part of others, or says what is not meant: a limit there would let more in. */
export type Role = 'whole' | 'part' | 'negated';

/** What the conversion of a schema asks of that of others. */
export interface Conversion {
  readonly version: string;
  /** Whether objects stay as open as the document has them. */
  readonly allowOpen: boolean;
  /** Converts a schema that stands below another one. */
  convert(place: Place, role: Role): Draft4;
  /** Converts a schema that becomes one with another; its objects are not closed yet. */
  raw(place: Place, role: Role): Draft4;
  /** Says what is not enforced. */
  note(at: Place, what: string): void;
}

/** Keywords that are read together with others. */
const READ_ELSEWHERE = ['$ref', '$schema', 'additionalItems', 'exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'minimum', 'unevaluatedProperties'];

/** A schema in draft 4, without limits and before its objects are closed, for those depend on what it becomes a part of. */
export function rawSchema(place: Place, role: Role, conversion: Conversion): Draft4 {
  if (place.value === true) return {};
  if (!isObject(place.value)) throw place.error('have schemas that something follows', String(place.value), 'remove what has the schema, or describe it');
  if (!place.at('$ref').exists) return ownSchema(place, role, conversion);

  const referenced = conversion.raw(place.referenced(), role);
  // In 3.0 what stands beside a reference is ignored (OpenAPI 3.0.4, 4.7.23.1); in 3.1 it counts as well.
  const besides = Object.keys(place.value).filter((key) => key !== '$ref' && !key.startsWith('x-') && !DESCRIBING['3.1'].includes(key));
  if (conversion.version === '3.0' || besides.length === 0) return referenced;
  return combined([ownSchema(place, role, conversion), referenced]);
}

/** What all of the parts say, as one schema where there is one. */
function combined(parts: readonly Draft4[]): Draft4 {
  const [first = {}, ...others] = parts.filter((part) => Object.keys(part).length > 0);
  const one = others.reduce<Draft4 | undefined>((sum, part) => sum && merged(sum, part), first);
  return one ?? { allOf: [first, ...others] };
}

function ownSchema(place: Place, role: Role, conversion: Conversion): Draft4 {
  const schema: Draft4 = boundsOf(place);
  for (const [keyword, at] of place.members()) {
    if (DESCRIBING[conversion.version].includes(keyword) || READ_ELSEWHERE.includes(keyword) || keyword.startsWith('x-')) continue;
    Object.assign(schema, SAME[keyword] ? { [keyword]: same(at) } : translated(place, at, role, conversion));
  }
  requireDialect(place.at('$schema'));
  const parts = place.at('allOf').items().map((part) => conversion.raw(part, role === 'whole' ? 'part' : role));
  const all = parts.length > 0 ? combined([schema, ...parts]) : schema;
  return closedByItself(place, all, role, conversion);
}

function translated(schema: Place, at: Place, role: Role, conversion: Conversion): Draft4 {
  const below: Role = role === 'negated' ? 'negated' : 'whole';
  const each = (as: Role) => Object.fromEntries(at.members().map(([name, value]) => [name, conversion.convert(value, as)]));
  switch (at.key) {
    case 'type': return { type: typeOf(at, conversion.version === '3.0' && schema.at('nullable').value === true) };
    case 'enum': return schema.at('const').exists ? {} : { enum: valuesOf(at) };
    case 'const': return { enum: constOf(schema, at) };
    case 'pattern': return { pattern: patternOf(at) };
    case 'format': return formatOf(at, conversion);
    case 'required': return namesOf(at).length > 0 ? { required: namesOf(at) } : {};
    case 'properties': return propertiesOf(at, below, conversion);
    case 'patternProperties':
      at.members().forEach(([pattern, member]) => patternOf(member, pattern));
      requireNoFunction(at, at.members().map(([name]) => name));
      return { patternProperties: each(below) };
    case 'additionalProperties': return { additionalProperties: additionalOf(at, below, conversion) };
    case 'items': return itemsOf(schema, at, below, conversion);
    case 'prefixItems': return prefixOf(schema, at, below, conversion);
    case 'allOf': return {}; // becomes one with the schema
    case 'anyOf':
    case 'oneOf': return { [at.key]: alternativesOf(at, role, conversion) };
    case 'not': return { not: conversion.convert(at, 'negated') };
    case 'dependentRequired': return dependencies(schema, at.members().map(([name, names]) => [name, namesOf(names)]));
    case 'dependentSchemas': return dependencies(schema, Object.entries(each(role === 'negated' ? 'negated' : 'part')));
    case 'discriminator': return discriminated(schema, at, role, conversion);
    default: return unknown(at, conversion);
  }
}

function constOf(schema: Place, at: Place): unknown[] {
  const [values, others] = [valuesOf(at), schema.at('enum')];
  if (others.exists && !valuesOf(others).includes(values[0])) throw at.error("have a value in 'const' that is in 'enum'", JSON.stringify(at.value), 'correct one of them');
  return values;
}

function formatOf(at: Place, conversion: Conversion): Draft4 {
  if (FORMATS.includes(String(at.value))) return { format: at.value };
  conversion.note(at, `the format ${JSON.stringify(at.value)}`);
  return {};
}

/** What is read alone is not sent, and where it is required counts for answers alone (OpenAPI 3.0.4, 4.7.24.2). */
function propertiesOf(at: Place, below: Role, conversion: Conversion): Draft4 {
  const [properties, readOnly]: [Array<[string, Draft4]>, string[]] = [[], []];
  for (const [name, member] of at.members()) {
    const told = conversion.version === '3.0' ? [member.followed()] : [member, member.followed()];
    const isReadOnly = below === 'whole' && told.some((each) => each.at('readOnly').value === true);
    if (isReadOnly) readOnly.push(name);
    if (!isReadOnly || conversion.allowOpen) properties.push([name, conversion.convert(member, below)]);
  }
  requireNoFunction(at, properties.map(([name]) => name));
  return { properties: Object.fromEntries(properties), ...(readOnly.length > 0 && { [READ_ONLY]: readOnly }) };
}

function additionalOf(at: Place, below: Role, conversion: Conversion): unknown {
  if (typeof at.value === 'boolean') return at.value;
  return hasMembers(at.value) ? conversion.convert(at, below) : true;
}

function itemsOf(schema: Place, at: Place, below: Role, conversion: Conversion): Draft4 {
  if (schema.at('prefixItems').exists) return {};
  return at.value === false ? { maxItems: 0 } : { items: conversion.convert(at, below) };
}

/** Draft 4 has the schemas of the first items as a list of `items`, and that of the others as `additionalItems`. */
function prefixOf(schema: Place, at: Place, below: Role, conversion: Conversion): Draft4 {
  const others = schema.at('items');
  if (!Array.isArray(at.value) || at.value.length === 0) throw at.error("have a list of schemas in 'prefixItems'", JSON.stringify(at.value), 'add one');
  const open = !others.exists && (below === 'negated' || conversion.allowOpen);
  return {
    items: at.items().map((item) => conversion.convert(item, below)),
    ...(!open && { additionalItems: others.exists && others.value !== false ? conversion.convert(others, below) : false }),
  };
}

function alternativesOf(at: Place, role: Role, conversion: Conversion): Draft4[] {
  if (at.items().length === 0) throw at.error(`have at least one schema in '${at.key}'`, JSON.stringify(at.value), 'add one');
  return at.items().map((alternative) => conversion.raw(alternative, role));
}

function dependencies(schema: Place, entries: ReadonlyArray<readonly [string, unknown]>): Draft4 {
  if (schema.at('dependentRequired').exists && schema.at('dependentSchemas').exists) {
    throw schema.at('dependentSchemas').error("have one of 'dependentRequired' and 'dependentSchemas'", 'both', "say it by 'dependentSchemas' alone");
  }
  requireNoFunction(schema, entries.map(([name]) => name));
  return { dependencies: Object.fromEntries(entries.filter(([, value]) => !Array.isArray(value) || value.length > 0)) };
}

/** A discriminator says by which member alternatives are told apart, a hint where they are listed, and a list that is not there where not. */
function discriminated(schema: Place, at: Place, role: Role, conversion: Conversion): Draft4 {
  if (schema.at('oneOf').exists || schema.at('anyOf').exists) conversion.note(at, 'that the member chooses the alternative');
  else if (role === 'whole') throw at.error('list the alternatives of a discriminator', 'none', "write them as 'oneOf'");
  return {};
}

function unknown(at: Place, conversion: Conversion): Draft4 {
  if (INEXPRESSIBLE.includes(at.key)) {
    throw at.error('have schemas that JSON schema draft 4 can say, which API Gateway knows', `'${at.key}'`, 'write it otherwise, or give `withoutBodySchema`');
  }
  conversion.note(at, `the keyword '${at.key}', which OpenAPI ${conversion.version} does not know`);
  return {};
}

function requireDialect(at: Place): void {
  if (at.exists && !DIALECTS.includes(String(at.value))) throw at.error('use the dialect of OpenAPI 3.1 or JSON schema 2020-12', JSON.stringify(at.value), 'remove it');
}

/** `unevaluatedProperties` is `additionalProperties` where all parts have become one. */
function closedByItself(place: Place, schema: Draft4, role: Role, conversion: Conversion): Draft4 {
  const at = place.at('unevaluatedProperties');
  if (!at.exists || schema.additionalProperties !== undefined) return schema;
  if (at.value === true) return { ...schema, additionalProperties: true };
  const composed = ['allOf', 'anyOf', 'oneOf'].some((key) => schema[key] !== undefined);
  if (at.value === false && !composed) return { ...schema, additionalProperties: false };
  if (at.value === false && role === 'whole' && !conversion.allowOpen) return schema;
  throw at.error('have schemas that JSON schema draft 4 can say, which API Gateway knows', "'unevaluatedProperties'", "say it by 'additionalProperties'");
}
