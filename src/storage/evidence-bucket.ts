import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataDomain, Foundation, IFoundation } from '../foundation';
import { closedBucket, requireDays, requireMatch } from '../private';
import { acknowledgeInPacks } from '../private/nag';
import { logAccess } from './private/access-log';
import { grantEncrypted, grantList } from './private/grants';

const NO_REPLICA = 'The bucket holds evidence under an Object Lock in compliance mode, which nobody can shorten; a copy in another Region is a decision about '
  + 'residence and cost that only the owner of the evidence can take.';

/** Properties of an `EvidenceBucket`. */
export interface EvidenceBucketProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Key that encrypts every object.
   *
   * @default - the foundation's key for audit
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long an object can be neither changed nor deleted by anyone, root included, from 365 to 3650 days. It expires afterwards.
   *
   * PCI DSS 4.0.1, 10.5.1, asks for twelve months. What is stored costs until then, whatever becomes of the stack or the bucket.
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
}

/**
 * A bucket of evidence: trails, reports and records that nobody can change or delete before their time, root included.
 *
 * Private, versioned, encrypted, access-logged, TLS only, with an Object Lock in compliance mode. Its policy lets nobody delete, so that no
 * delete marker hides what a lock keeps; only the lifecycle does, to which no policy applies (Amazon S3 User Guide, "Setting an S3 Lifecycle
 * configuration on a bucket"). The bucket outlives the stack.
 *
 * @example
 * declare const reviewer: iam.IRole;
 * const evidence = new storage.EvidenceBucket(this, 'Evidence');
 * evidence.grantRecord(reviewer, 'reviews/');
 */
export class EvidenceBucket extends Construct {
  /** The underlying bucket, for whatever this construct does not cover. */
  public readonly bucket: s3.IBucket;

  /** Key that encrypts the objects. */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EvidenceBucketProps = {}) {
    super(scope, id);

    const retention = props.retention ?? Duration.days(400);
    requireDays(this, 'retention', retention, 365, 3650);

    const shared = props.foundation ?? Foundation.of(this);
    this.encryptionKey = props.encryptionKey ?? shared.key(DataDomain.AUDIT);

    const bucket = new s3.Bucket(this, 'Resource', {
      ...closedBucket(retention),
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.encryptionKey,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectLockEnabled: true,
    });
    this.bucket = bucket;

    const resource = bucket.node.defaultChild as s3.CfnBucket;
    // On the L1, since the L2 refuses a number of days that only deployment knows.
    resource.objectLockConfiguration = {
      objectLockEnabled: 'Enabled',
      rule: { defaultRetention: { mode: 'COMPLIANCE', days: retention.toDays() } },
    };
    logAccess(bucket, shared, this.node.path);
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'NobodyDeletes',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [bucket.arnForObjects('*')],
    }));
    // The bucket outlives the stack, and so does what it says of deletion, and of who still delivers.
    bucket.policy!.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledgeInPacks(bucket, 'S3BucketReplicationEnabled', NO_REPLICA);
  }

  /**
   * Lets `grantee` write new objects below a prefix, and use the key to encrypt them. It can neither read nor delete, nor say how long an object
   * is locked.
   *
   * It cannot overwrite: each request has to say `If-None-Match: *`, upon which S3 refuses a key that exists (Amazon S3 User Guide, "Enforce
   * conditional writes on Amazon S3 buckets"). An upload in parts says so only at its end, so that objects are written in one piece, of up to 5 GB.
   *
   * @param prefix start of the keys that it may write, up to and including a slash
   */
  public grantRecord(grantee: iam.IGrantable, prefix: string): iam.Grant {
    requireMatch(this, 'prefix', prefix, /^[^/*?].*\/$/, 'the start of keys that ends in a slash', "write for example 'reviews/'");
    return grantEncrypted({
      grantee,
      resource: this.bucket,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
      actions: ['s3:PutObject'],
      conditions: { Null: { 's3:if-none-match': 'false' } },
      key: this.encryptionKey,
      keyActions: ['kms:GenerateDataKey'],
    });
  }

  /**
   * Lets `grantee` list the bucket, and read objects and their versions. It decrypts through Amazon S3 alone.
   *
   * @param prefix start of the keys that it may read; by default it may read any
   */
  public grantRead(grantee: iam.IGrantable, prefix: string = ''): iam.Grant {
    return grantList(grantee, this.bucket, prefix).combine(grantEncrypted({
      grantee,
      resource: this.bucket,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      key: this.encryptionKey,
      keyActions: ['kms:Decrypt'],
      // Readers are people, who have no other business with a key of evidence.
      keyConditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this.bucket).region}.amazonaws.com` } },
    }));
  }
}
