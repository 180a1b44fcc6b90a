import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../../storage';

/** Has a function run each minute. */
export function runEachMinute(scope: Construct, handler: lambda.Function, undelivered: DeadLetterQueue, description: string): void {
  const rule = new events.Rule(scope, 'EachMinute', { description, schedule: events.Schedule.rate(Duration.minutes(1)) });
  rule.addTarget({
    bind: () => ({
      arn: handler.functionArn,
      deadLetterConfig: { arn: undelivered.queue.queueArn },
      // The next run makes up for one that came too late.
      retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 },
      targetResource: handler,
    }),
  });
  undelivered.receiveFailuresOf(rule);
  handler.addPermission('EachMinute', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
