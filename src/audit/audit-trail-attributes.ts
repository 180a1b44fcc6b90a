import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** A trail that is there already, for `AuditTrail.fromTrailAttributes`. */
export interface AuditTrailAttributes {
  /** ARN of the trail, such as `arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization`. */
  readonly trailArn: string;

  /** Bucket that keeps the events. */
  readonly bucket: s3.IBucket;

  /**
   * Log group that receives the events.
   *
   * @default - asking for the log group fails
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Key that encrypts the files in the bucket.
   *
   * @default - the bucket's own key, if it names one
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Id of the organization, such as `o-exampleorgid`, of a trail that records all of its accounts.
   *
   * @default - the trail records one account
   */
  readonly organizationId?: string;

  /**
   * What the trail puts before `AWSLogs/` in the keys of the files, as its `S3KeyPrefix` says, without a slash at the end.
   *
   * @default - nothing
   */
  readonly keyPrefix?: string;
}
