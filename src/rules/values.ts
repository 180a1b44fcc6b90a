import { Resource } from './graph';

/** A pseudo parameter, such as `AWS::AccountId`: unknown now, but the deploying account's own. */
export class Pseudo {
  constructor(public readonly name: string) {}
}

/** A reference to a resource of the graph: `Ref` when `attribute` is undefined, else `Fn::GetAtt`. */
export class Reference {
  constructor(public readonly resource: Resource, public readonly attribute?: string) {}
}

/** Text put together at deployment (`Fn::Join`, `Fn::Sub`), of which at least one part is not literal. */
export class Text {
  constructor(public readonly parts: ReadonlyArray<string | Pseudo | Reference | Unresolved>) {}
}

/** A value that the template alone does not tell: a parameter, an import, an intrinsic that cannot be computed. */
export class Unresolved {
  constructor(public readonly expression: string) {}
}

/** A template value after its intrinsics were resolved as far as the template tells. */
export type Value = string | number | boolean | null | undefined | Pseudo | Reference | Text | Unresolved | readonly Value[] | ValueMap;

/** An object of the template. */
export interface ValueMap { readonly [key: string]: Value }

/** True for an object of the template, and not for a list or an intrinsic. */
export function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    && !(value instanceof Pseudo || value instanceof Reference || value instanceof Text || value instanceof Unresolved);
}

/** True where the template does not tell the value, or tells only a part of a text. */
export function isUnknown(value: Value): boolean {
  return value instanceof Unresolved || (value instanceof Text && value.parts.some((part) => part instanceof Unresolved));
}

/** What a macro or an include may put where the template has nothing. */
class Added extends Unresolved {}

/** What the missing keys of objects are that are not told in full. */
const UNTOLD_REST = new WeakMap<ValueMap, Added>();

/** An object into which a macro or an include may put more: each key that is not written is untold, instead of absent. */
export function notInFull(known: ValueMap, expression: string): ValueMap {
  const rest = new Added(expression);
  const map = new Proxy(known, { get: (all, key) => (typeof key === 'symbol' || Object.hasOwn(all, key) ? Reflect.get(all, key) as Value : rest) });
  UNTOLD_REST.set(map, rest);
  return map;
}

/** True for an object into which a macro may put more than is written. */
export function mayHaveMore(value: Value): boolean {
  return isMap(value) && UNTOLD_REST.has(value);
}

/** True where a macro may or may not put a value. */
export function mayBeAbsent(value: Value): boolean {
  return value instanceof Added;
}

/** Follows a dotted path (`BucketEncryption.Rules.0.Id`); undefined when absent, `Unresolved` when a step on the way is unknown. */
export function at(value: Value, path: string): Value {
  let current = value;
  for (const step of path.split('.')) {
    if (current instanceof Unresolved) return current;
    if (Array.isArray(current)) current = current[Number(step)];
    else if (isMap(current)) current = Object.hasOwn(current, step) ? current[step] : UNTOLD_REST.get(current);
    else return undefined;
  }
  return current;
}

/** A list as it is, a single value as a list of one, nothing as the empty list. */
export function listOf(value: Value): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Value];
}

/** The truth of a property that CloudFormation accepts as boolean or as text; `Unresolved` when the template does not tell. */
export function truth(value: Value): boolean | undefined | Unresolved {
  if (value instanceof Unresolved) return value;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value === undefined || value === null ? undefined : new Unresolved(describe(value));
}

/** The number that a property holds, also as text; undefined when absent; `Unresolved` when the template does not tell. */
export function numberOf(value: Value): number | undefined | Unresolved {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return value instanceof Unresolved ? value : new Unresolved(describe(value));
}

/** The resource that a value names by `Ref`, by `Fn::GetAtt` or by its literal name or ARN; undefined when it names none of the graph. */
export function target(value: Value): Resource | undefined {
  if (value instanceof Reference) return value.resource;
  if (value instanceof Text) {
    const references = value.parts.filter((part): part is Reference => part instanceof Reference);
    return references.length === 1 ? references[0].resource : undefined;
  }
  return undefined;
}

/** A value as text for a message; what is not literal stands in `${…}`. */
export function describe(value: Value): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Pseudo) return `\${${value.name}}`;
  if (value instanceof Reference) return `\${${value.resource.logicalId}${value.attribute ? `.${value.attribute}` : ''}}`;
  if (value instanceof Unresolved) return `\${${value.expression}}`;
  if (value instanceof Text) return value.parts.map((part) => (typeof part === 'string' ? part : describe(part))).join('');
  if (Array.isArray(value)) return `[${value.map(describe).join(', ')}]`;
  if (isMap(value)) return `{${Object.keys(value).map((key) => `${key}: ${describe(value[key])}`).join(', ')}}`;
  return String(value);
}
