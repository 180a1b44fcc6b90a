import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { allows, Draft4, hasMembers, isOfObjects } from './keywords';
import { merged, READ_ONLY } from './merge';
import { Place } from './place';
import { Conversion, rawSchema, Role } from './raw-schema';

/** How deep a schema may be; the policy follows none that is deeper than 32. */
const MAX_DEPTH = 30;

/** Schemas, references and parts on the way to a schema. */
const MAX_TRAIL = 200;

/** Schemas that one becomes, with all that it refers to. */
const MAX_SCHEMAS = 20_000;

/** Characters of a model (API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway"). */
const MAX_MODEL = 400 * 1024;

/** Keywords that by themselves say of which kind a value is; the others leave it open. */
const KINDS = ['allOf', 'anyOf', 'enum', 'items', 'oneOf', 'properties', 'type'];

/** What a schema becomes. */
export interface Limits {
  readonly maxLength: number;
  readonly maxItems: number;
  /** Whether objects stay as open as the document has them. */
  readonly allowOpen: boolean;
}

/** A schema as API Gateway takes it. */
export interface ModelSchema {
  readonly schema: apigateway.JsonSchema;
  /** Findings of `API-BODY-SCHEMA` that are left. */
  readonly left: readonly string[];
  /** What is not enforced. */
  readonly notes: readonly string[];
}

/** The schema of a body in draft 4, its references in place, its objects closed and its texts and lists bounded where the document does not say. */
export function modelSchema(place: Place, version: string, limits: Limits): ModelSchema {
  const converter = new Converter(version, limits);
  const schema = converter.convert(place, 'whole');
  if (Object.keys(schema).length === 0) throw place.error('say what a body looks like', 'a schema that anything follows', 'describe it, or give `withoutBodySchema`');
  const characters = JSON.stringify(schema).length;
  if (characters > MAX_MODEL) throw place.error(`have schemas of at most ${MAX_MODEL} characters`, `${characters}, with what it refers to`, 'describe less of the body');
  return { schema: schema as apigateway.JsonSchema, left: [...converter.left].sort(), notes: [...new Set(converter.notes)] };
}

class Converter implements Conversion {
  public readonly allowOpen: boolean;
  public readonly left = new Set<string>();
  public readonly notes: string[] = [];
  private readonly trail: string[] = [];
  private schemas = 0;
  private depth = 0;

  constructor(public readonly version: string, private readonly limits: Limits) {
    this.allowOpen = limits.allowOpen;
  }

  public convert(place: Place, role: Role): Draft4 {
    if (++this.depth > MAX_DEPTH) throw tooDeep(place);
    const schema = this.finished(this.raw(place, role), place, role);
    this.depth--;
    return schema;
  }

  public raw(place: Place, role: Role): Draft4 {
    this.count(place);
    if (this.trail.includes(place.pointer)) {
      throw place.error('have schemas that end', 'one that contains itself', 'limit how deep it goes by schemas of their own, or give `withoutBodySchema`');
    }
    if (this.trail.length === MAX_TRAIL) throw tooDeep(place);
    this.trail.push(place.pointer);
    const schema = rawSchema(place, role, this);
    this.trail.pop();
    return schema;
  }

  public note(at: Place, what: string): void {
    this.notes.push(`${at.pointer}: ${what}`);
  }

  /** A schema with limits, whose objects are closed; the parts of another stay open, since closing one would shut out the members of the others. */
  private finished(schema: Draft4, place: Place, role: Role, depth = 0): Draft4 {
    this.count(place);
    if (depth > MAX_DEPTH) throw tooDeep(place);
    const { oneOf, anyOf, allOf, ...own } = schema as Draft4 & { readonly oneOf?: Draft4[]; readonly anyOf?: Draft4[]; readonly allOf?: Draft4[] };
    const each = (schemas: readonly Draft4[], as: Role) => schemas.map((one) => this.finished(one, place, as, depth + 1));
    const parts = [...oneOf ?? [], ...anyOf ?? [], ...allOf ?? []];
    if (role !== 'whole' || !parts.some(namesMembers)) {
      // Alternatives count as parts of what has a type, as the policy reads them.
      const isAlone = role === 'whole' && allOf === undefined && Object.keys(own).length === 0 && !(oneOf && anyOf);
      const as = isAlone ? 'whole' : role === 'whole' ? 'part' : role;
      const typed = parts.length > 0 && role === 'whole' && own.type === undefined && isOfObjects(own) ? { ...own, type: 'object' } : own;
      return {
        ...(isAlone && parts.length > 0 ? own : this.bounded(typed, place, role, parts.length > 0)),
        ...Object.fromEntries(Object.entries({ oneOf, anyOf, allOf }).filter(([, value]) => value).map(([key, value]) => [key, each(value!, as)])),
      };
    }
    if (allOf) return this.leftApart(own, { oneOf, anyOf, allOf }, place, each);
    // The members of each alternative are added to those that all have, so that it can be closed as a whole.
    const [key, alternatives, others] = oneOf ? ['oneOf', oneOf, anyOf && { anyOf }] as const : ['anyOf', anyOf!, undefined] as const;
    const whole = alternatives.map((alternative) => merged({ ...own, ...others }, alternative) ?? this.unmergeable(place.at(key)));
    return { [key]: each(whole, 'whole') };
  }

  private leftApart(
    own: Draft4, choices: { readonly [key: string]: Draft4[] | undefined }, place: Place, each: (schemas: readonly Draft4[], as: Role) => Draft4[],
  ): Draft4 {
    if (!this.allowOpen) this.unmergeable(place.at('allOf'));
    if (isOfObjects(own)) this.left.add('OpenObject');
    return {
      ...this.bounded(own, place, 'part', true),
      ...Object.fromEntries(Object.entries(choices).filter(([, value]) => value).map(([key, value]) => [key, each(value!, 'part')])),
    };
  }

  private unmergeable(at: Place): never {
    throw at.error('have parts that one schema can say, so that it can be closed', 'parts that contradict or close each other', 'write them as one, or give `allowOpenObjects`');
  }

  private bounded(schema: Draft4, place: Place, role: Role, isComposed: boolean): Draft4 {
    const { [READ_ONLY]: readOnly, required, ...bounded } = schema as Draft4 & { readonly [READ_ONLY]?: string[]; readonly required?: string[] };
    const needed = (required ?? []).filter((name) => !readOnly?.includes(name));
    if (needed.length > 0) bounded.required = needed;
    if (role === 'negated') return bounded;
    if (allows(bounded, 'string') && bounded.enum === undefined) bounded.maxLength ??= Math.max(this.limits.maxLength, Number(bounded.minLength ?? 0));
    if (allows(bounded, 'array') || bounded.items !== undefined) bounded.maxItems ??= Math.max(this.limits.maxItems, Number(bounded.minItems ?? 0));
    if (role === 'part') return bounded;
    if (allows(bounded, 'array') && bounded.items === undefined && bounded.maxItems !== 0) this.open(place, 'a list of anything');
    if (!isComposed && !KINDS.some((kind) => bounded[kind] !== undefined)) this.open(place, 'anything', 'Unbounded');
    return isOfObjects(bounded) ? this.closed(bounded, place, readOnly ?? [], needed) : bounded;
  }

  private closed(schema: Draft4, place: Place, readOnly: readonly string[], required: readonly string[]): Draft4 {
    const { additionalProperties, properties, patternProperties, maxProperties } = schema;
    if (additionalProperties === true) this.open(place, 'an object with members that it does not name', 'OpenObject');
    if (additionalProperties !== undefined) return schema;
    const namesNone = !hasMembers(properties) && !hasMembers(patternProperties) && readOnly.length === 0 && maxProperties !== 0;
    if (namesNone) this.open(place, 'an object of which it names no member', 'OpenObject');
    if (this.allowOpen) {
      this.left.add('OpenObject');
      return schema;
    }
    const missing = required.find((name) => !Object.hasOwn(properties ?? {}, name) && !hasMembers(patternProperties));
    if (missing !== undefined) throw place.error('describe the members that it requires', `'${missing}' undescribed`, 'add it to `properties`, or give `allowOpenObjects`');
    return { ...schema, additionalProperties: false };
  }

  /** What is open stays so if it may, and is a finding then. */
  private open(place: Place, what: string, finding?: string): void {
    if (!this.allowOpen) throw place.error('say what a body looks like', what, 'describe it, or give `allowOpenObjects` for the operation');
    if (finding) this.left.add(finding);
  }

  private count(place: Place): void {
    if (++this.schemas > MAX_SCHEMAS) throw place.error(`have bodies of at most ${MAX_SCHEMAS} schemas`, 'more, with what they refer to', 'describe less of the body');
  }
}

function tooDeep(place: Place): Error {
  return place.error(`have schemas at most ${MAX_DEPTH} deep`, 'a deeper one', 'write it flatter');
}

/** Whether a part has members, or parts, of its own, so that closing what it belongs to would shut them out. */
function namesMembers(part: Draft4): boolean {
  return hasMembers(part.properties) || part.additionalProperties !== undefined || ['allOf', 'anyOf', 'oneOf', READ_ONLY].some((key) => part[key] !== undefined);
}
