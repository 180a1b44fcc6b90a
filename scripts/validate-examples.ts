// Synthesizes every example, into reports/validation, with the CDK's own template validation on, as errors; and a template that must fail, to
// show that it would.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { partnerCredentialsApp } from '../examples/partner-credentials/app';
import { hubApp } from '../examples/partner-hub/app';

const OUTPUT = join(__dirname, '..', 'reports', 'validation');

const context = { '@aws-cdk/core:validateAgainstDefaultRules': true };

function validates(name: string, make: (props: { context: object; outdir: string }) => App): boolean {
  try {
    make({ context, outdir: join(OUTPUT, name) }).synth();
    return true;
  } catch (error) {
    if ((error as Error).name === 'Error' || /Validation/.test((error as Error).name)) return false;
    throw error;
  }
}

const broken = (props: object) => {
  const app = new App({ analyticsReporting: false, ...props });
  new CfnResource(new Stack(app, 'Broken'), 'Queue', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 'soon' } });
  return app;
};

rmSync(OUTPUT, { recursive: true, force: true });
const results = [
  ['partner-hub passes', validates('partner-hub', hubApp)],
  ['partner-credentials passes', validates('partner-credentials', partnerCredentialsApp)],
  ['a broken template fails', !validates('broken', broken)],
] as const;
for (const [name, passed] of results) console.log(`${passed ? 'ok' : 'FAILED'}: ${name}`);
const failed = results.filter(([, passed]) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
