import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';

/**
 * Another pack, with its verdict judged by severity alone.
 *
 * Packs differ in what makes them fail: cdk-nag fails on a warning, and a pack that states no severity passes as soon as one of its
 * findings is acknowledged, because the CDK then counts only errors. Here a finding without a severity is an error, and a pack fails
 * exactly when it has an error.
 */
export class GovernedPack implements IPolicyValidationPlugin {
  public readonly name: string;
  public readonly version?: string;
  public readonly ruleIds?: string[];

  constructor(private readonly pack: IPolicyValidationPlugin) {
    this.name = pack.name;
    this.version = pack.version;
    this.ruleIds = pack.ruleIds;
  }

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = this.pack.validate(context);
    const violations = report.violations.map((violation) => ({ ...violation, severity: violation.severity ?? 'error' }));
    return { ...report, violations, success: !violations.some(({ severity }) => severity !== 'warning' && severity !== 'info') };
  }
}
