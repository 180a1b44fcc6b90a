// Synthesizes every example with the CDK's own template validation on, as errors; and a template that must fail, to show that it would.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { partnerCredentialsApp } from '../examples/partner-credentials/app';
import { hubApp } from '../examples/partner-hub/app';

const context = { '@aws-cdk/core:validateAgainstDefaultRules': true };

function validates(make: (props: { context: object; outdir: string }) => App): boolean {
  try {
    make({ context, outdir: mkdtempSync(join(tmpdir(), 'validate-')) }).synth();
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

const results = [
  ['partner-hub passes', validates((props) => hubApp(props))],
  ['partner-credentials passes', validates((props) => partnerCredentialsApp(props))],
  ['a broken template fails', !validates(broken)],
] as const;
for (const [name, passed] of results) console.log(`${passed ? 'ok' : 'FAILED'}: ${name}`);
const failed = results.filter(([, passed]) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
