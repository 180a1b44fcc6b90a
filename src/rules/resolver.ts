import { Conditions } from './conditions';
import type { Resource, Scenario, TemplateSource } from './graph';
import { TemplateError } from './template-error';
import { describe, isMap, notInFull, Pseudo, Reference, Text, Unresolved, Value, ValueMap } from './values';

type Raw = Readonly<Record<string, unknown>>;
type Part = string | Pseudo | Reference | Unresolved;

/** `AWS::NoValue`: the property is as good as not written. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Deeper nesting than CloudFormation itself accepts is refused rather than followed. */
const MAX_DEPTH = 64;

/** Longer text is not put together: CloudFormation takes templates of 1 MB (CloudFormation User Guide, "CloudFormation quotas"). */
const MAX_TEXT = 2 ** 20;
const MAX_PARTS = 10_000;

const PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId', 'AWS::NotificationARNs', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix',
]);

/** One template while its values are resolved. */
interface Scope {
  readonly source: TemplateSource;
  readonly conditions: Conditions;
  readonly mappings: Raw;
  readonly resources: Map<string, MutableResource>;
}

/** A named output; `value` once it has been asked for. */
interface Export {
  readonly scope: Scope;
  readonly raw: unknown;
  value?: Value;
}

type MutableResource = { -readonly [key in keyof Resource]: Resource[key] };

/** Turns templates into resources whose intrinsics are resolved as far as the templates tell. */
export class Resolver {
  private readonly scopes: Scope[];
  private readonly exports = new Map<string, Export[]>();
  private importing = 0;

  constructor(sources: readonly TemplateSource[], scenarios: ReadonlyMap<string, Scenario>) {
    this.scopes = sources.map((source) => this.scopeOf(source, scenarios.get(source.name) ?? new Map()));
    for (const scope of this.scopes) this.indexExports(scope);
  }

  public resources(): readonly Resource[] {
    for (const scope of this.scopes) {
      const declared = rawMap(rawMap(scope.source.template).Resources);
      for (const [logicalId, resource] of scope.resources) {
        const raw = rawMap(declared[logicalId]);
        resource.properties = this.propertiesOf(raw, scope);
        Object.assign(resource, this.attributesOf(raw, scope));
        const metadata = this.resolve(raw.Metadata, scope, 0);
        resource.metadata = (isMap(metadata as Value) ? metadata : {}) as ValueMap;
        const path = resource.metadata['aws:cdk:path'];
        if (typeof path === 'string') resource.constructPath = path;
      }
    }
    return this.scopes.flatMap((scope) => [...scope.resources.values()]);
  }

  /** What becomes of a resource; AWS::LanguageExtensions allows functions there, and an untold one reads like `${Parameter}`. */
  private attributesOf(raw: Raw, scope: Scope): Pick<Resource, 'deletionPolicy' | 'updateReplacePolicy'> {
    const [deletion, replacement] = [raw.DeletionPolicy, raw.UpdateReplacePolicy].map((policy) => this.resolve(policy, scope, 0));
    const textOrNone = (policy: Value | typeof NO_VALUE) => (policy === undefined || policy === NO_VALUE ? undefined : describe(policy as Value));
    return { deletionPolicy: textOrNone(deletion), updateReplacePolicy: textOrNone(replacement) };
  }

  /** Properties of a resource; what a macro may put there is untold. */
  private propertiesOf(raw: Raw, scope: Scope): ValueMap {
    const resolved = this.resolve(raw.Properties, scope, 0);
    const properties = isMap(resolved as Value) ? resolved as ValueMap : {};
    const macro = resolved instanceof Unresolved ? resolved.expression : Object.keys(raw).find((key) => key.startsWith('Fn::'));
    return macro === undefined ? properties : notInFull(properties, macro);
  }

  private scopeOf(source: TemplateSource, scenario: Scenario): Scope {
    const template = source.template;
    if (!isRaw(template)) throw new TemplateError(`${source.name}: a template must be an object, got ${kindOf(template)}`);
    if (!isRaw(template.Resources)) throw new TemplateError(`${source.name}: a template must have 'Resources', an object, got ${kindOf(template.Resources)}`);
    const conditions = new Conditions(rawMap(template.Conditions), scenario);
    const resources = new Map<string, MutableResource>();
    for (const [logicalId, raw] of Object.entries(template.Resources)) {
      if (!isRaw(raw) || typeof raw.Type !== 'string') {
        // Fn::ForEach and other macros stand beside resources; what they expand to is not in the template.
        if (logicalId.startsWith('Fn::')) continue;
        throw new TemplateError(`${source.name}: resource '${logicalId}' must be an object with a 'Type', got ${isRaw(raw) ? kindOf(raw.Type) : kindOf(raw)}`);
      }
      if (typeof raw.Condition === 'string' && !conditions.isTrue(raw.Condition)) continue;
      resources.set(logicalId, {
        template: source.name,
        logicalId,
        type: raw.Type,
        properties: {},
        metadata: {},
      });
    }
    return { source, conditions, mappings: rawMap(template.Mappings), resources };
  }

  private indexExports(scope: Scope): void {
    for (const output of Object.values(rawMap(rawMap(scope.source.template).Outputs))) {
      const name = rawMap(rawMap(output).Export).Name;
      if (typeof name === 'string') this.exports.set(name, [...(this.exports.get(name) ?? []), { scope, raw: rawMap(output).Value }]);
    }
  }

  /** What an import gets: the export of that name in its own account and Region, where templates of several environments use one name. */
  private imported(name: string, scope: Scope): Value {
    const all = this.exports.get(name) ?? [];
    const near = all.filter(({ scope: { source } }) => source.account === scope.source.account && source.region === scope.source.region);
    const [found, ...others] = all.length > 1 ? near : all;
    const untold = new Unresolved(`Fn::ImportValue ${name}`);
    if (!found || others.length > 0) return untold;
    if (!('value' in found)) {
      // While it is resolved it is untold, so that exports that import each other end.
      found.value = untold;
      found.value = this.importing < MAX_DEPTH ? this.follow(found) : untold;
    }
    return found.value;
  }

  /** An export may be what another export is; a long chain of them is not followed to its end. */
  private follow({ raw, scope }: Export): Value {
    this.importing++;
    try {
      return this.resolve(raw, scope, 0) as Value;
    } finally {
      this.importing--;
    }
  }

  private resolve(raw: unknown, scope: Scope, depth: number): Value | typeof NO_VALUE {
    if (depth > MAX_DEPTH) throw new TemplateError(`${scope.source.name}: values nest deeper than ${MAX_DEPTH} levels`);
    if (Array.isArray(raw)) {
      return raw.map((item) => this.resolve(item, scope, depth + 1)).filter((item) => item !== NO_VALUE) as Value[];
    }
    if (!isRaw(raw)) return raw as Value;
    const keys = Object.keys(raw);
    if (keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'))) return this.intrinsic(keys[0], raw[keys[0]], scope, depth + 1);

    const map: Record<string, Value> = Object.create(null);
    for (const key of keys) {
      const value = key.startsWith('Fn::') ? new Unresolved(key) : this.resolve(raw[key], scope, depth + 1);
      if (value !== NO_VALUE) map[key] = value as Value;
    }
    const macro = keys.find((key) => key.startsWith('Fn::'));
    return macro === undefined ? map : notInFull(map, macro);
  }

  private intrinsic(name: string, argument: unknown, scope: Scope, depth: number): Value | typeof NO_VALUE {
    switch (name) {
      case 'Ref': return this.ref(argument, scope);
      case 'Fn::GetAtt': return this.getAtt(argument, scope);
      case 'Fn::If': {
        if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') return new Unresolved('Fn::If');
        return this.resolve(scope.conditions.isTrue(argument[0]) ? argument[1] : argument[2], scope, depth);
      }
      case 'Fn::Join': return this.join(argument, scope, depth);
      case 'Fn::Sub': return this.sub(argument, scope, depth);
      case 'Fn::ImportValue': {
        return typeof argument === 'string' ? this.imported(argument, scope) : new Unresolved(`Fn::ImportValue ${labelOf(argument)}`);
      }
      case 'Fn::FindInMap': return this.findInMap(argument, scope);
      case 'Fn::Select': return this.select(argument, scope, depth);
      case 'Fn::Split': return this.split(argument, scope, depth);
      default: return new Unresolved(name);
    }
  }

  private ref(argument: unknown, scope: Scope): Value | typeof NO_VALUE {
    if (argument === 'AWS::NoValue') return NO_VALUE;
    if (typeof argument !== 'string') return new Unresolved('Ref');
    if (argument === 'AWS::AccountId' && scope.source.account) return scope.source.account;
    if (argument === 'AWS::Region' && scope.source.region) return scope.source.region;
    if (PSEUDO_PARAMETERS.has(argument)) return new Pseudo(argument);
    const resource = scope.resources.get(argument);
    return resource ? new Reference(resource) : new Unresolved(argument);
  }

  private getAtt(argument: unknown, scope: Scope): Value {
    const [logicalId, ...rest] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
    const resource = scope.resources.get(String(logicalId));
    const attribute = rest.every((part) => typeof part === 'string') ? rest.join('.') : '';
    return resource && attribute ? new Reference(resource, attribute) : new Unresolved(`${labelOf(logicalId)}.${attribute}`);
  }

  private join(argument: unknown, scope: Scope, depth: number): Value {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return new Unresolved('Fn::Join');
    const items = this.resolve(argument[1], scope, depth);
    if (!Array.isArray(items)) return new Unresolved('Fn::Join');
    const separator = argument[0];
    const parts: Part[] = [];
    for (const [index, item] of (items as Value[]).entries()) {
      parts.push(...(index > 0 ? [separator] : []), ...partsOf(item));
      // Joins of joins grow without end.
      if (parts.length > MAX_PARTS) return new Unresolved('a text that is too long');
    }
    return textOf(parts);
  }

  private sub(argument: unknown, scope: Scope, depth: number): Value {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    if (typeof template !== 'string') return new Unresolved('Fn::Sub');
    const own = rawMap(variables);
    const parts = template.split(/(\$\{[^}]*\})/).flatMap((piece): Part[] => {
      const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1].trim();
      if (name === undefined) return [piece];
      if (name.startsWith('!')) return [`\${${name.slice(1)}}`];
      if (Object.prototype.hasOwnProperty.call(own, name)) return partsOf(this.resolve(own[name], scope, depth) as Value);
      return partsOf((name.includes('.') ? this.getAtt(name, scope) : this.ref(name, scope)) as Value);
    });
    return textOf(parts);
  }

  private findInMap(argument: unknown, scope: Scope): Value {
    if (!Array.isArray(argument) || argument.length < 3) return new Unresolved('Fn::FindInMap');
    const keys = argument.slice(0, 3);
    if (!keys.every((key): key is string => typeof key === 'string')) return new Unresolved('Fn::FindInMap');
    const found = rawMap(rawMap(scope.mappings[keys[0]])[keys[1]])[keys[2]];
    return found === undefined ? new Unresolved('Fn::FindInMap') : found as Value;
  }

  private select(argument: unknown, scope: Scope, depth: number): Value {
    if (!Array.isArray(argument)) return new Unresolved('Fn::Select');
    const list = this.resolve(argument[1], scope, depth);
    const item = Array.isArray(list) ? (list as Value[])[Number(argument[0])] : undefined;
    return item === undefined ? new Unresolved('Fn::Select') : item;
  }

  private split(argument: unknown, scope: Scope, depth: number): Value {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return new Unresolved('Fn::Split');
    const text = this.resolve(argument[1], scope, depth);
    return typeof text === 'string' ? text.split(argument[0]) : new Unresolved('Fn::Split');
  }
}

function partsOf(value: Value): Part[] {
  if (value instanceof Text) return [...value.parts];
  if (value instanceof Pseudo || value instanceof Reference || value instanceof Unresolved) return [value];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  return [new Unresolved('a value that is no text')];
}

/** Literal text where every part is literal, the part itself where there is one, else `Text` with neighbouring literals joined. */
function textOf(parts: readonly Part[]): Value {
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (parts.length > MAX_PARTS || length > MAX_TEXT) return new Unresolved('a text that is too long');
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.length - 1;
    if (part === '') continue;
    if (typeof part === 'string' && typeof joined[last] === 'string') joined[last] = `${joined[last]}${part}`;
    else joined.push(part);
  }
  if (joined.length === 0) return '';
  return joined.length === 1 ? joined[0] : new Text(joined);
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rawMap(value: unknown): Raw {
  return isRaw(value) ? value : {};
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : value === undefined ? 'nothing' : `a ${typeof value}`;
}

function labelOf(value: unknown): string {
  return typeof value === 'string' ? value : kindOf(value);
}
