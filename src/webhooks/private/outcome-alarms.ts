import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { WebhookFunction } from './webhook-function';
import { IFoundation } from '../../foundation';

/** Namespace of the metrics that are counted in logs. */
const WEBHOOK_METRICS = 'SecureIntegrations/Webhooks';

const FIVE_MINUTES = Duration.minutes(5);

/** When an alarm goes off. */
export interface AlarmLimits {
  /** Default: 1. */
  readonly threshold?: number;
  /** How many periods are looked at, of which one is enough. Default: 1. */
  readonly evaluationPeriods?: number;
}

/** Alarms on what functions say in their logs, and on their metrics. */
export class OutcomeAlarms extends Construct {
  public readonly alarms: cloudwatch.Alarm[] = [];

  /** @param name the construct that they are for, as descriptions name it */
  constructor(scope: Construct, id: string, private readonly foundation: IFoundation, private readonly name: string) {
    super(scope, id);
  }

  /** How often a function wrote such a line, or what a field of those lines says. */
  protected said(by: readonly WebhookFunction[], name: string, pattern: string, metricValue = '1'): cloudwatch.Metric {
    const metricName = `${name}-${this.node.addr.slice(-8)}`;
    for (const { log, node } of by) {
      new logs.MetricFilter(this, `${name}Of${node.id}`, {
        logGroup: log.logGroup, filterPattern: logs.FilterPattern.literal(pattern), metricNamespace: WEBHOOK_METRICS, metricName, metricValue,
      });
    }
    return new cloudwatch.Metric({ namespace: WEBHOOK_METRICS, metricName, statistic: cloudwatch.Stats.SUM, period: FIVE_MINUTES });
  }

  /** How often outcomes were said. */
  protected outcomes(by: readonly WebhookFunction[], name: string, ...outcomes: string[]): cloudwatch.Metric {
    return this.said(by, name, `{ ${outcomes.map((outcome) => `$.message.outcome = "${outcome}"`).join(' || ')} }`);
  }

  /** The same metrics as a page names them. A label makes a metric one that an alarm computes, so that those of alarms have none. */
  protected labelled(metrics: Readonly<Record<string, cloudwatch.Metric>>): cloudwatch.Metric[] {
    return Object.entries(metrics).map(([label, metric]) => metric.with({ label }));
  }

  protected alarm(id: string, metric: cloudwatch.Metric, description: string, { threshold = 1, evaluationPeriods = 1 }: AlarmLimits = {}): void {
    this.notify(id, description, {
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** An alarm on something that does not happen for a quarter of an hour. */
  protected unattended(id: string, runs: cloudwatch.Metric, description: string): void {
    this.notify(id, description, {
      metric: runs,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      // A run that does not happen says nothing.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  /** A metric of AWS Lambda. */
  protected ofFunction({ function: handler }: WebhookFunction, metricName: string, statistic: string = cloudwatch.Stats.SUM): cloudwatch.Metric {
    return handler.metric(metricName, { period: FIVE_MINUTES, statistic });
  }

  private notify(id: string, description: string, props: cloudwatch.AlarmProps): void {
    const alarm = new cloudwatch.Alarm(this, id, { alarmDescription: `${this.name}: ${description}`, ...props });
    this.foundation.notify(alarm);
    this.alarms.push(alarm);
  }
}
