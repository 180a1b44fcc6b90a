import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App, Aspects, AspectPriority, CfnResource, CloudFormationValidatePlugin, IPolicyValidationPlugin, PolicyValidationPluginReport,
  Stack, Stage, Validations,
} from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { core, policy } from '../../src';
import { synthFails } from '../synth-fails';

const AS_OF = '2026-11-24';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface ReportedViolation {
  readonly ruleName: string;
  readonly severity: string;
  readonly reason?: string;
  readonly violatingConstructs: Array<{ constructPath: string }>;
}

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: ReportedViolation[];
  readonly suppressedViolations?: ReportedViolation[];
}

/** Synthesizes and gives each plugin's report, and whether synthesis failed. */
function synth(app: App): { failed: boolean; plugin(name: string): PluginReport } {
  const failed = synthFails(app);
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] };
  return { failed, plugin: (name) => pluginReports.find((report) => report.pluginName === name)! };
}

function ours(app: App): PluginReport & { failed: boolean } {
  const result = synth(app);
  return { ...result.plugin('cdk-secure-integrations'), failed: result.failed };
}

function rulesIn(violations: readonly ReportedViolation[] | undefined, path?: string): string[] {
  return (violations ?? []).filter((v) => path === undefined || v.violatingConstructs.some((c) => c.constructPath === path)).map((v) => v.ruleName);
}

/** A queue with only one finding of `QUEUE-CMK`. */
function appWithQueue(props: sqs.CfnQueueProps = {}): { app: App; stack: Stack; queue: sqs.CfnQueue } {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  return { app, stack, queue: new sqs.CfnQueue(stack, 'Queue', props) };
}

const waiver = core.Waiver.because('the vendor reads this queue without a key', { owner: 'edi-team', expires: '2027-06-30' });

describe('enforcement', () => {
  test('fails synthesis on a violation, and names control, construct and remedy', () => {
    const { app } = appWithQueue();
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    const report = ours(app);
    expect(report.failed).toBe(true);
    expect(rulesIn(report.violations, 'Stack/Queue')).toContain('QUEUE-CMK[NoKey]');
  });

  test('reports findings below failOn as warnings', () => {
    const { app } = appWithQueue();
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF, failOn: core.Severity.CRITICAL });
    const report = ours(app);
    expect(report.failed).toBe(false);
    expect(report.violations.find((v) => v.ruleName === 'QUEUE-CMK[NoKey]')?.severity).toBe('warning');
  });

  test.each([
    ['a stack', (app: App) => new Stack(app, 'Other'), "[Other] 'app' must be an App, got 'Other'; enforce the policy once, on the app"],
    ['a stage, on which a pack would walk the whole app', (app: App) => new Stage(app, 'Other'), "[Other] 'app' must be an App, got 'Other'; enforce the policy once, on the app"],
  ])('refuses %s', (_name, scopeIn, message) => {
    expect(() => policy.IntegrationPolicy.enforce(scopeIn(new App()))).toThrow(message);
  });

  test('refuses a date that is none', () => {
    expect(() => policy.IntegrationPolicy.enforce(new App(), { asOf: '2026-02-30' }))
      .toThrow("[] 'asOf' must be a day, YYYY-MM-DD, got '2026-02-30'; write for example '2027-06-30'");
  });

  test('refuses the same pack twice', () => {
    expect(() => policy.IntegrationPolicy.enforce(new App(), { packs: [new AwsSolutionsChecks(), new AwsSolutionsChecks()] }))
      .toThrow("[] 'packs' must have different names, got 'AwsSolutions' twice; leave one out");
  });

  test('checks the stacks of nested stages, once', () => {
    const app = new App({ analyticsReporting: false });
    new sqs.CfnQueue(new Stack(new Stage(app, 'Production'), 'Stack'), 'Queue');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    const found = rulesIn(ours(app).violations, 'Production/Stack/Queue').filter((rule) => rule === 'QUEUE-CMK[NoKey]');
    expect(found).toEqual(['QUEUE-CMK[NoKey]']);
  });
});

describe('waivers', () => {
  test('move a finding to the suppressed ones, with reason, owner and expiry', () => {
    const { app, queue } = appWithQueue();
    waiver.applyTo(queue, 'QUEUE-CMK', 'NoKey');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    const report = ours(app);
    expect(rulesIn(report.violations, 'Stack/Queue')).not.toContain('QUEUE-CMK[NoKey]');
    expect(report.suppressedViolations?.find((v) => v.ruleName === 'QUEUE-CMK[NoKey]')?.reason)
      .toBe('the vendor reads this queue without a key (owner: edi-team, expires: 2027-06-30)');
  });

  test('of a control without a finding cover each of its findings', () => {
    const { app, queue } = appWithQueue({ kmsMasterKeyId: 'alias/aws/sqs' });
    waiver.applyTo(queue, 'QUEUE-CMK');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    expect(rulesIn(ours(app).suppressedViolations)).toContain('QUEUE-CMK[AwsManagedKey]');
  });

  test('cover a resource below the construct that carries them', () => {
    const app = new App({ analyticsReporting: false });
    const queue = new sqs.Queue(new Stack(app, 'Stack'), 'Queue');
    waiver.applyTo(queue, 'QUEUE-CMK', 'NoKey');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    expect(rulesIn(ours(app).suppressedViolations)).toContain('QUEUE-CMK[NoKey]');
  });

  test('do not reach a sibling (an acknowledgement holds for one construct, from aws-cdk-lib 2.271.0)', () => {
    const { app, stack, queue } = appWithQueue();
    new sqs.CfnQueue(stack, 'Sibling');
    waiver.applyTo(queue, 'QUEUE-CMK', 'NoKey');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    expect(rulesIn(ours(app).violations, 'Stack/Sibling')).toContain('QUEUE-CMK[NoKey]');
  });

  test.each<[string, string, (world: ReturnType<typeof appWithQueue>) => void]>([
    ['expired', 'WAIVER-EXPIRED', ({ queue }) => core.Waiver.because('the vendor reads this queue without a key', { owner: 'edi-team', expires: '2026-11-23' }).applyTo(queue, 'QUEUE-CMK', 'NoKey')],
    ['unused', 'WAIVER-UNUSED', ({ queue }) => waiver.applyTo(queue, 'QUEUE-CMK', 'AwsManagedKey')],
    ['on a stack', 'WAIVER-TOO-BROAD', ({ stack }) => waiver.applyTo(stack, 'QUEUE-CMK', 'NoKey')],
    ['on the app', 'WAIVER-TOO-BROAD', ({ app }) => waiver.applyTo(app, 'QUEUE-CMK', 'NoKey')],
    ['unknown', 'WAIVER-UNKNOWN', ({ queue }) => queue.node.addMetadata('cdk-secure-integrations:waiver', { control: 'NO-SUCH', reason: 'a reason that is long enough', owner: 'edi-team', expires: '2027-06-30' })],
    ['incomplete', 'WAIVER-INCOMPLETE', ({ queue }) => queue.node.addMetadata('cdk-secure-integrations:waiver', { control: 'QUEUE-CMK', reason: 'because', owner: '', expires: 'never' })],
    ['bypassed', 'ACKNOWLEDGEMENT-BYPASS', ({ queue }) => Validations.of(queue).acknowledge({ id: 'cdk-secure-integrations::QUEUE-CMK[NoKey]', reason: 'we know what we do here, thanks' })],
  ])('that are %s fail the check, and nothing silences that', (_name, rule, break_) => {
    const world = appWithQueue();
    break_(world);
    Validations.of(world.app).acknowledge({ id: `cdk-secure-integrations::${rule}`, reason: 'silence the discipline of waivers' });
    policy.IntegrationPolicy.enforce(world.app, { asOf: AS_OF });
    const report = ours(world.app);
    expect(report.failed).toBe(true);
    expect(report.violations.filter((v) => v.ruleName === rule).map((v) => v.severity)).toContain('fatal');
  });
});

test('a network of the CDK, which acknowledges for its stack that zones are written down, breaks no rule of waivers', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  stack.node.setContext('availability-zones:account=111122223333:region=eu-west-1', ['eu-west-1a', 'eu-west-1b']);
  new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  expect(stack.node.metadata.map(({ data }) => JSON.stringify(data)).join()).toContain('CloudFormation-Validate::W3010');
  policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
  expect(rulesIn(ours(app).violations)).not.toContain('WAIVER-TOO-BROAD');
});

describe('traps of the validation framework', () => {
  test('T1: sees what an override, a deletion override and a later aspect weaken, where cdk-nag sees nothing', () => {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const overridden = new sqs.CfnQueue(stack, 'Overridden', { kmsMasterKeyId: KEY_ARN });
    overridden.addPropertyOverride('KmsMasterKeyId', 'alias/aws/sqs');
    new sqs.CfnQueue(stack, 'Deleted', { kmsMasterKeyId: KEY_ARN }).addPropertyDeletionOverride('KmsMasterKeyId');
    const weakened = new sqs.CfnQueue(stack, 'Weakened', { kmsMasterKeyId: KEY_ARN });
    Aspects.of(app).add({ visit: (node) => { if (node === weakened) weakened.kmsMasterKeyId = undefined; } }, { priority: AspectPriority.READONLY });
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    const { violations } = ours(app);
    expect(rulesIn(violations, 'Stack/Overridden')).toContain('QUEUE-CMK[AwsManagedKey]');
    expect(rulesIn(violations, 'Stack/Deleted')).toContain('QUEUE-CMK[NoKey]');
    expect(rulesIn(violations, 'Stack/Weakened')).toContain('QUEUE-CMK[NoKey]');
  });

  test('T2: a pack rule that is acknowledged without its namespace, which leaves no trace, is a violation', () => {
    const { app, stack } = appWithQueue();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'this bucket is a log bucket itself' });
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF, packs: [new AwsSolutionsChecks()] });
    expect(rulesIn(ours(app).violations, 'Stack/Bucket')).toContain('ACKNOWLEDGEMENT-BYPASS');
  });

  test('T3: a pack with warnings alone does not fail, and a pack without severities does not pass once one finding is acknowledged', () => {
    const { app, queue } = appWithQueue();
    const found = (...rules: string[]) => rules.map((ruleName) => ({
      ruleName, description: ruleName, violatingResources: [{ constructPath: queue.node.path, locations: [] }],
    }));
    const pack = (name: string, report: PolicyValidationPluginReport): IPolicyValidationPlugin => ({ name, validate: () => report });
    Validations.of(queue).acknowledge({ id: 'plain::One', reason: 'the first finding is accepted here' });
    policy.IntegrationPolicy.enforce(app, {
      asOf: AS_OF,
      packs: [
        pack('warnings', { success: false, violations: found('Mild').map((v) => ({ ...v, severity: 'warning' })) }),
        pack('plain', { success: false, violations: found('One', 'Two') }),
      ],
    });
    const result = synth(app);
    expect(result.plugin('warnings').conclusion).toBe('success');
    expect(result.plugin('plain').conclusion).toBe('failure');
    expect(rulesIn(result.plugin('plain').violations)).toEqual(['Two']);
  });

  test('T4, T6: the built-in template validation neither downgrades our findings nor collides with us when the user registers an own one', () => {
    const { app } = appWithQueue();
    Validations.of(app).addPlugins(new CloudFormationValidatePlugin({ includeDefaultRules: false }));
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    const report = ours(app);
    expect(report.failed).toBe(true);
    expect(report.violations.find((v) => v.ruleName === 'QUEUE-CMK[NoKey]')?.severity).toBe('error');
  });

  test('T7: context that lets a failed check end with exit code 0 is refused', () => {
    const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    new Stack(app, 'Stack');
    policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
    expect(() => app.synth()).toThrow("context '@aws-cdk/core:failSynthOnValidationErrors' must not be false, got false; remove it, for a failed check would end with exit code 0");
  });

  test('T8, T9: the package asks for an aws-cdk-lib in which an acknowledgement holds for one construct, and takes no moving CLI', () => {
    const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as Record<string, Record<string, string>>;
    expect(manifest.peerDependencies['aws-cdk-lib']).toBe('^2.271.0');
    expect(manifest.devDependencies['aws-cdk'] ?? '2.1148.1').toMatch(/^2\.1148\.\d+$/);
  });
});

describe('IntegrationChecks, the same rules as a cdk-nag pack', () => {
  test('reports the same ids, and sees overrides', () => {
    const { app, queue } = appWithQueue({ kmsMasterKeyId: KEY_ARN });
    queue.addPropertyDeletionOverride('KmsMasterKeyId');
    Validations.of(app).addPlugins(new policy.IntegrationChecks());
    expect(rulesIn(ours(app).violations, 'Stack/Queue')).toContain('QUEUE-CMK[NoKey]');
  });

  test('judges no construct tree that was not synthesized', () => {
    const { app } = appWithQueue();
    expect(() => new policy.IntegrationChecks().validateScope(app))
      .toThrow("[] 'scope' must be synthesized to be judged, got a construct tree; register the pack on the app and call synth()");
  });
});

test('a token that the template does not tell is never taken as compliant', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'SomeoneElsesKey' } } });
  policy.IntegrationPolicy.enforce(app, { asOf: AS_OF });
  expect(rulesIn(ours(app).violations, 'Stack/Queue')).toContain('QUEUE-CMK[UnresolvedKey]');
});
