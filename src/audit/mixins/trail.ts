import { Mixin } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { ServiceKeyGrants } from '../../foundation';
import { guardAgainstUndoing, rendersTo } from '../../private';

/**
 * Has a trail record every Region and the services without one, and switches it on. Applies control `TRAIL-COVERAGE`.
 *
 * A trail of one Region that becomes one of all has the files of all Regions in its bucket; a second trail with management events is billed.
 *
 * @example
 * declare const trail: cloudtrail.CfnTrail;
 * trail.with(new audit.mixins.TrailCoverage());
 */
export class TrailCoverage extends Mixin {
  public supports(construct: IConstruct): construct is cloudtrail.CfnTrail {
    return cloudtrail.CfnTrail.isCfnTrail(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.isLogging = true;
    construct.isMultiRegionTrail = true;
    construct.includeGlobalServiceEvents = true;
    guardAgainstUndoing(construct, {
      control: 'TRAIL-COVERAGE',
      mixin: 'audit.mixins.TrailCoverage',
      demand: "'IsLogging', 'IsMultiRegionTrail' and 'IncludeGlobalServiceEvents' must be true",
      holds: ({ Properties }) => ['IsLogging', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents'].every((name) => Properties?.[name] === true),
    });
  }
}

/** Has a trail write digest files, by which a changed or missing file shows. Applies control `TRAIL-VALIDATION`. */
export class TrailValidation extends Mixin {
  public supports(construct: IConstruct): construct is cloudtrail.CfnTrail {
    return cloudtrail.CfnTrail.isCfnTrail(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.enableLogFileValidation = true;
    guardAgainstUndoing(construct, {
      control: 'TRAIL-VALIDATION',
      mixin: 'audit.mixins.TrailValidation',
      demand: "'EnableLogFileValidation' must be true",
      holds: ({ Properties }) => Properties?.EnableLogFileValidation === true,
    });
  }
}

/**
 * Encrypts a trail with a customer-managed key, and lets CloudTrail use the key. Applies control `TRAIL-CMK`.
 *
 * The policy of an imported key cannot be changed here: a warning then says what its owner must add, without which the deployment fails.
 * Whoever reads the trail needs the key from now on.
 *
 * @example
 * declare const trail: cloudtrail.CfnTrail;
 * trail.with(new audit.mixins.TrailEncryption(key));
 */
export class TrailEncryption extends Mixin {
  /** @param key the key that encrypts; of the Region of the trail's bucket */
  constructor(private readonly key: kms.IKey) {
    super();
  }

  public supports(construct: IConstruct): construct is cloudtrail.CfnTrail {
    return cloudtrail.CfnTrail.isCfnTrail(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.kmsKeyId = this.key.keyArn;
    ServiceKeyGrants.of(this.key).cloudtrail();
    guardAgainstUndoing(construct, {
      control: 'TRAIL-CMK',
      mixin: 'audit.mixins.TrailEncryption',
      demand: "'KMSKeyId' must be the ARN of the key",
      holds: ({ Properties }) => rendersTo(construct, Properties?.KMSKeyId, this.key.keyArn),
    });
  }
}

/**
 * Has a trail write to a log group too, where filters and alarms see its events within minutes. Applies control `TRAIL-LOG-GROUP`.
 *
 * @example
 * declare const trail: cloudtrail.CfnTrail;
 * declare const logGroup: logs.ILogGroup;
 * const role = new iam.Role(this, 'TrailToLog', { assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com') });
 * logGroup.grantWrite(role);
 * trail.with(new audit.mixins.TrailLogGroup(logGroup, role));
 */
export class TrailLogGroup extends Mixin {
  /**
   * @param logGroup the group, of the trail's account and Region
   * @param role what CloudTrail writes with: its trust names no source, which CloudTrail does not tell here, and it may create streams and put events
   */
  constructor(private readonly logGroup: logs.ILogGroup, private readonly role: iam.IRole) {
    super();
  }

  public supports(construct: IConstruct): construct is cloudtrail.CfnTrail {
    return cloudtrail.CfnTrail.isCfnTrail(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const { logGroupArn } = this.logGroup;
    const { roleArn } = this.role;
    construct.cloudWatchLogsLogGroupArn = logGroupArn;
    construct.cloudWatchLogsRoleArn = roleArn;
    guardAgainstUndoing(construct, {
      control: 'TRAIL-LOG-GROUP',
      mixin: 'audit.mixins.TrailLogGroup',
      demand: "'CloudWatchLogsLogGroupArn' must name the log group and 'CloudWatchLogsRoleArn' the role",
      holds: ({ Properties }) => rendersTo(construct, Properties?.CloudWatchLogsLogGroupArn, logGroupArn)
        && rendersTo(construct, Properties?.CloudWatchLogsRoleArn, roleArn),
    });
  }
}
