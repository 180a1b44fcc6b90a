import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alertsKey } from './keys';
import { ON_CALL } from '../../workload';

/** An alarm that tells the topic. */
export function alarm(
  scope: Construct, id: string, topic: sns.ITopic, alarmDescription: string, metric: cloudwatch.IMetric, threshold: number,
  more: Partial<cloudwatch.AlarmProps> = {},
): cloudwatch.Alarm {
  const created = new cloudwatch.Alarm(scope, id, {
    alarmDescription,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    ...more,
  });
  created.addAlarmAction(new actions.SnsAction(topic));
  return created;
}

/** A topic of alarms with a subscriber, and a queue for what does not reach it. */
export function alertTopic(stack: Stack, undeliveredKey: kms.IKey): sns.Topic {
  const topic = new sns.Topic(stack, 'Alerts', { masterKey: alertsKey(stack), enforceSSL: true });
  topic.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'AlarmsPublish',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  }));
  const undelivered = new sqs.Queue(stack, 'Undelivered', {
    encryption: sqs.QueueEncryption.KMS,
    encryptionMasterKey: undeliveredKey,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  topic.addSubscription(new subscriptions.EmailSubscription(ON_CALL, { deadLetterQueue: undelivered }));
  alarm(stack, 'UndeliveredAlarm', topic, 'an alert could not be delivered',
    undelivered.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: cloudwatch.Stats.MAXIMUM }), 1);
  return topic;
}
