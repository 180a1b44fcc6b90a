import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../storage';

/** What a function is run for at an interval. */
export interface RegularTask {
  readonly every: Duration;
  readonly description: string;
  /** What the function is told to do. Default: it gets the event of the rule, and does the one thing that it does. */
  readonly task?: string;
}

/** EventBridge tries for a day at most (Amazon EventBridge API Reference, "RetryPolicy"). */
const LONGEST_WAIT = Duration.days(1).toSeconds();

/** Has a function run at an interval; a run that does not reach it is left in `undelivered`. */
export function runRegularly(
  scope: Construct, id: string, handler: lambda.Function, undelivered: DeadLetterQueue, { every, description, task }: RegularTask,
): void {
  const rule = new events.Rule(scope, id, { description, schedule: events.Schedule.rate(every) });
  rule.addTarget({
    bind: () => ({
      arn: handler.functionArn,
      input: task === undefined ? undefined : events.RuleTargetInput.fromObject({ task }),
      deadLetterConfig: { arn: undelivered.queue.queueArn },
      // The next run makes up for one that came too late.
      retryPolicy: { maximumEventAgeInSeconds: Math.min(every.toSeconds(), LONGEST_WAIT), maximumRetryAttempts: 1 },
      targetResource: handler,
    }),
  });
  undelivered.receiveFailuresOf(rule);
  handler.addPermission(id, { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
