import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarm } from './alerts';
import { SharedStack } from './shared-stack';

/** A queue with a dead-letter queue, and alarms on both. */
export function queue(scope: Construct, queueName: string, shared: SharedStack): sqs.Queue {
  const common = { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: shared.messagingKey, enforceSSL: true };
  const deadLetters = new sqs.Queue(scope, 'DeadLetters', {
    ...common,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.RETAIN,
    redriveAllowPolicy: {
      sourceQueues: [sqs.Queue.fromQueueArn(scope, 'Source', Stack.of(scope).formatArn({ service: 'sqs', resource: queueName }))],
    },
  });
  const created = new sqs.Queue(scope, 'Queue', {
    ...common,
    queueName,
    visibilityTimeout: Duration.minutes(1),
    retentionPeriod: Duration.days(4),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const options = { period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM };
  alarm(scope, 'DeadLetterAlarm', shared.alerts, 'a message could not be delivered', deadLetters.metricApproximateNumberOfMessagesVisible(options), 1);
  alarm(scope, 'AgeAlarm', shared.alerts, 'the oldest message waits for too long', created.metricApproximateAgeOfOldestMessage(options), 3600,
    { comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD });
  return created;
}
