import { App } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { Contender } from './contender';

/** Builds the APIs of a contender and synthesizes them. `prepare` gets the app before there is anything in it. */
export function synthesize(contender: Contender, apis: number, outdir: string, prepare: (app: App) => void = () => {}): CloudAssembly {
  const app = new App({ analyticsReporting: false, outdir });
  prepare(app);
  contender.build(app, apis);
  return app.synth();
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
}

/** Every resource of an assembly. */
export function resourcesOf(assembly: CloudAssembly): readonly TemplateResource[] {
  return assembly.stacks.flatMap((stack) => Object.values((stack.template as { Resources: Record<string, TemplateResource> }).Resources));
}
