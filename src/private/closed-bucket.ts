import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * What each bucket of this library is: closed to the public, to ACLs and to keys of others, versioned, rid of what is older than `retention`, and
 * there when its stack is gone. How it is encrypted and whether over TLS alone is each one's own.
 */
export function closedBucket(retention: Duration): s3.BucketProps {
  return {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // An intruder who may write can lock data away with a key of their own (SSE-C), which no policy of ours controls.
    blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
    versioned: true,
    lifecycleRules: [
      {
        id: 'Retention',
        expiration: retention,
        // A locked version waits for its lock (Amazon S3 User Guide, "Object Lock considerations").
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
      // S3 accepts this action only in a rule that expires nothing by age.
      { id: 'DeleteMarkers', expiredObjectDeleteMarker: true },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  };
}
