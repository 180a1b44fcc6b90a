import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { refersTo, valueAt } from '../../../private';

/** Whether another bucket of the app sends its server access log to this one. */
export function isAccessLogTarget(bucket: s3.CfnBucket): boolean {
  return bucket.node.root.node.findAll().some((other) => {
    if (!s3.CfnBucket.isCfnBucket(other) || other === bucket || other.loggingConfiguration === undefined) return false;
    const logging: unknown = Stack.of(other).resolve(other.loggingConfiguration);
    const destination = (other.loggingConfiguration as s3.CfnBucket.LoggingConfigurationProperty).destinationBucketName ?? valueAt(logging, 'destinationBucketName');
    return destination !== undefined && refersTo(destination, other, bucket);
  });
}
