import { Place } from './call';
import { References, resolve } from './intrinsics';
import { PhysicalNames } from './names';

/** The parts of a template that the proof reads. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>>;
}

/** A stack as synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  readonly place: Place;
  readonly template: Template;
  /** Path of the construct of each resource, by logical id. */
  readonly paths: Readonly<Record<string, string>>;
  /** The file that lists the assets of the template. */
  readonly assetsFile: string;
}

/** A resource of a template, with the names that stand for the deployed one. */
export interface Resource {
  readonly stack: SynthesizedStack;
  readonly logicalId: string;
  readonly type: string;
  /** Path of its construct, without the environment and what ends in `Resource`. */
  readonly path: string;
  readonly properties: readonly string[];
  /** A property with its references resolved, reached by names with dots between. */
  property(path: string): any;
}

/** Stacks that are deployed together and may refer to each other. */
export class Environment {
  public readonly resources: readonly Resource[];
  private readonly named = new Map<Resource, PhysicalNames>();

  constructor(public readonly name: string, private readonly stacks: readonly SynthesizedStack[]) {
    const around = new RegExp(`^/${name}/|(/Resource)+$`, 'g');
    this.resources = stacks.flatMap((stack) => Object.entries(stack.template.Resources).map(([logicalId, { Type, Properties }]) => ({
      stack,
      logicalId,
      type: Type,
      path: (stack.paths[logicalId] ?? logicalId).replace(around, ''),
      property: (property: string) => {
        const [first, ...rest] = property.split('.');
        return rest.reduce<any>((value, key) => value?.[key], resolve(Properties?.[first], this.referencesIn(stack)));
      },
      properties: Object.keys(Properties ?? {}),
    })));
    if (this.ofType('AWS::CloudFormation::Stack').length > 0) throw new Error(`${name} has nested stacks, which the proof does not read`);
  }

  public ofType(type: string): Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The one resource of a type that a construct made. */
  public at(path: string, type: string): Resource {
    const found = this.ofType(type).filter((resource) => resource.path === path);
    if (found.length !== 1) throw new Error(`${this.name} has ${found.length} resources of type ${type} at ${path}, not one`);
    return found[0];
  }

  /** The resource of a type with some ARN. */
  public withArn(arn: string, type: string): Resource {
    const found = this.ofType(type).find((resource) => this.namesOf(resource).arn === arn);
    if (!found) throw new Error(`${this.name} has no ${type} ${arn}, so the proof cannot see its policy and its encryption`);
    return found;
  }

  public namesOf(resource: Resource): PhysicalNames {
    const known = this.named.get(resource);
    if (known) return known;
    const { type, logicalId, stack } = resource;
    const names = new PhysicalNames(type, logicalId, stack.name, stack.place, (property) => resource.property(property) as string | undefined);
    this.named.set(resource, names);
    return names;
  }

  private referencesIn(stack: SynthesizedStack): References {
    const { account, region } = stack.place;
    const pseudo: Record<string, string> = {
      'AWS::AccountId': account, 'AWS::Region': region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': stack.name,
    };
    const namesOf = (logicalId: string) => {
      const resource = this.resources.find((each) => each.stack === stack && each.logicalId === logicalId);
      if (!resource) throw new Error(`${stack.name} has no resource ${logicalId}; the proof does not read parameters`);
      return this.namesOf(resource);
    };
    return {
      ref: (id) => pseudo[id] ?? namesOf(id).ref,
      attribute: (id, name) => namesOf(id).attribute(name),
      exported: (name) => this.exported(name),
    };
  }

  private exported(name: string): string {
    for (const stack of this.stacks) {
      const references = this.referencesIn(stack);
      const output = Object.values(stack.template.Outputs ?? {}).find(({ Export }) => Export && resolve(Export.Name, references) === name);
      if (output) return String(resolve(output.Value, references));
    }
    throw new Error(`no stack of ${this.name} exports ${name}`);
  }
}
