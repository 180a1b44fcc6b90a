import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { LogOfServerAlarms } from './server-alarms';

/** What is transferred. */
export interface Traffic {
  readonly files: cloudwatch.Metric[];
  readonly bytes: cloudwatch.Metric[];
}

/** One page on which a server is seen: who is refused, what is transferred, each alarm's metric with its threshold. Users add rows of their own. */
export function createServerDashboard(scope: Construct, alarms: LogOfServerAlarms, { files, bytes }: Traffic): cloudwatch.Dashboard {
  const { authFailures, errors, kexFailures, rejectedConnections } = alarms;
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' }),
    widgets: [
      [
        new cloudwatch.GraphWidget({ title: 'Files', left: files, width: 12 }),
        new cloudwatch.GraphWidget({ title: 'Bytes', left: bytes, width: 12 }),
      ],
      [
        new cloudwatch.GraphWidget({
          title: 'Refused, and failed',
          left: [
            authFailures.with({ label: 'logins' }), kexFailures.with({ label: 'key exchanges' }), rejectedConnections.with({ label: 'connections' }),
            errors.with({ label: 'operations' }),
          ],
          width: 24,
        }),
      ],
      alarms.alarms.map((alarm) => new cloudwatch.AlarmWidget({ title: alarm.node.id, alarm, width: 6 })),
    ],
  });
}
