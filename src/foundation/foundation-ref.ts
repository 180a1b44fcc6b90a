import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { DataDomain } from './data-domain';

/** What all integrations of an environment share: keys, the bucket of access logs, the topic of alerts. */
export interface IFoundation extends IConstruct {
  /** Topic whose subscribers hear of every alarm and failure; encrypted with a key of its own. */
  readonly alertTopic: sns.ITopic;

  /** Bucket that receives the server access logs of the other buckets. */
  readonly accessLogBucket: s3.IBucket;

  /** The customer-managed key of a data domain. */
  key(domain: DataDomain): kms.IKey;

  /** Lets an alarm, and everything that the topic and its key need for it, reach the alert topic. */
  notify(alarm: cloudwatch.AlarmBase): void;

  /**
   * Makes the alert topic a target of a rule, with everything that the topic and its key need for it.
   *
   * `message` is what subscribers get of an event, where that says more than they may know.
   */
  notifyOnRule(rule: events.Rule, message?: events.RuleTargetInput): void;

  /** Lets Amazon S3 deliver the access logs of a bucket to `accessLogBucket`. The bucket itself has to name that as its destination. */
  grantAccessLogDelivery(bucket: s3.IBucket): void;
}
