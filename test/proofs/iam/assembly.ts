import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cx_api } from 'aws-cdk-lib';
import { Environment, Resource, Template } from './environment';

/** The environments of a synthesized app: each stage, or the app itself. */
export function environmentsOf(assembly: cx_api.CloudAssembly, name = ''): Environment[] {
  const own = assembly.stacks.map((stack) => ({
    name: stack.stackName,
    place: { account: stack.environment.account, region: stack.environment.region },
    template: stack.template as Template,
    paths: Object.fromEntries(stack.findMetadataByType('aws:cdk:logicalId').map(({ path, data }) => [String(data), path])),
    assetsFile: stack.templateFullPath.replace(/\.template\.json$/, '.assets.json'),
  }));
  const nested = assembly.nestedAssemblies.flatMap((stage) => environmentsOf(stage.nestedAssembly, stage.displayName));
  return own.length > 0 ? [new Environment(name, own), ...nested] : nested;
}

/** The file that a function would run: of the asset that its template names. */
export function codeOf(lambda: Resource): string {
  const { assetsFile } = lambda.stack;
  const hash = String(lambda.property('Code.S3Key')).replace(/\.zip$/, '');
  const { files } = JSON.parse(readFileSync(assetsFile, 'utf8')) as { files: Record<string, { source: { path: string } }> };
  const [file] = String(lambda.property('Handler')).split('.');
  return join(dirname(assetsFile), files[hash].source.path, `${file}.js`);
}
