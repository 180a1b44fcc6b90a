import { controlById } from '../../src/compliance';
import { check, Rule, TemplateSource } from '../../src/rules';

/** One change of a template that takes a protection away. */
export interface Weakening {
  readonly name: string;
  /** The stack that it changes. */
  readonly stack: string;
  /** The type of the resource that it changes, whose rules are asked first. */
  readonly type: string;
  apply(resources: Record<string, any>): void;
}

/** Makes weakenings of one resource. */
export type Change = (what: string, apply: (properties: any, all: Record<string, any>) => void) => Weakening;

/** The changes of each resource of a stack. */
export function weakeningsIn({ name: stack, template }: TemplateSource, of: (id: string, resource: any, change: Change) => Weakening[]): Weakening[] {
  return Object.entries((template as any).Resources as Record<string, any>).flatMap(([id, resource]) => of(id, resource, (what, apply) => (
    { name: `${resource.Type} ${id}: ${what}`, stack, type: resource.Type, apply: (all) => apply(all[id].Properties, all) })));
}

/** Each property, and each member of it, taken away, but for what is harmless: paths that begin with a dot. */
export function without(properties: Record<string, any>, change: Change, harmless: RegExp): Weakening[] {
  const members = (value: any, path: readonly string[]): string[][] => (typeof value !== 'object' || value === null ? []
    : Object.keys(value).filter((key) => !/^(Ref|Fn::)|^Tags$/.test(key)).flatMap((key) => [[...path, key], ...members(value[key], [...path, key])]));
  return members(properties, []).map((path) => ({ path, what: `without .${path.join('.')}` })).filter(({ what }) => !harmless.test(what))
    .map(({ path, what }) => change(what, (changed) => {
      const holder = path.slice(0, -1).reduce((value, key) => value[key], changed);
      const last = path[path.length - 1];
      if (Array.isArray(holder)) holder.splice(Number(last), 1);
      else delete holder[last];
    }));
}

/** Rules that follow references, and so have the finding elsewhere than at the resource that was changed. */
const FOLLOWING = /^(ACCOUNT|BREAK-GLASS|DELIVERY|REVIEW|TRAIL)-/;

/** Names of those weakenings that no rule reports. The rules that are likely to are asked first. */
export function unreportedOf(weakenings: readonly Weakening[], templates: readonly TemplateSource[], rules: readonly Rule[]): readonly string[] {
  const findings = (sources: readonly TemplateSource[], of: readonly Rule[]): string[] => check(sources, of).filter(({ finding }) => finding !== '')
    .map(({ control, finding, logicalId, property }) => `${control} ${finding} ${logicalId} ${property}`);
  const before = new Set(findings(templates, rules));
  return weakenings.filter(({ stack, type, apply }) => {
    const changed = structuredClone(templates.find(({ name }) => name === stack)!);
    apply((changed.template as any).Resources);
    const weakened = templates.map((source) => (source.name === stack ? changed : source));
    const rank = ({ control }: Rule): number => (controlById(control).resourceTypes.includes(type) ? 0 : FOLLOWING.test(control) ? 1 : 2);
    return [0, 1, 2]
      .map((wanted) => rules.filter((rule) => rank(rule) === wanted))
      .every((some) => findings(weakened, some).every((finding) => before.has(finding)));
  }).map(({ name }) => name);
}
