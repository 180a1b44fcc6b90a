import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { objectPrefixOf, requireOrganizationId } from './trail-keys';
import { ConfigurationError, requireMatch } from '../../private';
import { AuditTrailAttributes } from '../audit-trail-attributes';
import { IAuditTrail } from '../audit-trail-ref';

const TRAIL_ARN = /^arn:[\w-]+:cloudtrail:[\w-]+:\d{12}:trail\/[\w.-]+$/;

/** A trail that somebody else deploys. */
export class ImportedTrail extends Construct implements IAuditTrail {
  public readonly trailArn: string;
  public readonly bucket: s3.IBucket;
  public readonly objectPrefix: string;
  public readonly encryptionKey?: kms.IKey;
  public readonly organizationId?: string;
  private readonly group: logs.ILogGroup | undefined;

  constructor(scope: Construct, id: string, attributes: AuditTrailAttributes) {
    super(scope, id);

    requireMatch(this, 'trailArn', attributes.trailArn, TRAIL_ARN, 'the ARN of a trail',
      "write for example 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization'");
    requireOrganizationId(this, attributes.organizationId);
    if (attributes.keyPrefix !== undefined) {
      requireMatch(this, 'keyPrefix', attributes.keyPrefix, /^[^/].*[^/]$|^[^/]$/, 'neither empty nor bounded by slashes', "write for example 'audit'");
    }
    this.trailArn = attributes.trailArn;
    this.bucket = attributes.bucket;
    this.group = attributes.logGroup;
    this.encryptionKey = attributes.encryptionKey ?? attributes.bucket.encryptionKey;
    this.organizationId = attributes.organizationId;
    this.objectPrefix = objectPrefixOf(attributes.organizationId, attributes.keyPrefix);
  }

  public get logGroup(): logs.ILogGroup {
    if (!this.group) {
      throw new ConfigurationError(this, "'logGroup' must be given for what is asked of this trail, got nothing; name the log group that the trail delivers to");
    }
    return this.group;
  }

  public grantRead(grantee: iam.IGrantable): iam.Grant {
    const list = iam.Grant.addToPrincipal({
      grantee,
      resourceArns: [this.bucket.bucketArn],
      actions: ['s3:ListBucket'],
      conditions: { StringLike: { 's3:prefix': `${this.objectPrefix}*` } },
    });
    const read = iam.Grant.addToPrincipal({
      grantee,
      resourceArns: [this.bucket.arnForObjects(`${this.objectPrefix}*`)],
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
    });
    const files = list.combine(read);
    if (!this.encryptionKey) return files;
    const decrypt = this.encryptionKey.grant(grantee, 'kms:Decrypt');
    for (const statement of decrypt.principalStatements) {
      statement.addConditions({ StringEquals: { 'kms:ViaService': `s3.${this.bucket.env.region}.amazonaws.com` } });
    }
    return files.combine(decrypt);
  }
}
