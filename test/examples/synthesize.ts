import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { check, RULES, TemplateSource, Verdict } from '../../src/rules';
import { synthFails } from '../synth-fails';

/** What one plugin said of an app (CDK, `validation-report.json`). */
export interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: ReadonlyArray<{ readonly ruleName: string; readonly violatingConstructs: ReadonlyArray<{ readonly constructPath: string }> }>;
  readonly suppressedViolations?: ReadonlyArray<{ readonly ruleName: string; readonly reason: string; readonly acknowledgedAt: string }>;
}

/** An example as it was synthesized. */
export interface Synthesized {
  readonly templates: readonly TemplateSource[];
  readonly reports: readonly PluginReport[];
  /** Where an acknowledgement would cover more than one construct: the app, stages and stacks. */
  readonly broadPaths: readonly string[];
  readonly failed: boolean;
}

/** Synthesizes an app, whether or not a pack has findings. */
export function synthesize(app: App): Synthesized {
  const failed = synthFails(app);
  const all = app.node.findAll();
  return {
    failed,
    templates: templatesIn(app),
    reports: (JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] }).pluginReports,
    broadPaths: ['', ...all.filter((node) => !CfnResource.isCfnResource(node) && (Stack.isStack(node) || !node.node.path.includes('/'))).map(({ node }) => node.path)],
  };
}

/** What an app that was synthesized would deploy. */
export function templatesIn(app: App): TemplateSource[] {
  const directoryOf = (stack: Stack) => (stack.node.path.includes('/') ? `assembly-${stack.node.path.split('/')[0]}` : '');
  return app.node.findAll().filter((node): node is Stack => Stack.isStack(node)).map((stack) => ({
    name: stack.node.path,
    template: JSON.parse(readFileSync(join(app.outdir, directoryOf(stack), basename(stack.templateFile)), 'utf8')) as unknown,
    account: stack.account,
    region: stack.region,
  }));
}

/** Every finding of a report, as text. */
export function violationsIn({ reports }: Synthesized): string[] {
  return reports.flatMap((report) => report.violations.map((violation) =>
    `${report.pluginName}: ${violation.ruleName} at ${violation.violatingConstructs.map((construct) => construct.constructPath).join(', ')}`));
}

/** Acknowledgements with a reason that says too little, or of more than one construct. */
export function looseAcknowledgementsIn({ reports, broadPaths }: Synthesized) {
  return reports.flatMap((report) => report.suppressedViolations ?? [])
    .filter(({ reason, acknowledgedAt }) => reason.length < 40 || broadPaths.includes(acknowledgedAt));
}

/** What the rules find in templates, of controls whose id starts so. */
export function findings(templates: readonly TemplateSource[], control = ''): Verdict[] {
  return check(templates, RULES.filter((rule) => rule.control.startsWith(control))).filter((verdict) => verdict.finding !== '');
}
