import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Transfer } from './transfers';
import { DeadLetterQueue } from '../../storage';

/** A run that comes an hour late is still one; the next may be a day away. */
const MAX_AGE_SECONDS = 3600;

/** Has the function of a connector make a transfer when its schedule says. */
export function runOnSchedule(
  scope: Construct, { kind, name }: Transfer, schedule: events.Schedule, handler: lambda.Function, undelivered: DeadLetterQueue,
): void {
  const id = `${name}Schedule`;
  const rule = new events.Rule(scope, id, { description: kind === 'send' ? 'Has an outbox sent' : 'Has a directory of a partner retrieved', schedule });
  rule.addTarget({
    bind: () => ({
      arn: handler.functionArn,
      input: events.RuleTargetInput.fromObject({ task: kind, name }),
      deadLetterConfig: { arn: undelivered.queue.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: MAX_AGE_SECONDS, maximumRetryAttempts: 3 },
      targetResource: handler,
    }),
  });
  undelivered.receiveFailuresOf(rule);
  handler.addPermission(id, { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
}
