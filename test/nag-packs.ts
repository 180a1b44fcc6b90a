import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';

/** Every pack of cdk-nag, by name. */
export const NAG_PACKS: ReadonlyArray<[string, () => NagPack]> = [
  ['AwsSolutionsChecks', () => new AwsSolutionsChecks()],
  ['HIPAASecurityChecks', () => new HIPAASecurityChecks()],
  ['NIST80053R4Checks', () => new NIST80053R4Checks()],
  ['NIST80053R5Checks', () => new NIST80053R5Checks()],
  ['PCIDSS321Checks', () => new PCIDSS321Checks()],
  ['ServerlessChecks', () => new ServerlessChecks()],
];

/** One of each. */
export const nagPacks = (): NagPack[] => NAG_PACKS.map(([, make]) => make());

/** What a pack says of an app. */
interface Judgement {
  readonly conclusion: string;
  readonly violations: readonly unknown[];
  /** Why findings are acknowledged. */
  readonly reasons: readonly string[];
}

/** Synthesizes an app under a pack. */
export function judgedBy(pack: NagPack, app: App): Judgement {
  Validations.of(app).addPlugins(pack);
  app.synth();
  const { pluginReports: [report] } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const acknowledged = (report.suppressedViolations ?? []) as Array<{ readonly reason: string }>;
  return { conclusion: report.conclusion, violations: report.violations, reasons: acknowledged.map(({ reason }) => reason) };
}

/** Synthesizes an app under every pack at once, and gives what each of them finds, by its name. */
export function findingsOfPacks(app: App): Readonly<Record<string, unknown>> {
  Validations.of(app).addPlugins(...nagPacks());
  app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: Array<{ violations: unknown }> };
  return Object.fromEntries(NAG_PACKS.map(([name], index) => [name, pluginReports[index].violations]));
}
