import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/** A record of who did what: a trail of AWS CloudTrail, the bucket that keeps it and the log group that is watched. */
export interface IAuditTrail extends IConstruct {
  /** ARN of the trail. */
  readonly trailArn: string;

  /** Bucket that keeps the events, in files. */
  readonly bucket: s3.IBucket;

  /**
   * Start of the keys of those files, up to the folder of each account: `AWSLogs/`, for an organization `AWSLogs/o-exampleorgid/`.
   *
   * Below it they are `<account>/CloudTrail/<region>/<year>/<month>/<day>/`.
   */
  readonly objectPrefix: string;

  /** Log group that receives the events of all Regions within minutes. */
  readonly logGroup: logs.ILogGroup;

  /** Key that encrypts the files; undefined for a trail whose key is not known here. */
  readonly encryptionKey?: kms.IKey;

  /** Id of the organization whose accounts are recorded; undefined for the trail of one account. */
  readonly organizationId?: string;

  /** Lets `grantee` list and read the files. */
  grantRead(grantee: iam.IGrantable): iam.Grant;
}
