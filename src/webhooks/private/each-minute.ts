import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../../storage';

/** What a function is run for. */
export interface RegularTask {
  readonly description: string;
  /** What the function is told to do. Default: it gets the event of the rule, and does the one thing that it does. */
  readonly task?: string;
}

/** Has a function run each minute. */
export function runEachMinute(scope: Construct, handler: lambda.Function, undelivered: DeadLetterQueue, description: string): void {
  runRegularly(scope, 'EachMinute', Duration.minutes(1), handler, undelivered, { description });
}

/** Has a function run at an interval. */
export function runRegularly(
  scope: Construct, id: string, every: Duration, handler: lambda.Function, undelivered: DeadLetterQueue, { description, task }: RegularTask,
): void {
  const rule = new events.Rule(scope, id, { description, schedule: events.Schedule.rate(every) });
  rule.addTarget({
    bind: () => ({
      arn: handler.functionArn,
      input: task === undefined ? undefined : events.RuleTargetInput.fromObject({ task }),
      deadLetterConfig: { arn: undelivered.queue.queueArn },
      // The next run makes up for one that came too late.
      retryPolicy: { maximumEventAgeInSeconds: every.toSeconds(), maximumRetryAttempts: 1 },
      targetResource: handler,
    }),
  });
  undelivered.receiveFailuresOf(rule);
  handler.addPermission(id, { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
