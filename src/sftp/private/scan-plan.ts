import { Stack } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { LandingBucket } from '../../storage';

const SCANNER = 'malware-protection-plan.guardduty.amazonaws.com';

/** What GuardDuty writes to see whether it may. */
const VALIDATION_OBJECT = 'malware-protection-resource-validation-object';

/** The role that Amazon GuardDuty scans a bucket in (Amazon GuardDuty User Guide, "Create or update IAM role policy"). */
export class ScanRole extends Construct {
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, { bucket, encryptionKey }: LandingBucket) {
    super(scope, id);
    // The guide's trust policy names the service alone: it does not say that the service tells for whom it acts.
    this.role = new iam.Role(this, 'Role', {
      description: `Role in which GuardDuty scans what is uploaded to ${this.node.path}`,
      assumedBy: new iam.ServicePrincipal(SCANNER),
    });
    const stack = Stack.of(this);
    const rules = stack.formatArn({ service: 'events', resource: 'rule', resourceName: 'DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*' });
    const objects = bucket.arnForObjects('*');
    this.allow(['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'], rules, { StringEquals: { 'events:ManagedBy': SCANNER } });
    this.allow(['events:DescribeRule', 'events:ListTargetsByRule'], rules);
    this.allow(['s3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'], objects);
    this.allow(['s3:GetBucketNotification', 's3:PutBucketNotification'], bucket.bucketArn);
    this.allow(['s3:PutObject'], bucket.arnForObjects(VALIDATION_OBJECT));
    this.allow(['s3:ListBucket'], bucket.bucketArn);
    this.allow(['s3:GetObject', 's3:GetObjectVersion'], objects);
    encryptionKey.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');

    const policy = this.role.node.findChild('DefaultPolicy');
    acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role and is what the service documents, for this one bucket');
    for (const resource of [rules, objects]) {
      acknowledgeInPacks(policy, 'IAMNoWildcardPermissions',
        'GuardDuty makes up the name of its rule, and scans whatever partners upload to this one bucket', `Resource::${spelledInPacks(stack, resource)}`);
    }
  }

  private allow(actions: string[], resource: string, conditions?: Record<string, unknown>): void {
    this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: [resource], conditions }));
  }
}

/** Has GuardDuty scan and tag each version in the bucket. It sees at once whether it may, so that everything it needs comes first. */
export function createScanPlan(scope: Construct, { role }: ScanRole, { bucket }: LandingBucket): guardduty.CfnMalwareProtectionPlan {
  const plan = new guardduty.CfnMalwareProtectionPlan(scope, 'Plan', {
    role: role.roleArn,
    protectedResource: { s3Bucket: { bucketName: bucket.bucketName } },
    actions: { tagging: { status: 'ENABLED' } },
  });
  plan.node.addDependency(role);
  if (bucket.policy) plan.node.addDependency(bucket.policy);
  return plan;
}
