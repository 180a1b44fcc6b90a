import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DataDomain, IFoundation, ServiceKeyGrants } from '../../foundation';
import { requireDays } from '../../private';
import { LandingBucket } from '../../storage';
import { ConfigRecordingOptions } from '../config-recording';

const SERVICE = 'config.amazonaws.com';

/** Properties of `ConfigRecorder`. */
export interface ConfigRecorderProps {
  readonly foundation: IFoundation;
  readonly options: ConfigRecordingOptions;
}

/**
 * The recorder of a Region and where it delivers to: a bucket without object lock, since AWS Config does not deliver to a locked one
 * (CloudFormation Template Reference, "AWS::Config::DeliveryChannel").
 */
export class ConfigRecorder extends Construct {
  /** What writes the history. */
  public readonly recorder: config.CfnConfigurationRecorder;

  constructor(scope: Construct, id: string, { foundation, options }: ConfigRecorderProps) {
    super(scope, id);

    const retention = options.retention ?? Duration.days(400);
    requireDays(scope, 'retention', retention, 365, 3650);
    options.withoutGlobalResources?.applyTo(this, 'CONFIG-RECORDER', 'NoGlobalTypes');
    const { account, partition } = Stack.of(this);

    const history = new LandingBucket(this, 'History', { foundation, encryptionKey: foundation.key(DataDomain.AUDIT), retention });
    this.letDeliver(history);

    this.recorder = new config.CfnConfigurationRecorder(this, 'Resource', {
      // Security Hub CSPM, "Config.1", asks for the service-linked role.
      roleArn: `arn:${partition}:iam::${account}:role/aws-service-role/${SERVICE}/AWSServiceRoleForConfig`,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: !options.withoutGlobalResources },
      recordingMode: { recordingFrequency: 'CONTINUOUS' },
    });
    if (options.createServiceLinkedRole) {
      const role = new iam.CfnServiceLinkedRole(this, 'Role', { awsServiceName: SERVICE });
      role.applyRemovalPolicy(RemovalPolicy.RETAIN);
      this.recorder.addDependency(role);
    }
    this.recorder.applyRemovalPolicy(RemovalPolicy.RETAIN);

    const channel = new config.CfnDeliveryChannel(this, 'Channel', {
      s3BucketName: history.bucket.bucketName,
      s3KmsKeyArn: history.encryptionKey.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    channel.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const bucketPolicy = history.bucket.policy!;
    // The channel outlives the stack, and so has what lets it deliver.
    bucketPolicy.applyRemovalPolicy(RemovalPolicy.RETAIN);
    // AWS Config tries to write when it is made. Neither depends on the other: each waits for the other in CloudFormation itself, and not for ever, so
    // that they begin together.
    for (const each of [this.recorder, channel]) each.node.addDependency(bucketPolicy);
  }

  /** As AWS Config Developer Guide has it, "Permissions for the Amazon S3 bucket", for service-linked roles. */
  private letDeliver({ bucket, encryptionKey }: LandingBucket): void {
    const { account } = Stack.of(this);
    const conditions = { StringEquals: { 'aws:SourceAccount': account } };
    const principals = [new iam.ServicePrincipal(SERVICE)];
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals, actions: ['s3:GetBucketAcl', 's3:ListBucket'], resources: [bucket.bucketArn], conditions,
    }));
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${account}/Config/*`)],
      conditions: { StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }));
    ServiceKeyGrants.of(encryptionKey).config();
  }
}
