import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { IFoundation } from '../foundation';
import { EncryptedLogGroup } from '../storage';

const FIVE_MINUTES = Duration.minutes(5);

/** What alarms know of a function. */
export interface WatchedFunction {
  readonly function: lambda.IFunction;
  readonly log: EncryptedLogGroup;
}

/** When an alarm goes off. */
export interface AlarmLimits {
  /** Default: 1. */
  readonly threshold?: number;
  /** How many periods are looked at, of which one is enough. Default: 1. */
  readonly evaluationPeriods?: number;
}

/** Properties of `OutcomeAlarms`. */
export interface OutcomeAlarmsProps {
  readonly foundation: IFoundation;
  /** Namespace of the metrics that are counted in logs. */
  readonly namespace: string;
  /** The construct that the alarms are for, as descriptions name it. */
  readonly name: string;
}

/** Alarms on what functions say in their logs, and on their metrics. */
export class OutcomeAlarms extends Construct {
  public readonly alarms: cloudwatch.Alarm[] = [];

  constructor(scope: Construct, id: string, private readonly props: OutcomeAlarmsProps) {
    super(scope, id);
  }

  /** How often a function wrote such a line, or what a field of those lines says; one metric for each value of the dimensions, if there are any. */
  public said(by: WatchedFunction, name: string, pattern: string, metricValue = '1', dimensions?: Readonly<Record<string, string>>): cloudwatch.Metric {
    const metricName = `${name}-${this.node.addr.slice(-8)}`;
    new logs.MetricFilter(this, name, {
      logGroup: by.log.logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: this.props.namespace,
      metricName,
      metricValue,
      dimensions: dimensions && { ...dimensions },
    });
    return new cloudwatch.Metric({ namespace: this.props.namespace, metricName, statistic: cloudwatch.Stats.SUM, period: FIVE_MINUTES });
  }

  /** How often outcomes were said. */
  public outcomes(by: WatchedFunction, name: string, ...outcomes: string[]): cloudwatch.Metric {
    return this.said(by, name, `{ ${outcomes.map((outcome) => `$.message.outcome = "${outcome}"`).join(' || ')} }`);
  }

  /** A metric of AWS Lambda. */
  public ofFunction({ function: handler }: WatchedFunction, metricName: string, statistic: string = cloudwatch.Stats.SUM): cloudwatch.Metric {
    return handler.metric(metricName, { period: FIVE_MINUTES, statistic });
  }

  /** An alarm on what reaches a limit. */
  public alarm(id: string, metric: cloudwatch.Metric, description: string, limits: AlarmLimits = {}): cloudwatch.Alarm {
    const { threshold = 1, evaluationPeriods = 1 } = limits;
    return this.notify(id, description, {
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** An alarm on something that does not happen for `evaluationPeriods` periods of its metric. */
  public unattended(id: string, runs: cloudwatch.Metric, evaluationPeriods: number, description: string): cloudwatch.Alarm {
    return this.notify(id, description, {
      metric: runs,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods,
      // A run that does not happen says nothing.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }

  private notify(id: string, description: string, props: cloudwatch.AlarmProps): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, { alarmDescription: `${this.props.name}: ${description}`, ...props });
    this.props.foundation.notify(alarm);
    this.alarms.push(alarm);
    return alarm;
  }
}
