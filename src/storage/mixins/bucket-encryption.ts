import { Mixin } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { isAccessLogTarget } from './private/access-log-target';
import { amended, guardAgainstUndoing, isIntrinsic, rendersTo, Untold, valueAt } from '../../private';

type Rule = s3.CfnBucket.ServerSideEncryptionRuleProperty;

const ENCRYPTION = 'BucketEncryption.ServerSideEncryptionConfiguration.0';
const SSE_C = 'SSE-C';

/**
 * Encrypts new objects of a bucket with a customer-managed key. Applies control `STORAGE-CMK`.
 *
 * A bucket that receives the server access logs of another one gets SSE-S3 instead: S3 delivers them to no other (Amazon S3 user guide,
 * "Enabling Amazon S3 server access logging"). Objects that are there already keep their encryption. The grants of an L2 do not know the
 * key: grant its use to readers and writers too.
 *
 * @example
 * new s3.CfnBucket(this, 'Inbox').with(new storage.mixins.BucketEncryption(key));
 */
export class BucketEncryption extends Mixin {
  /** @param key the key that encrypts; of the same region as the bucket */
  constructor(private readonly key: kms.IKey) {
    super();
  }

  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    // Whatever else the encryption may be at deployment, it must be this.
    amendRule(construct, Untold.REPLACE, (rule) => {
      if (isAccessLogTarget(construct)) return { ...rule, serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };
      const { sseAlgorithm } = (rule.serverSideEncryptionByDefault ?? {}) as Partial<s3.CfnBucket.ServerSideEncryptionByDefaultProperty>;
      return {
        ...rule,
        serverSideEncryptionByDefault: {
          sseAlgorithm: sseAlgorithm === 'aws:kms:dsse' ? sseAlgorithm : 'aws:kms',
          // By ARN: S3 looks an alias up in the account of whoever uploads (AWS::S3::Bucket ServerSideEncryptionByDefault).
          kmsMasterKeyId: this.key.keyArn,
        },
      };
    });
    guardAgainstUndoing(construct, {
      control: 'STORAGE-CMK',
      mixin: 'storage.mixins.BucketEncryption',
      demand: "'BucketEncryption' must name the key (AES256 where the bucket receives access logs)",
      holds: ({ Properties }) => {
        const encryption = valueAt(Properties, `${ENCRYPTION}.ServerSideEncryptionByDefault`);
        if (isAccessLogTarget(construct)) return valueAt(encryption, 'SSEAlgorithm') === 'AES256';
        return /^aws:kms/.test(String(valueAt(encryption, 'SSEAlgorithm'))) && rendersTo(construct, valueAt(encryption, 'KMSMasterKeyID'), this.key.keyArn);
      },
    });
  }
}

/**
 * Lets S3 derive the data keys of a bucket from one bucket key, which saves most calls to KMS. Applies control `STORAGE-BUCKET-KEY`.
 *
 * The encryption context then names the bucket and no longer the object: key policies that ask for an object's ARN stop matching.
 */
export class BucketKey extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendRule(construct, Untold.KEEP, (rule) => ({ ...rule, bucketKeyEnabled: true }));
    guardAgainstUndoing(construct, {
      control: 'STORAGE-BUCKET-KEY',
      mixin: 'storage.mixins.BucketKey',
      demand: "'BucketKeyEnabled' must be true",
      holds: ({ Properties }) => valueAt(Properties, `${ENCRYPTION}.BucketKeyEnabled`) === true,
    });
  }
}

/**
 * Refuses objects whose key the uploader keeps, which nobody else can ever read. Applies control `STORAGE-SSE-C`.
 *
 * Ransomware encrypts by SSE-C with nothing but stolen write access.
 */
export class BucketBlockSseC extends Mixin {
  public supports(construct: IConstruct): construct is s3.CfnBucket {
    return s3.CfnBucket.isCfnBucket(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendRule(construct, Untold.KEEP, (rule) => ({ ...rule, blockedEncryptionTypes: { encryptionType: [SSE_C] } }));
    guardAgainstUndoing(construct, {
      control: 'STORAGE-SSE-C',
      mixin: 'storage.mixins.BucketBlockSseC',
      demand: "'BlockedEncryptionTypes' must have SSE-C",
      holds: ({ Properties }) => {
        const types = valueAt(Properties, `${ENCRYPTION}.BlockedEncryptionTypes.EncryptionType`);
        return Array.isArray(types) && types.includes(SSE_C) && !types.includes('NONE');
      },
    });
  }
}

/** Changes the only encryption rule that a bucket can have, and makes it where there is none. */
function amendRule(bucket: s3.CfnBucket, untold: Untold, change: (rule: Rule) => Rule): void {
  bucket.bucketEncryption = amended<s3.CfnBucket.BucketEncryptionProperty>(bucket.bucketEncryption, (encryption) => {
    const rules: unknown = encryption?.serverSideEncryptionConfiguration;
    const rule: unknown = Array.isArray(rules) ? rules[0] : rules;
    if (isIntrinsic(rule) && untold === Untold.KEEP) return encryption!;
    return { serverSideEncryptionConfiguration: [change(isIntrinsic(rule) ? {} : rule ?? {})] };
  }, untold);
}
