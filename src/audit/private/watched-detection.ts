import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AUDIT_METRICS } from './audit-metrics';
import { IFoundation } from '../../foundation';

/** What is looked for, and what to do about it. */
export interface Watch {
  readonly foundation: IFoundation;
  readonly logGroup: logs.ILogGroup;
  readonly pattern: string;
  readonly threshold: number;
  /** What the alarm says. */
  readonly description: string;
}

/** A filter on the log group of a trail, and the alarm on what it counts. */
export class WatchedDetection extends Construct {
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, { foundation, logGroup, pattern, threshold, description }: Watch) {
    super(scope, id);

    // A name that no other construct of the account's Region gives a metric: two would count each other's events.
    const metricName = `${id}-${this.node.addr.slice(-8)}`;
    new logs.MetricFilter(this, 'Filter', {
      logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: AUDIT_METRICS,
      metricName,
      metricValue: '1',
      // So that the metric has data while nothing happens (Amazon CloudWatch Logs User Guide, "Configuring metric values for a metric filter").
      defaultValue: 0,
    });
    const metric = new cloudwatch.Metric({ namespace: AUDIT_METRICS, metricName, statistic: cloudwatch.Stats.SUM, period: Duration.minutes(5) });
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmDescription: description,
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods: 1,
      // A log group that gets no events at all has an alarm of its own.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    foundation.notify(this.alarm);
  }
}
