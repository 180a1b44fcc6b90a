import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { InboxAlarms } from './inbox-alarms';
import { ReceiverAlarms } from './receiver-alarms';

/** One page on which an inbox is seen: what became of its attempts, and how long the oldest event waits. */
export function createInboxDashboard(scope: Construct, { attempts, oldestPending }: InboxAlarms): cloudwatch.Dashboard {
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' }),
    widgets: [[
      new cloudwatch.GraphWidget({ title: 'Attempts by outcome', left: attempts, width: 12 }),
      new cloudwatch.GraphWidget({ title: 'Oldest event that waits, in seconds', left: [oldestPending.with({ label: 'oldest' })], width: 12 }),
    ]],
  });
}

/** Shows a receiver on the page of its inbox. By the names of metrics alone: the inbox may be in a stack that the receiver's depends on. */
export function showReceiver(dashboard: cloudwatch.Dashboard, endpoint: string, { deliveries }: ReceiverAlarms): void {
  dashboard.addWidgets(new cloudwatch.GraphWidget({ title: `Deliveries to ${endpoint}`, left: deliveries, width: 24 }));
}
