import * as s3 from 'aws-cdk-lib/aws-s3';
import { IFoundation } from '../../foundation';

/** Has each request to a bucket logged in the foundation's bucket of access logs, below `path`. */
export function logAccess(bucket: s3.Bucket, foundation: IFoundation, path: string): void {
  // On the L1, since the L2 writes the policy of the log bucket by feature flag, or an ACL, or only a warning.
  (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
    destinationBucketName: foundation.accessLogBucket.bucketName,
    logFilePrefix: `${path}/`,
  };
  foundation.grantAccessLogDelivery(bucket);
}
