import { check, RULES } from '../../src/rules';

/** What the rule of a control says of a template without what stands at a path of one of its resources, `Properties.Targets.0` for example. */
export function outcomesWithout(template: unknown, logicalId: string, path: string, control: string): string[] {
  const weakened = structuredClone(template) as { Resources: Record<string, any> };
  const steps = path.split('.');
  const last = steps.pop()!;
  const holder = steps.reduce((value, step) => value[step], weakened.Resources[logicalId]);
  if (!(last in holder)) throw new Error(`${logicalId} has nothing at ${path}`);
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return check([{ name: 'Stack', template: weakened }], RULES.filter((rule) => rule.control === control)).map(({ outcome }) => outcome);
}
