import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { objectPrefixOf } from './trail-keys';
import { acknowledgeInPacks } from '../../private/nag';
import { EncryptedLogGroup, EvidenceBucket } from '../../storage';

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/**
 * Lets CloudTrail deliver the files of one trail to a bucket (AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail").
 *
 * The trail of an organization also delivers to the folder of its own account, as soon as it is made one of that account again.
 */
export function allowDelivery({ bucket }: EvidenceBucket, trailArn: string, organizationId?: string): void {
  const folders = [objectPrefixOf(), ...organizationId === undefined ? [] : [objectPrefixOf(organizationId)]];
  const { account } = Stack.of(bucket);
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'TrailChecks',
    principals: [new iam.ServicePrincipal(CLOUDTRAIL)],
    actions: ['s3:GetBucketAcl'],
    resources: [bucket.bucketArn],
    conditions: { StringEquals: { 'aws:SourceArn': trailArn } },
  }));
  bucket.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'TrailDelivers',
    principals: [new iam.ServicePrincipal(CLOUDTRAIL)],
    actions: ['s3:PutObject'],
    resources: folders.map((folder, index) => bucket.arnForObjects(index === 0 ? `${folder}${account}/*` : `${folder}*`)),
    conditions: { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } },
  }));
}

/** The role in which CloudTrail writes events to a log group. */
export function createLogRole(scope: Construct, log: EncryptedLogGroup): iam.Role {
  const role = new iam.Role(scope, 'LogRole', {
    description: `Role in which AWS CloudTrail writes the events of ${scope.node.path} to CloudWatch Logs`,
    // Without a condition on the source, which CloudTrail does not name here: it would end the delivery (AWS CloudTrail User Guide, "Role policy document
    // for CloudTrail to use CloudWatch Logs for monitoring"). A trail takes roles of its own account only.
    assumedBy: new iam.ServicePrincipal(CLOUDTRAIL),
  });
  log.grantWrite(role);
  acknowledgeInPacks(role.node.findChild('DefaultPolicy'), 'IAMNoInlinePolicy',
    'the policy belongs to this one role, is written by its grants and is reviewed with it');
  return role;
}
