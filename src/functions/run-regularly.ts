import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../storage';

/** EventBridge gives up an event after a day at the latest (Amazon EventBridge User Guide, "How EventBridge retries delivering events"). */
const LONGEST_RETRY = Duration.days(1);

/** What a function is run for. */
export interface RegularTask {
  readonly description: string;
  /** What the function is told to do. Default: it gets the event of the rule, and does the one thing that it does. */
  readonly task?: string;
  /** How often a run that could not begin is tried again. Default: once. */
  readonly retries?: number;
}

/** Has a function run at an interval. */
export function runRegularly(
  scope: Construct, id: string, every: Duration, handler: lambda.Function, undelivered: DeadLetterQueue,
  { description, task, retries = 1 }: RegularTask,
): void {
  const rule = new events.Rule(scope, id, { description, schedule: events.Schedule.rate(every) });
  rule.addTarget({
    bind: () => ({
      arn: handler.functionArn,
      input: task === undefined ? undefined : events.RuleTargetInput.fromObject({ task }),
      deadLetterConfig: { arn: undelivered.queue.queueArn },
      // The next run makes up for one that came too late.
      retryPolicy: { maximumEventAgeInSeconds: Math.min(every.toSeconds(), LONGEST_RETRY.toSeconds()), maximumRetryAttempts: retries },
      targetResource: handler,
    }),
  });
  undelivered.receiveFailuresOf(rule);
  handler.addPermission(id, { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
