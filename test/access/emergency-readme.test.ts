import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ModuleKind, transpileModule } from 'typescript';
import { access, policy } from '../../src';
import { tryReadArming } from '../../src/runtime/access/arming-request';
import { nagPacks } from '../nag-packs';
import { synthFails } from '../synth-fails';

const README = readFileSync(join(__dirname, '../../src/access/README.md'), 'utf8');

/** Text of a section of the page, up to the next one. */
function section(title: string): string {
  return new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(README)![1];
}

/** Examples of a section; that they compile is what jsii's rosetta sees to. */
const examplesOf = (title: string) => [...section(title).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

test.each(['Emergency access', 'Training'])('the examples of "%s" pass every pack', (title) => {
  const app = new cdk.App({ analyticsReporting: false });
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });
  const examples = examplesOf(title);
  expect(examples).toHaveLength(1);
  for (const code of examples) {
    const stack = new cdk.Stack(app, 'Stack');
    const operator = new access.OperatorRole(stack, 'Operator', { workforce: access.Workforce.iamUsers() }).role;
    const [leads, onCall] = ['leads', 'on-call'].map((name) => iam.Group.fromGroupName(stack, name, name));
    const names: Record<string, unknown> = { ...cdk, iam, access, operator, leads, onCall };
    const { outputText } = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS } });
    new Function(...Object.keys(names), outputText).apply(stack, Object.values(names));
  }
  expect(synthFails(app)).toBe(false);
});

test('the request of the page is one', () => {
  const [, text] = /--value '(\{[^']*\})'/.exec(section('Emergency access'))!;
  expect(tryReadArming(text)).toMatchObject({ for: 'bob', ticket: 'INC-4711' });
});
