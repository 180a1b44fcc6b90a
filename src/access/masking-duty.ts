import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { neverDecryptsWith, readsOnly, writesOnly } from './private/data-statements';

/**
 * Which half of a masked copy a job does: it reads what is to be masked, or writes what was masked, and never both.
 *
 * @example
 * declare const handOver: s3.IBucket;
 * const reading = access.MaskingDuty.readSource(handOver);
 */
export class MaskingDuty {
  /**
   * Reads the source, and writes what it has masked to the hand-over bucket and nowhere else.
   *
   * @param handOver bucket between both halves, which holds masked data alone
   */
  public static readSource(handOver: s3.IBucket): MaskingDuty {
    return new MaskingDuty('reads the source', [writesOnly([handOver.arnForObjects('*')])]);
  }

  /**
   * Writes the target, and reads the hand-over bucket and nowhere else.
   *
   * @param handOver bucket between both halves, which holds masked data alone
   * @param sourceKeys keys of the source, of which it may not use one even where their policies would let it
   */
  public static writeTarget(handOver: s3.IBucket, ...sourceKeys: kms.IKey[]): MaskingDuty {
    const keys = sourceKeys.length === 0 ? [] : [neverDecryptsWith(sourceKeys.map((key) => key.keyArn))];
    return new MaskingDuty('writes the target', [readsOnly([handOver.arnForObjects('*')]), ...keys]);
  }

  private constructor(
    /** @internal */
    public readonly _does: string,
    /** @internal */
    public readonly _statements: readonly iam.PolicyStatement[],
  ) {}
}
