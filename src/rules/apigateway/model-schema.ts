import { pointedAt } from './openapi';
import { at, isMap, listOf, numberOf, Unresolved, Value } from '../values';

/** What a model leaves open, with the place in the schema. */
export interface Opening {
  readonly kind: 'open-object' | 'unbounded' | 'untold';
  readonly path: string;
}

/** Deeper schemas are refused rather than followed. */
const MAX_DEPTH = 32;

/** Keywords that bound a text by themselves; `const` is younger than the draft that API Gateway knows. */
const TEXT_BOUNDS = ['enum', 'maxLength'];

/** Keywords without which a schema takes values of any kind. */
const KINDS = ['$ref', 'allOf', 'anyOf', 'enum', 'items', 'oneOf', 'properties', 'type'];

/** Whether a schema says nothing about what it describes. */
export function allowsAnything(schema: Value): boolean {
  return isMap(schema) && !Object.keys(schema).some((key) => !['$schema', '$id', 'id', 'title', 'description', 'definitions'].includes(key));
}

/**
 * Every object of a schema that takes members which it does not name, every text and list of any length, and every value of any kind.
 *
 * API Gateway knows JSON schema draft 4. Parts of an `allOf`, and alternatives of what has a type of its own, may be open: closing one would
 * shut out the members of the others.
 */
export function openingsOf(schema: Value): readonly Opening[] {
  return found(schema, '$', false).openings;
}

/** As `openingsOf`, of a schema of an OpenAPI document and of what it refers to there, each read once. */
export function openingsIn(document: Value, schema: Value): readonly Opening[] {
  const openings: Array<readonly Opening[]> = [];
  const read = new Set<string>();
  const waiting = [{ schema, path: '$', composed: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const inside = found(next.schema, next.path, next.composed);
    openings.push(inside.openings);
    for (const { to, composed } of inside.references) {
      const key = `${composed} ${to}`;
      if (read.has(key)) continue;
      read.add(key);
      waiting.push({ schema: pointedAt(document, to), path: to, composed });
    }
  }
  return openings.flat();
}

/** A reference into the document that a schema is a part of. */
interface Link {
  readonly to: string;
  readonly composed: boolean;
}

function found(schema: Value, path: string, composed: boolean): { readonly openings: readonly Opening[]; readonly references: readonly Link[] } {
  const references: Link[] = [];
  return { openings: walk(schema, path, 0, composed, references), references };
}

function walk(schema: Value, path: string, depth: number, composed: boolean, references: Link[]): readonly Opening[] {
  if (!isMap(schema) || depth > MAX_DEPTH) return [{ kind: 'untold', path }];
  const inside = (key: string, value: Value, part = false) => walk(value, `${path}.${key}`, depth + 1, part, references);
  const reference = Object.prototype.hasOwnProperty.call(schema, '$ref') ? schema.$ref : undefined;
  if (typeof reference === 'string' && !isRemote(reference)) references.push({ to: reference, composed });
  return [
    // A transform may add keywords to those that stand beside it.
    ...(isRemote(reference) || Object.keys(schema).some((key) => key.startsWith('Fn::')) ? [{ kind: 'untold' as const, path }] : []),
    ...own(schema, path, composed),
    ...['properties', 'patternProperties', 'definitions'].flatMap((key) => membersOf(schema[key]).flatMap(([name, value]) => inside(`${key}.${name}`, value))),
    ...(isMap(schema.additionalProperties) ? inside('additionalProperties', schema.additionalProperties) : []),
    ...listOf(schema.items).flatMap((item) => inside('items', item)),
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => listOf(schema[key]).flatMap((part, index) =>
      inside(`${key}.${index}`, part, key === 'allOf' || schema.type !== undefined))),
  ];
}

function own(schema: Value, path: string, composed: boolean): Opening[] {
  const types = listOf(at(schema, 'type'));
  if (types.some((type) => type instanceof Unresolved)) return [{ kind: 'untold', path }];
  const additional = at(schema, 'additionalProperties');
  const isObject = types.includes('object') || at(schema, 'properties') !== undefined;
  const isText = types.includes('string') && !TEXT_BOUNDS.some((key) => at(schema, key) !== undefined);
  const isList = (types.includes('array') || at(schema, 'items') !== undefined) && typeof numberOf(at(schema, 'maxItems')) !== 'number';
  const isAnything = !composed && !KINDS.some((key) => at(schema, key) !== undefined);
  return [
    ...(isObject && !composed && additional !== false && !isMap(additional) ? [{ kind: 'open-object' as const, path }] : []),
    ...(isText || isList || isAnything ? [{ kind: 'unbounded' as const, path }] : []),
  ];
}

function membersOf(value: Value): ReadonlyArray<[string, Value]> {
  return isMap(value) ? Object.entries(value) : [];
}

/** A reference into the schema itself is read where it is defined. */
function isRemote(reference: Value): boolean {
  return reference !== undefined && !(typeof reference === 'string' && reference.startsWith('#'));
}
