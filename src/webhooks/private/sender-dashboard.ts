import { Duration, Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { SenderAlarms } from './sender-alarms';
import { HandlerConstruct } from '../../functions/handler-construct';
import { IntegrationQueue } from '../../storage';

const FIVE_MINUTES = Duration.minutes(5);

/** Properties of a dashboard. */
export interface SenderDashboardProps {
  readonly alarms: SenderAlarms;
  readonly queue: IntegrationQueue;
  readonly sender: HandlerConstruct;
}

/** One page on which a sender is seen: what became of its attempts, what waits, each alarm's metric with its threshold. */
export function createDashboard(scope: Construct, { alarms, queue: { queue, deadLetterQueue }, sender }: SenderDashboardProps): cloudwatch.Dashboard {
  const waiting = { period: FIVE_MINUTES, statistic: cloudwatch.Stats.MAXIMUM };
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' }),
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: alarms.alarms, width: 24 })],
      [
        new cloudwatch.GraphWidget({ title: 'Attempts by outcome', left: alarms.attempts, width: 12 }),
        new cloudwatch.GraphWidget({
          title: 'Waiting',
          left: [queue.metricApproximateNumberOfMessagesVisible(waiting), deadLetterQueue.metricApproximateNumberOfMessagesVisible(waiting)],
          right: [queue.metricApproximateAgeOfOldestMessage(waiting)],
          width: 6,
        }),
        new cloudwatch.GraphWidget({
          title: 'Sending',
          left: [sender.function.metricInvocations({ period: FIVE_MINUTES }), sender.function.metricThrottles({ period: FIVE_MINUTES })],
          right: [sender.function.metricDuration({ period: FIVE_MINUTES, statistic: cloudwatch.Stats.percentile(95) })],
          width: 6,
        }),
      ],
      alarms.alarms.map((alarm) => new cloudwatch.AlarmWidget({ title: alarm.node.id, alarm, width: 8 })),
    ],
  });
}
