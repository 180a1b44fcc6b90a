import { Mixin } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { ServiceKeyGrants } from '../../foundation';
import { ConfigurationError, guardAgainstUndoing, rendersTo } from '../../private';

/** Shorter, and events are gone before an incident is noticed. */
const LEAST_DAYS = 30;

/**
 * Encrypts a log group with a customer-managed key, and lets CloudWatch Logs use the key. Applies control `LOG-CMK`.
 *
 * The policy of an imported key cannot be changed here: a warning then says what its owner must add, without which the deployment fails.
 *
 * @example
 * new logs.CfnLogGroup(this, 'Requests').with(new storage.mixins.LogGroupEncryption(key));
 */
export class LogGroupEncryption extends Mixin {
  /** @param key the key that encrypts; of the same region as the log group */
  constructor(private readonly key: kms.IKey) {
    super();
  }

  public supports(construct: IConstruct): construct is logs.CfnLogGroup {
    return logs.CfnLogGroup.isCfnLogGroup(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.kmsKeyId = this.key.keyArn;
    ServiceKeyGrants.of(this.key).logs();
    guardAgainstUndoing(construct, {
      control: 'LOG-CMK',
      mixin: 'storage.mixins.LogGroupEncryption',
      demand: "'KmsKeyId' must be the ARN of the key",
      holds: ({ Properties }) => rendersTo(construct, Properties?.KmsKeyId, this.key.keyArn),
    });
  }
}

/**
 * Keeps the events of a log group for a stated time. Applies control `LOG-RETENTION`.
 *
 * It leaves groups of class `DELIVERY` alone, whose time is fixed.
 */
export class LogGroupRetention extends Mixin {
  /** @param retention how long events are kept, at least a month, and for audit logs at least a year (PCI DSS 4.0.1, 10.5.1); a year where it is left out */
  constructor(private readonly retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR) {
    super();
  }

  public supports(construct: IConstruct): construct is logs.CfnLogGroup {
    return logs.CfnLogGroup.isCfnLogGroup(construct) && construct.logGroupClass !== 'DELIVERY';
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    if (this.retention < LEAST_DAYS || this.retention === logs.RetentionDays.INFINITE) {
      const got = this.retention === logs.RetentionDays.INFINITE ? 'INFINITE' : `${this.retention} days`;
      throw new ConfigurationError(construct, `'retention' must be a time of at least ${LEAST_DAYS} days, got ${got}; choose for example RetentionDays.ONE_YEAR`);
    }
    construct.retentionInDays = this.retention;
    guardAgainstUndoing(construct, {
      control: 'LOG-RETENTION',
      mixin: 'storage.mixins.LogGroupRetention',
      demand: `'RetentionInDays' must be ${this.retention}`,
      holds: ({ Properties }) => Properties?.RetentionInDays === this.retention,
    });
  }
}
