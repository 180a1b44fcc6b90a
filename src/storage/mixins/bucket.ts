import { Duration, Mixin, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { isAccessLogTarget } from './private/access-log-target';
import { denyPlainHttp, isDenyOfPlainHttp } from './private/tls';
import { addToPolicyOf, amended, guardAgainstUndoing, isIntrinsic, onlyPolicyHas, refersTo, rendersTo, requireDays, valueAt } from '../../private';

/**
 * Days until S3 throws away the parts of an upload that nobody completed; they are billed and no listing shows them (Amazon S3 user guide,
 * "Configuring a bucket lifecycle configuration to delete incomplete multipart uploads").
 */
const ABORT_UPLOADS_AFTER_DAYS = 7;

/** Names the lifecycle rule, so that a second application replaces the first one's. */
const LIFECYCLE_RULE_ID = 'retention';

/** Blocks every way to make a bucket public. Applies control `STORAGE-PUBLIC-ACCESS`. */
export class BucketPublicAccess extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.publicAccessBlockConfiguration = {
      blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true,
    };
    guardAgainstUndoing(construct, {
      control: 'STORAGE-PUBLIC-ACCESS',
      mixin: 'storage.mixins.BucketPublicAccess',
      demand: "all four flags of 'PublicAccessBlockConfiguration' must be true",
      holds: ({ Properties }) => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
        .every((flag) => valueAt(Properties, `PublicAccessBlockConfiguration.${flag}`) === true),
    });
  }
}

/**
 * Denies requests to a bucket that come without TLS, or by a version below 1.2. Applies controls `STORAGE-TLS` and `STORAGE-TLS-VERSION`.
 *
 * A bucket has one policy. The statements join the one that the app has for the bucket, the one that an L2 makes, or else a new one; for an
 * L1 bucket, declare your own `CfnBucketPolicy` before you apply the mixin.
 *
 * @example
 * Mixins.of(this).apply(new storage.mixins.BucketTls());
 */
export class BucketTls extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const resources = [construct.attrArn, `${construct.attrArn}/*`];
    const denyOldTls = new iam.PolicyStatement({
      sid: 'DenyOldTls',
      effect: iam.Effect.DENY,
      principals: [new iam.StarPrincipal()],
      actions: ['s3:*'],
      resources,
      // RFC 8996 deprecates the versions before.
      conditions: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
    });
    addToPolicyOf(construct, [denyPlainHttp(['s3:*'], resources), denyOldTls], (policyDocument) =>
      new s3.CfnBucketPolicy(construct, 'Policy', { bucket: construct.ref, policyDocument }));
    guardAgainstUndoing(construct, {
      control: 'STORAGE-TLS',
      mixin: 'storage.mixins.BucketTls',
      demand: 'the bucket must have one policy, which denies requests without TLS',
      holds: () => onlyPolicyHas(construct, isDenyOfPlainHttp),
    });
    guardAgainstUndoing(construct, {
      control: 'STORAGE-TLS-VERSION',
      mixin: 'storage.mixins.BucketTls',
      demand: 'the bucket must have one policy, which denies TLS below 1.2',
      holds: () => onlyPolicyHas(construct, ({ Effect, Condition }) =>
        Effect === 'Deny' && valueAt(Condition, 'NumericLessThan.s3:TlsVersion') !== undefined),
    });
  }
}

/**
 * Makes the owner of a bucket own all that is in it, and switches access control lists off. Applies control `STORAGE-OWNERSHIP`.
 *
 * A writer that sends an ACL is then refused, unless it is `bucket-owner-full-control`.
 */
export class BucketOwnership extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.ownershipControls = { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] };
    // S3 refuses a bucket that has a canned ACL where ACLs are off.
    construct.accessControl = undefined;
    guardAgainstUndoing(construct, {
      control: 'STORAGE-OWNERSHIP',
      mixin: 'storage.mixins.BucketOwnership',
      demand: "'ObjectOwnership' must be BucketOwnerEnforced and 'AccessControl' not set",
      holds: ({ Properties }) => valueAt(Properties, 'OwnershipControls.Rules.0.ObjectOwnership') === 'BucketOwnerEnforced'
        && [undefined, 'Private'].includes(valueAt(Properties, 'AccessControl') as undefined),
    });
  }
}

/**
 * Keeps what an overwrite or a deletion replaces. Applies control `STORAGE-VERSIONING`.
 *
 * Old versions are billed until a lifecycle rule expires them: see `BucketLifecycle`.
 */
export class BucketVersioning extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.versioningConfiguration = { status: 'Enabled' };
    guardAgainstUndoing(construct, {
      control: 'STORAGE-VERSIONING',
      mixin: 'storage.mixins.BucketVersioning',
      demand: "'VersioningConfiguration.Status' must be Enabled",
      holds: ({ Properties }) => valueAt(Properties, 'VersioningConfiguration.Status') === 'Enabled',
    });
  }
}

/**
 * Records each request to a bucket in another bucket, and lets S3 write there. Applies control `STORAGE-ACCESS-LOG`.
 *
 * It leaves buckets that receive access logs alone, since logging those would never end. Delivery is best effort and takes hours.
 */
export class BucketAccessLog extends Mixin {
  /**
   * @param logBucket bucket of the same account and region, encrypted by SSE-S3. Where it is imported, its policy must already let
   *   `logging.s3.amazonaws.com` write
   * @param prefix start of the log objects' keys; the construct path of the bucket, and a slash, where it is left out
   */
  constructor(private readonly logBucket: s3.IBucket, private readonly prefix?: string) {
    super();
  }

  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct) && !refersTo(this.logBucket.bucketName, construct, construct) && !isAccessLogTarget(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.loggingConfiguration = { destinationBucketName: this.logBucket.bucketName, logFilePrefix: this.prefix ?? `${construct.node.path}/` };

    // The same statement for every bucket, and so there once: a bucket policy has room for 20 KB, and to name a bucket of another stack would
    // make the two stacks need each other.
    this.logBucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.logBucket.arnForObjects(`${this.prefix ?? ''}*`)],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(construct).account } },
    }));
    guardAgainstUndoing(construct, {
      control: 'STORAGE-ACCESS-LOG',
      mixin: 'storage.mixins.BucketAccessLog',
      demand: "'LoggingConfiguration' must name the log bucket",
      holds: ({ Properties }) => rendersTo(construct, valueAt(Properties, 'LoggingConfiguration.DestinationBucketName'), this.logBucket.bucketName),
    });
  }
}

/**
 * Deletes objects, old versions and abandoned uploads of a bucket in time. Applies control `STORAGE-LIFECYCLE`.
 *
 * The rule joins those that the bucket has; where two rules expire an object, the earlier date wins.
 */
export class BucketLifecycle extends Mixin {
  /** @param retention how long an object is kept after its upload, and an old version after its replacement, from 1 to 3650 days */
  constructor(private readonly retention: Duration) {
    super();
  }

  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireDays(construct, 'retention', this.retention, 1, 3650);
    const days = this.retention.toDays();
    construct.lifecycleConfiguration = amended<s3.CfnBucket.LifecycleConfigurationProperty>(construct.lifecycleConfiguration, (configuration) => {
      const rules = (configuration?.rules ?? []) as s3.CfnBucket.RuleProperty[];
      // Rules that only deployment tells cannot be joined, and replacing them would lose them: the check below says so.
      if (isIntrinsic(rules)) return configuration!;
      return {
        ...configuration,
        rules: [
          ...rules.filter((rule) => rule.id !== LIFECYCLE_RULE_ID),
          {
            id: LIFECYCLE_RULE_ID,
            status: 'Enabled',
            expirationInDays: days,
            noncurrentVersionExpiration: { noncurrentDays: days },
            abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_UPLOADS_AFTER_DAYS },
          },
        ],
      };
    });
    guardAgainstUndoing(construct, {
      control: 'STORAGE-LIFECYCLE',
      mixin: 'storage.mixins.BucketLifecycle',
      demand: `'LifecycleConfiguration' must have the rule '${LIFECYCLE_RULE_ID}', enabled`,
      holds: ({ Properties }) => {
        const rules = valueAt(Properties, 'LifecycleConfiguration.Rules');
        return Array.isArray(rules) && rules.some((rule) => valueAt(rule, 'Id') === LIFECYCLE_RULE_ID && valueAt(rule, 'Status') === 'Enabled');
      },
    });
  }
}

/**
 * Keeps a bucket and its objects when the stack drops or replaces it. Applies control `STORAGE-RETAIN`.
 *
 * A bucket with `autoDeleteObjects` fails the synthesis: it would be emptied all the same.
 */
export class BucketRetain extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.applyRemovalPolicy(RemovalPolicy.RETAIN);
    guardAgainstUndoing(construct, {
      control: 'STORAGE-RETAIN',
      mixin: 'storage.mixins.BucketRetain',
      demand: "'DeletionPolicy' and 'UpdateReplacePolicy' must be Retain",
      holds: ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    });
  }
}
