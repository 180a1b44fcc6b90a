import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * A security standard of Security Hub CSPM, in one edition (AWS Security Hub User Guide, "Standards reference").
 *
 * New editions stand beside older ones, under another ARN: `of` names one that is not here.
 */
export class SecurityStandard {
  /** AWS Foundational Security Best Practices, 1.0.0. */
  public static readonly FOUNDATIONAL_BEST_PRACTICES = new SecurityStandard('aws-foundational-security-best-practices/v/1.0.0');

  /** CIS AWS Foundations Benchmark 3.0.0. */
  public static readonly CIS_3_0_0 = new SecurityStandard('cis-aws-foundations-benchmark/v/3.0.0');

  /** CIS AWS Foundations Benchmark 5.0.0. */
  public static readonly CIS_5_0_0 = new SecurityStandard('cis-aws-foundations-benchmark/v/5.0.0');

  /** NIST SP 800-53 Revision 5. */
  public static readonly NIST_800_53_R5 = new SecurityStandard('nist-800-53/v/5.0.0');

  /** NIST SP 800-171 Revision 2. */
  public static readonly NIST_800_171_R2 = new SecurityStandard('nist-800-171/v/2.0.0');

  /** PCI DSS 4.0.1. */
  public static readonly PCI_DSS_4_0_1 = new SecurityStandard('pci-dss/v/4.0.1');

  /**
   * Another standard.
   *
   * @param path what follows `standards/` in its ARN, such as `pci-dss/v/4.0.1`; `aws securityhub describe-standards` lists them
   */
  public static of(path: string): SecurityStandard {
    return new SecurityStandard(path);
  }

  private constructor(private readonly path: string) {}

  /** @internal */
  public _path(): string {
    return this.path;
  }

  /** @internal */
  public _arn(scope: IConstruct): string {
    const { partition, region } = Stack.of(scope);
    return `arn:${partition}:securityhub:${region}::standards/${this.path}`;
  }
}
