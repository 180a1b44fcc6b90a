import { Duration, Lazy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeInPacks, closedBucket, ConfigurationError, requireDays } from '../private';

const SSE_S3 = 'Amazon S3 delivers server access logs only to a bucket whose default encryption is SSE-S3, so a KMS key here would end the delivery '
  + '(Amazon S3 User Guide, "Enabling Amazon S3 server access logging").';
const NO_LOG_OF_LOGS = 'This bucket receives the access logs of the other buckets. Logging each delivery again would never end '
  + '(Amazon S3 User Guide, "Logging requests with server access logging"); CloudTrail data events record who reads it.';
const NO_REPLICA = 'Access logs are evidence for a limited time: versioning and retention keep them, and a copy in a second Region would double '
  + 'who has to be kept from them. Replicate from the public bucket property where a policy asks for it.';
const NO_LOCK = 'Amazon S3 does not deliver server access logs to a bucket with a default retention period '
  + '(Amazon S3 User Guide, "Enabling Amazon S3 server access logging"); versioning keeps what is overwritten or deleted.';

/** Properties of an `AccessLogBucket`. */
export interface AccessLogBucketProps {
  /**
   * How long an access log is kept, from 1 to 3650 days.
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
}

/**
 * A bucket that receives the server access logs of other buckets of its account and Region: private, versioned, TLS 1.2 or later.
 *
 * It is encrypted with keys of Amazon S3 (SSE-S3), since S3 delivers no access log to a bucket that KMS encrypts by default. It outlives
 * the stack.
 *
 * @example
 * const logs = new foundation.AccessLogBucket(this, 'AccessLogs');
 * logs.grantDelivery(bucket);
 */
export class AccessLogBucket extends Construct {
  /** The underlying bucket, for whatever this construct does not cover. */
  public readonly bucket: s3.IBucket;

  private readonly sources: string[] = [];

  constructor(scope: Construct, id: string, props: AccessLogBucketProps = {}) {
    super(scope, id);

    const retention = props.retention ?? Duration.days(400);
    requireDays(this, 'retention', retention, 1, 3650);

    this.bucket = new s3.Bucket(this, 'Resource', {
      ...closedBucket(retention),
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
    });
    acknowledgeInPacks(this.bucket, 'S3BucketLoggingEnabled', NO_LOG_OF_LOGS);
    acknowledgeInPacks(this.bucket, 'S3BucketReplicationEnabled', NO_REPLICA);
    acknowledgeInPacks(this.bucket, 'S3DefaultEncryptionKMS', SSE_S3);
    acknowledgeInPacks(this.bucket, 'S3BucketDefaultLockEnabled', NO_LOCK);
  }

  /**
   * Lets Amazon S3 deliver the access logs of a bucket here. The bucket itself has to name this one as the destination of its logs.
   *
   * A bucket of another stack depends on this one and cannot be named in this policy; then every bucket of the account may log here.
   */
  public grantDelivery(bucket: s3.IBucket): void {
    const stack = Stack.of(this);
    this.requireBeside(bucket, 'account', stack.account);
    this.requireBeside(bucket, 'region', stack.region);

    const foreign = Stack.of(bucket) !== stack && !isLiteral(bucket.bucketArn);
    const source = foreign ? stack.formatArn({ service: 's3', account: '', region: '', resource: '*' }) : bucket.bucketArn;
    if (this.sources.includes(source)) return;
    this.sources.push(source);
    if (this.sources.length > 1) return;

    // Bucket policies have room for 20 KB, so all sources share a statement (Amazon S3 User Guide, "Permissions for log delivery").
    this.bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'AccessLogDelivery',
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': Lazy.any({ produce: () => (this.sources.length === 1 ? this.sources[0] : this.sources) }) },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }));
  }

  /** S3 delivers access logs within an account and Region only. */
  private requireBeside(bucket: s3.IBucket, what: 'account' | 'region', own: string): void {
    const theirs = bucket.env[what];
    if (Token.compareStrings(theirs, own) === TokenComparison.DIFFERENT) {
      throw new ConfigurationError(this, `'bucket' must be in the ${what} of the log bucket, ${own}, got ${theirs}; use a log bucket of that ${what}`);
    }
  }
}

function isLiteral(arn: string): boolean {
  return !Token.isUnresolved(arn);
}
