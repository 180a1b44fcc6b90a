import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue';
import { Waiver } from '../core';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { closedBucket, ConfigurationError, requireDays } from '../private';
import { acknowledgeInPacks } from '../private/nag';
import { logAccess } from './private/access-log';
import { DeadLetteredTarget } from './private/dead-lettered-target';
import { grantEncrypted, grantList } from './private/grants';

/** Properties of a `LandingBucket`. */
export interface LandingBucketProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Key that encrypts every object.
   *
   * @default - the foundation's key for data
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long a delivered object is kept, from 1 to 3650 days. An overwritten or deleted version is kept for 30 days more.
   *
   * @default Duration.days(90)
   */
  readonly retention?: Duration;

  /**
   * How long a delivered version can be neither changed nor deleted; at most the retention. It can be chosen only when the bucket is created.
   *
   * @default - versions are not locked
   */
  readonly objectLock?: s3.ObjectLockRetention;

  /**
   * Serves plain HTTP and old TLS versions as well. Waives controls `STORAGE-TLS` and `STORAGE-TLS-VERSION`.
   *
   * @default - plain HTTP and TLS below 1.2 are denied
   */
  readonly allowPlainHttp?: Waiver;

  /**
   * Writes no server access log. Waives control `STORAGE-ACCESS-LOG`.
   *
   * @default - each request is logged in the foundation's bucket of access logs, under the construct's path
   */
  readonly withoutAccessLog?: Waiver;
}

/** What happens when an object has been delivered. */
export interface OnDeliveredOptions {
  /**
   * Start of the keys that count.
   *
   * @default - each object counts
   */
  readonly prefix?: string;

  /**
   * What the event goes to. A target without a dead-letter queue gets the bucket's.
   *
   * @default - nothing yet; an `IntegrationQueue` takes the rule with `receiveFrom`
   */
  readonly target?: events.IRuleTarget;

  /**
   * What the rule is for.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * A bucket where partners deliver files: private, versioned, encrypted, access-logged, TLS only.
 *
 * The bucket outlives the stack. It tells EventBridge of each object; do not add notifications to the underlying bucket, since the CDK writes
 * those with a custom resource, which would switch EventBridge off.
 *
 * @example
 * declare const partner: iam.IRole;
 * const landing = new storage.LandingBucket(this, 'Landing', { retention: Duration.days(30) });
 * landing.grantDeliver(partner);
 * const orders = new storage.IntegrationQueue(this, 'Orders');
 * orders.receiveFrom(landing.onDelivered('OrderDelivered', { prefix: 'orders/' }));
 */
export class LandingBucket extends Construct {
  /** The underlying bucket, for whatever this construct does not cover. */
  public readonly bucket: s3.IBucket;

  /** Key that encrypts the objects. */
  public readonly encryptionKey: kms.IKey;

  private readonly foundation: IFoundation;

  constructor(scope: Construct, id: string, props: LandingBucketProps = {}) {
    super(scope, id);

    const retention = props.retention ?? Duration.days(90);
    requireDays(this, 'retention', retention, 1, 3650);
    this.requireLockWithin(retention, props.objectLock);
    props.allowPlainHttp?.applyTo(this, 'STORAGE-TLS');
    props.allowPlainHttp?.applyTo(this, 'STORAGE-TLS-VERSION');
    props.withoutAccessLog?.applyTo(this, 'STORAGE-ACCESS-LOG');

    this.foundation = props.foundation ?? Foundation.of(this);
    this.encryptionKey = props.encryptionKey ?? this.foundation.key(DataDomain.DATA);

    const bucket = new s3.Bucket(this, 'Resource', {
      ...closedBucket(retention),
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      bucketKeyEnabled: true,
      enforceSSL: !props.allowPlainHttp,
      minimumTLSVersion: props.allowPlainHttp ? undefined : 1.2,
      objectLockEnabled: props.objectLock ? true : undefined,
      objectLockDefaultRetention: props.objectLock,
    });
    this.bucket = bucket;

    const resource = bucket.node.defaultChild as s3.CfnBucket;
    // On the L1, since the L2's eventBridgeEnabled brings a Lambda function that may change the notifications of every bucket.
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    if (!props.withoutAccessLog) logAccess(bucket, this.foundation, this.node.path);

    acknowledgeInPacks(bucket, 'S3BucketReplicationEnabled',
      'the bucket is where files arrive, and they are kept for a limited time; a copy in another Region is a decision about residence and cost that only the owner of the data can take');
    if (!props.objectLock) {
      acknowledgeInPacks(bucket, 'S3BucketDefaultLockEnabled',
        'delivered files expire with their retention and may have to be erased before; versions keep what is overwritten or deleted, and objectLock locks them where that is wanted');
    }
  }

  /**
   * Lets `grantee` write new objects, and use the key to encrypt them. It can neither read nor delete.
   *
   * @param prefix start of the keys that it may write; by default it may write any
   */
  public grantDeliver(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    return grantEncrypted({
      grantee,
      resource: this.bucket,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
      key: this.encryptionKey,
      // S3 decrypts the parts of a multipart upload when it completes (Amazon S3 User Guide, "Multipart upload API and permissions").
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    });
  }

  /**
   * Lets `grantee` list the bucket and read objects and their tags. Who reads what an event names takes `grantReadDelivered`.
   *
   * @param prefix start of the keys that it may read; by default it may read any
   */
  public grantRead(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    return grantList(grantee, this.bucket, prefix).combine(grantEncrypted({
      grantee,
      resource: this.bucket,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'],
      key: this.encryptionKey,
      keyActions: ['kms:Decrypt'],
    }));
  }

  /**
   * Lets `grantee` read the version of an object that an event of `onDelivered` names, and nothing else: it can neither list nor read without
   * naming a version.
   *
   * S3 answers 403 instead of 404 for an object that is gone, since the grantee may not list (Amazon S3 API Reference, `GetObject`).
   *
   * @param prefix start of the keys that it may read; by default it may read any
   */
  public grantReadDelivered(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    return grantEncrypted({
      grantee,
      resource: this.bucket,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
      // A request with a version needs this action alone (Amazon S3 API Reference, `GetObject`).
      actions: ['s3:GetObjectVersion'],
      key: this.encryptionKey,
      keyActions: ['kms:Decrypt'],
    });
  }

  /** Makes a rule for each object that has been delivered. EventBridge delivers at least once and keeps no order. */
  public onDelivered(id: string, options: OnDeliveredOptions = {}): events.Rule {
    const rule = new events.Rule(this, id, {
      description: options.description,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [this.bucket.bucketName] },
          ...(options.prefix !== undefined && { object: { key: [{ prefix: options.prefix }] } }),
        },
      },
    });
    if (options.target) rule.addTarget(new DeadLetteredTarget(options.target, () => this.undelivered()));
    return rule;
  }

  private undelivered(): DeadLetterQueue {
    return this.node.tryFindChild('Undelivered') as DeadLetterQueue | undefined
      ?? new DeadLetterQueue(this, 'Undelivered', { foundation: this.foundation });
  }

  private requireLockWithin(retention: Duration, lock?: s3.ObjectLockRetention): void {
    if (!lock || lock.duration.isUnresolved() || retention.isUnresolved()) return;
    if (lock.duration.toDays() > retention.toDays()) {
      throw new ConfigurationError(this, `'objectLock' must be no longer than the retention of ${retention.toDays()} days, got ${lock.duration.toDays()}; S3 cannot expire a locked version`);
    }
  }
}
