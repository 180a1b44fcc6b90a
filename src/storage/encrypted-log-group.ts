import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DataDomain, Foundation, IFoundation, ServiceKeyGrants } from '../foundation';
import { ConfigurationError } from '../private';

/** Properties of an `EncryptedLogGroup`. */
export interface EncryptedLogGroupProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Key that encrypts every log event.
   *
   * @default - the foundation's key for audit
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long log events are kept; a number of days, not for ever.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Name of the log group, where a service prescribes it, for example `aws-waf-logs-orders`.
   *
   * @default - CloudFormation makes one up
   */
  readonly logGroupName?: string;
}

/**
 * A log group that is encrypted with a customer-managed key and kept for a year. It outlives the stack.
 *
 * @example
 * declare const worker: iam.IRole;
 * const accessLog = new storage.EncryptedLogGroup(this, 'AccessLog');
 * accessLog.grantWrite(worker);
 */
export class EncryptedLogGroup extends Construct {
  /** The underlying log group, for whatever this construct does not cover. */
  public readonly logGroup: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps = {}) {
    super(scope, id);

    const retention = props.retention ?? logs.RetentionDays.ONE_YEAR;
    if (retention === logs.RetentionDays.INFINITE) {
      throw new ConfigurationError(this, "'retention' must be a number of days, got INFINITE; choose how long the events are needed, up to TEN_YEARS");
    }

    const key = props.encryptionKey ?? (props.foundation ?? Foundation.of(this)).key(DataDomain.AUDIT);
    // The key of a foundation is for log groups of any name. Without a name the statement of another covers those of the account, too:
    // CloudFormation makes the name up, and the group refers to the key.
    ServiceKeyGrants.of(key).logs(!props.encryptionKey || props.logGroupName === undefined ? undefined : Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: props.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }));

    this.logGroup = new logs.LogGroup(this, 'Resource', {
      encryptionKey: key,
      logGroupName: props.logGroupName,
      retention,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Lets `grantee` write log events. The service itself uses the key, so the grantee needs no permission on it. */
  public grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.logGroup.grant(grantee, 'logs:CreateLogStream', 'logs:PutLogEvents');
  }

  /** Lets `grantee` read and search log events. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.logGroup.grant(grantee, 'logs:DescribeLogStreams', 'logs:GetLogEvents', 'logs:FilterLogEvents');
  }
}
