import { Resource } from '../graph';
import { jsonOf } from '../json-text';
import { describe, isMap, Unresolved, Value, ValueMap } from '../values';

/** One operation of an OpenAPI document: what a request to a path with a verb meets. */
export interface Operation {
  /** The path as the document writes it, such as `/orders/{id}`. */
  readonly path: string;
  /** The HTTP method in capitals, or `ANY`. */
  readonly verb: string;
  /** Where it stands in the resource, `Body.paths./orders.post`. */
  readonly property: string;
  readonly value: ValueMap;
  /** Parameters that it shares with the other operations of its path. */
  readonly shared: Value;
}

/** A place at which the methods of an API cannot be read in the template. */
export interface Unread {
  readonly property: string;
  readonly text: string;
}

/** What a template tells of the document that an API is imported from. */
export interface Definition {
  /** The document itself; empty where there is none. */
  readonly document: Value;
  readonly operations: readonly Operation[];
  readonly unread: readonly Unread[];
}

/** Members of a path item that are operations; API Gateway adds one for all others (x-amazon-apigateway-any-method object). */
const VERBS: ReadonlyMap<string, string> = new Map([
  ...['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace'].map((verb): [string, string] => [verb, verb.toUpperCase()]),
  ['x-amazon-apigateway-any-method', 'ANY'],
]);

/** References that lead to other references more often than this are no honest document's. */
const MAX_REFERENCES = 100;

/** The definition of a REST or an HTTP API: in the template, in a bucket, or in the API that it is a copy of. */
export function definitionOf({ properties }: Resource): Definition {
  const document = jsonOf(properties.Body) ?? {};
  const elsewhere = ['BodyS3Location', 'CloneFrom'].filter((property) => !isAbsent(properties[property]))
    .map((property) => ({ property, text: describe(properties[property]) }));
  const { operations, unread } = readPaths(document);
  return { document, operations, unread: [...elsewhere, ...unread] };
}

/** A member of an object; `Unresolved` where a transform may add it (`Fn::Transform` beside other members), undefined where it is absent. */
export function member(value: Value, key: string): Value {
  if (value instanceof Unresolved) return value;
  if (!isMap(value)) return undefined;
  if (Object.prototype.hasOwnProperty.call(value, key)) return value[key] ?? undefined;
  const added = Object.keys(value).find(isMacro);
  return added === undefined ? undefined : new Unresolved(added);
}

/** As `member`, step by step. */
export function within(value: Value, ...keys: readonly string[]): Value {
  return keys.reduce(member, value);
}

/** Members of an object by their names; none of anything else. */
export function membersOf(value: Value): ReadonlyArray<[string, Value]> {
  return isMap(value) ? Object.entries(value) : [];
}

/** What a value refers to in its document by `$ref`; the value itself where it is no reference, `Unresolved` where the document lacks it. */
export function follow(document: Value, value: Value): Value {
  let current = value;
  for (let steps = 0; isMap(current) && Object.prototype.hasOwnProperty.call(current, '$ref'); steps += 1) {
    const reference = current.$ref;
    const found = typeof reference === 'string' && steps < MAX_REFERENCES ? pointedAt(document, reference) : undefined;
    if (found === undefined) return new Unresolved(`$ref ${describe(reference)}`);
    current = found;
  }
  return current;
}

/** The part of a document that a JSON pointer such as `#/components/schemas/Order` names (RFC 6901, 6). */
export function pointedAt(document: Value, pointer: string): Value {
  if (!pointer.startsWith('#/')) return undefined;
  return pointer.slice(2).split('/').map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((current, step) => (Array.isArray(current) ? current[Number(step)] as Value : member(current, step)), document);
}

function readPaths(document: Value): Pick<Definition, 'operations' | 'unread'> {
  const paths = member(document, 'paths');
  if (!isMap(document)) return { operations: [], unread: [{ property: 'Body', text: describe(document) }] };
  if (paths === undefined) return { operations: [], unread: [] };
  if (!isMap(paths)) return { operations: [], unread: [{ property: 'Body.paths', text: describe(paths) }] };
  const items = Object.entries(paths).filter(([path]) => !path.startsWith('x-')).map(([path, item]) => readItem(document, path, item));
  return { operations: items.flatMap(({ operations }) => operations), unread: items.flatMap(({ unread }) => unread) };
}

function readItem(document: Value, path: string, raw: Value): Pick<Definition, 'operations' | 'unread'> {
  const property = `Body.paths.${path}`;
  const item = follow(document, raw);
  if (isMacro(path) || !isMap(item)) return { operations: [], unread: [{ property, text: describe(item) }] };
  const operations: Operation[] = [];
  const unread: Unread[] = [];
  for (const [key, value] of Object.entries(item)) {
    const verb = VERBS.get(key.toLowerCase());
    if (verb === undefined && !isMacro(key)) continue;
    if (verb !== undefined && isMap(value)) operations.push({ path, verb, property: `${property}.${key}`, value, shared: member(item, 'parameters') });
    else if (!isAbsent(value)) unread.push({ property: `${property}.${key}`, text: describe(value) });
  }
  return { operations, unread };
}

function isAbsent(value: Value): boolean {
  return value === undefined || value === null;
}

/** A transform, or another intrinsic function that stands among members of an object. */
function isMacro(key: string): boolean {
  return key.startsWith('Fn::');
}
