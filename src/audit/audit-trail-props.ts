import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { TrailInsights } from './trail-insights';
import { IFoundation } from '../foundation';

/** Properties of an `AuditTrail`. */
export interface AuditTrailProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Name of the trail, from 3 to 128 characters. Policies name the trail by it, so that it is fixed; another name is another trail.
   *
   * @default - made of the stack's name and the construct's path
   */
  readonly trailName?: string;

  /**
   * Key that encrypts the files and the log group. Whoever may decrypt with it reads what everybody did.
   *
   * @default - a key for this trail alone is created
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the files can be neither changed nor deleted, from 365 to 3650 days. They expire afterwards.
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;

  /**
   * How long events stay in the log group, at least a year.
   *
   * @default logs.RetentionDays.THIRTEEN_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Buckets whose objects are recorded: who read, wrote or deleted which. Each event costs, about 1 US dollar for a
   * million, and again what CloudWatch Logs asks for its text.
   *
   * @default - none; `recordBucket` adds one
   */
  readonly buckets?: s3.IBucket[];

  /**
   * Tables whose items are recorded, with their streams: who read, wrote or deleted which.
   *
   * @default - none; `recordTable` adds one
   */
  readonly tables?: dynamodb.ITable[];

  /**
   * Functions whose invocations are recorded.
   *
   * @default - none; `recordFunction` adds one
   */
  readonly functions?: lambda.IFunction[];

  /**
   * Services, as the first part of their event source, whose calls are recorded when the policy of a VPC endpoint denies them. CloudTrail records such a
   * call nowhere else; it tells of credentials that were carried into a network of yours, or of data that was to leave it.
   *
   * @default ['kms', 's3', 'secretsmanager']
   */
  readonly endpointServices?: string[];

  /**
   * Has CloudTrail learn what is usual, and raises an alarm when it is not. It takes up to 36 hours to learn.
   *
   * @default - nothing is learned
   */
  readonly insights?: TrailInsights;

  /**
   * Id of the organization all of whose accounts are recorded, such as `o-exampleorgid`. The stack must be one of its management account, since AWS
   * CloudFormation makes the trail of an organization for no other, and CloudTrail must have trusted access in the organization.
   *
   * @default - the account of the stack is recorded
   */
  readonly organizationId?: string;
}
