import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ModuleKind, transpileModule } from 'typescript';
import { network } from './server-world';
import { core, policy, sftp, storage } from '../../src';
import { nagPacks } from '../nag-packs';
import { synthFails } from '../synth-fails';

const README = readFileSync(join(__dirname, '../../src/sftp/README.md'), 'utf8');

/** Examples in the order of the page; that they compile is what jsii's rosetta sees to. */
const EXAMPLES = [...README.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

/** Runs an example in a stack that has a network, under all packs. */
function appOf(code: string): cdk.App {
  const app = new cdk.App({ analyticsReporting: false });
  const stack = new cdk.Stack(app, 'Stack');
  policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });
  const names: Record<string, unknown> = { ...cdk, core, ec2, sftp, storage, vpc: network(stack) };
  const { outputText } = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS } });
  new Function(...Object.keys(names), outputText).apply(stack, Object.values(names));
  return app;
}

test('the page begins with a server, a partner and a landing in a dozen lines, which pass every pack', () => {
  const [quickStart] = EXAMPLES;
  expect(quickStart.trim().split('\n').length).toBeLessThanOrEqual(12);
  const app = appOf(quickStart);
  expect(synthFails(app)).toBe(false);
  const resources = Object.values<{ Type: string }>((app.synth().getStackByName('Stack').template as { Resources: Record<string, { Type: string }> }).Resources);
  const types = resources.map(({ Type }) => Type);
  for (const type of ['AWS::Transfer::Server', 'Custom::SftpPartner', 'AWS::GuardDuty::MalwareProtectionPlan']) expect(types).toContain(type);
});

test('no example has partners upload to where nothing is scanned', () => {
  expect(EXAMPLES.filter((code) => /incoming: new storage\.LandingBucket/.test(code))).toEqual([]);
});

test.each([[true, false], [false, true]])('a bucket where nothing is scanned takes the waiver of the table (with it: %s)', (waived, fails) => {
  expect(synthFails(appOf(`
    const incoming = new storage.LandingBucket(this, 'Incoming');
    const waiver = core.Waiver.because('the gateway before this server scans each file', { owner: 'edi-team', expires: '2027-06-30' });
    if (${waived}) waiver.applyTo(incoming, 'SFTP-MALWARE-SCAN', 'NoPlan');
    ${EXAMPLES[0].replace('landing.incoming', 'incoming')}
  `))).toBe(fails);
});

test('each opt-out of the room is in the table', () => {
  const [, table] = /^## Opt-outs\n([\s\S]*?)(?=^## )/m.exec(README)!;
  for (const [told, control] of [['allowOlderAlgorithms', 'SFTP-SECURITY-POLICY'], ['keptByHand', 'SECRET-ROTATION'], ['LandingBucket', 'SFTP-MALWARE-SCAN']]) {
    expect(table).toMatch(new RegExp(`^\\| .*${told}.* \\| \`${control}\` \\| `, 'm'));
  }
});
