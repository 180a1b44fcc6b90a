import { statSync } from 'node:fs';
import { Measure, Reading } from '../frame/measure';
import { resourcesOf, synthesize } from '../frame/synthesis';

/** What is deployed. */
export const measure: Measure = {
  title: 'Templates',
  note: 'Resources and bytes of all stacks together, as CloudFormation gets them.',
  rounds: 1,
  take({ load, apis, outdir }) {
    const assembly = synthesize(load(), apis, outdir);
    const types = new Map<string, number>();
    for (const { Type } of resourcesOf(assembly)) types.set(Type, (types.get(Type) ?? 0) + 1);
    return [
      { name: 'Resources', unit: 'count', value: resourcesOf(assembly).length },
      { name: 'Template bytes', unit: 'bytes', value: assembly.stacks.reduce((sum, stack) => sum + statSync(stack.templateFullPath).size, 0) },
      ...[...types].map(([name, value]): Reading => ({ name, unit: 'count', value, mustAgree: true })),
    ];
  },
};
