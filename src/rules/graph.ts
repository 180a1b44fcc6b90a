import { Resolver } from './resolver';
import { at, describe, isMap, Reference, Text, Value, ValueMap } from './values';

/** A parsed CloudFormation template and the name that reports use for it. */
export interface TemplateSource {
  /** Stack or file name, unique within one check. */
  readonly name: string;
  readonly template: unknown;
  /** Account of the stack, 12 digits, when it is known. */
  readonly account?: string;
  /** Region of the stack, when it is known. */
  readonly region?: string;
}

/** A resource, its properties resolved as far as the template tells. */
export interface Resource {
  readonly template: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ValueMap;
  /** `DeletionPolicy`, as messages show it: what the template does not tell stands in `${…}`. */
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  /** Value of `aws:cdk:path` in the resource's metadata, when a CDK app wrote the template. */
  readonly constructPath?: string;
  readonly metadata: ValueMap;
}

/** Truth of each condition atom of a template, by the atom's text. */
export type Scenario = ReadonlyMap<string, boolean>;

const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** Types whose names may have slashes, so that a name in an ARN begins after a colon. */
const SLASHED = new Set(['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret']);

/**
 * The resources of one or more templates, with references resolved across them.
 *
 * A graph shows one scenario: conditions are decided, so no `Fn::If` is left and resources that the scenario leaves out are absent.
 */
export class Graph {
  public readonly resources: readonly Resource[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly byName = new Map<string, Resource[]>();
  private readonly memo = new Map<string, unknown>();

  /** `scenarios` gives, by template name, the truth of its conditions; a condition that it leaves out is true. */
  constructor(public readonly sources: readonly TemplateSource[], scenarios: ReadonlyMap<string, Scenario> = new Map()) {
    this.resources = new Resolver(sources, scenarios).resources();
    for (const resource of this.resources) {
      add(this.byType, resource.type, resource);
      const name = at(resource.properties, NAME_PROPERTIES[resource.type] ?? '');
      if (typeof name === 'string') add(this.byName, `${resource.type} ${name}`, resource);
    }
  }

  /** Every resource of one of these types, in template order. */
  public ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * The resource of `type` that a value names: by reference, by ARN built from a reference, or by literal name or ARN.
   *
   * Templates of several environments may use a name twice: the resource in the account and Region of `home`, the template that holds the
   * value, is meant then, its own above all. What may mean several is none.
   */
  public find(value: Value, type: string, home?: string): Resource | undefined {
    if (value instanceof Reference) return value.resource.type === type ? value.resource : undefined;
    if (value instanceof Text) {
      const references = value.parts.filter((part): part is Reference => part instanceof Reference && part.resource.type === type);
      if (references.length === 1) return references[0].resource;
    }
    const text = value instanceof Text ? describe(value) : value;
    if (typeof text !== 'string') return undefined;
    // The ARN of a log group may end in `:*`.
    const last = text.replace(/:\*$/, '').split(SLASHED.has(type) ? ':' : /[:/]/).pop();
    const named = this.byName.get(`${type} ${text}`) ?? this.byName.get(`${type} ${last}`) ?? [];
    const [, , , region, account] = text.startsWith('arn:') ? text.split(':') : [];
    const near = named.filter((resource) => isNear(this.sourceOf(resource.template), { account, region }));
    const own = near.filter((resource) => resource.template === home);
    const beside = home === undefined ? near : near.filter((resource) => isNear(this.sourceOf(resource.template), this.sourceOf(home) ?? {}));
    const meant = own.length > 0 ? own : account !== undefined && ACCOUNT.test(account) ? near : beside;
    return meant.length === 1 ? meant[0] : undefined;
  }

  private sourceOf(template: string): TemplateSource | undefined {
    return this.sources.find(({ name }) => name === template);
  }

  /** Computes a thing about the whole graph once, for rules that need the same join. */
  public once<T>(key: string, compute: () => T): T {
    if (!this.memo.has(key)) this.memo.set(key, compute());
    return this.memo.get(key) as T;
  }

  /** The resources of a type by what `keyOf` tells of each, in template order; computed once under a name. */
  public grouped<K>(name: string, type: string, keyOf: (resource: Resource) => K): ReadonlyMap<K, readonly Resource[]> {
    return this.once(`${name}, ${type}`, () => {
      const groups = new Map<K, Resource[]>();
      for (const resource of this.ofType(type)) add(groups, keyOf(resource), resource);
      return groups;
    });
  }

  /** Resources, outside this one, whose properties refer to it. */
  public referrers(resource: Resource): readonly Resource[] {
    return this.once('referrers', () => this.indexReferrers()).get(resource) ?? [];
  }

  private indexReferrers(): Map<Resource, Resource[]> {
    const index = new Map<Resource, Set<Resource>>();
    const visit = (from: Resource, value: Value): void => {
      if (value instanceof Reference) {
        if (value.resource !== from) index.set(value.resource, (index.get(value.resource) ?? new Set()).add(from));
        return;
      }
      const parts = value instanceof Text ? value.parts : Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
      parts.forEach((part) => visit(from, part));
    };
    for (const resource of this.resources) visit(resource, resource.properties);
    return new Map([...index].map(([resource, referrers]) => [resource, [...referrers]]));
  }
}

function add<K, T>(index: Map<K, T[]>, key: K, item: T): void {
  const list = index.get(key);
  if (list) list.push(item);
  else index.set(key, [item]);
}

const ACCOUNT = /^\d{12}$/;

/** Whether two places can be the same, as far as both are known; what is no literal account or Region is not. */
function isNear(a: Partial<TemplateSource> | undefined, b: Partial<TemplateSource>): boolean {
  const differs = (x: string | undefined, y: string | undefined, known: RegExp) =>
    x !== undefined && y !== undefined && known.test(x) && known.test(y) && x !== y;
  return !differs(a?.account, b.account, ACCOUNT) && !differs(a?.region, b.region, /^[a-z]{2}(-[a-z]+)+-\d+$/);
}
