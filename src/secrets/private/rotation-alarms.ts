import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';

/** Namespace of the metrics that are counted in logs. */
const SECRET_METRICS = 'SecureIntegrations/Secrets';

const HOUR = Duration.hours(1);

/** What differs between a function that rotates and one that watches. */
const TEXTS = {
  function: {
    failure: 'a step of the rotation failed or was refused. Read the reason in the log; Secrets Manager tries again, and the current version still works.',
    fault: 'the secret is not as it should be: a rotation was abandoned, rotation is off, or the current version does not work. Read the reason in the log.',
    unattended: 'old versions stay valid',
  },
  others: {
    failure: 'the secret could not be looked at. Read the reason in the log; see whether the secret exists and the function may describe it.',
    fault: 'the secret is not as it should be: a rotation did not finish, rotation is off or too rare, or nobody put a credential. Read the reason in the log.',
    unattended: 'nobody would know that it is not rotated',
  },
} as const;

/** Properties of `RotationAlarms`. */
export interface RotationAlarmsProps {
  readonly foundation: IFoundation;
  readonly function: lambda.IFunction;
  readonly logGroup: logs.ILogGroup;
  /** The rotating secret as descriptions name it. */
  readonly name: string;
  /** Whether the function rotates the secret, or only watches how somebody else does. */
  readonly rotatedBy: 'function' | 'others';
}

/**
 * Alarms on a rotation that failed, is due, is overdue, or is not looked after, and on a credential that expires.
 *
 * The function looks after the secret each hour and says what it found. An alarm counts two hours, of which one is enough, so that it stays as
 * long as its cause and does not flicker when two runs fall into one hour.
 */
export class RotationAlarms extends Construct {
  constructor(scope: Construct, id: string, private readonly props: RotationAlarmsProps) {
    super(scope, id);

    const texts = TEXTS[props.rotatedBy];
    this.alarm('Failure', props.function.metricErrors({ period: Duration.minutes(5) }), 1, texts.failure);
    this.alarm('Fault', this.said('Faults', '{ $.message.outcome = "fault" || $.message.outcome = "repaired" }'), 2, texts.fault);
    this.alarm('Due', this.said('Warnings', '{ $.message.outcome = "warning" }'), 2,
      'the secret should have been rotated by now, or expires within 30 days. Read which in the log; see why the last rotation did not succeed and '
        + 'rotate it, or agree on a new end with whoever holds it.');
    this.alarm('Overdue', this.said('Overdue', '{ $.message.outcome = "overdue" }'), 2,
      'the secret is older than it may be, was never rotated, or has expired. Read which in the log; rotate it now and see in the log of failed steps '
        + 'why it was not, or set a new end or remove it.');

    props.foundation.notify(new cloudwatch.Alarm(this, 'Unattended', {
      alarmDescription: `${props.name}: nothing has looked after the secret for three hours, so that ${texts.unattended}. See whether the hourly rule is `
        + 'enabled and its dead-letter queue empty.',
      metric: this.said('Runs', '{ $.message.task = "reconcile" }'),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      // A run that does not happen says nothing.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }));
  }

  private alarm(id: string, metric: cloudwatch.Metric, evaluationPeriods: number, description: string): void {
    this.props.foundation.notify(new cloudwatch.Alarm(this, id, {
      alarmDescription: `${this.props.name}: ${description}`,
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods,
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }

  /** How often the function wrote such a line. */
  private said(name: string, pattern: string): cloudwatch.Metric {
    const filter = new logs.MetricFilter(this, `${name}Filter`, {
      logGroup: this.props.logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: SECRET_METRICS,
      metricName: `${name}-${this.node.addr.slice(-8)}`,
      metricValue: '1',
    });
    return filter.metric({ statistic: 'Sum', period: HOUR });
  }
}
