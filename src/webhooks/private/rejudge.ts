import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { runRegularly } from '../../functions/run-regularly';
import { DeadLetterQueue } from '../../storage';

const EVERY = Duration.minutes(5);

/** Properties of a function that judges later. */
export interface RejudgeProps {
  readonly foundation: IFoundation;
  /** What the receiver is told. */
  readonly environment: Record<string, string>;
  /** ARN of the bucket, and where in it the requests are. */
  readonly bucketArn: string;
  readonly prefix: string;
  readonly outsideVpc?: string;
}

/** Makes the function that judges requests which nothing could verify when they came: one at a time, each five minutes. */
export function createRejudge(scope: Construct, { foundation, environment, bucketArn, prefix, outsideVpc }: RejudgeProps): HandlerConstruct {
  const undelivered = new DeadLetterQueue(scope, 'Undelivered', { foundation });
  const rejudge = new HandlerConstruct(scope, 'Rejudge', {
    foundation,
    bundle: 'webhooks/rejudge',
    description: 'Judges webhooks that could not be verified when they came',
    environment: { ...environment, TIMEOUT_SECONDS: String(EVERY.toSeconds()) },
    timeout: EVERY,
    memorySize: 512,
    reservedConcurrentExecutions: 1,
    undelivered,
    outsideVpc,
  });
  rejudge.role.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['s3:ListBucket'], resources: [bucketArn], conditions: { StringEquals: { 's3:prefix': prefix } },
  }));
  rejudge.allow(['s3:DeleteObject', 's3:GetObject'], `${bucketArn}/${prefix}*`);
  runRegularly(rejudge, 'EachFiveMinutes', EVERY, rejudge.function, undelivered, { description: 'Has webhooks judged that were kept unverified', task: 'rejudge' });
  return rejudge;
}
