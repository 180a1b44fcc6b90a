import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { WebhookFunction } from './webhook-function';
import { IFoundation } from '../../foundation';

/** Namespace of the metrics that are counted in logs. */
const SENDER_METRICS = 'SecureIntegrations/Webhooks';

const FIVE_MINUTES = Duration.minutes(5);

/** Properties of `SenderAlarms`. */
export interface SenderAlarmsProps {
  readonly foundation: IFoundation;
  /** The sender as descriptions name it. */
  readonly name: string;
  readonly sender: WebhookFunction;
  readonly sweeper: WebhookFunction;
  readonly feed: WebhookFunction;
}

/** Alarms on webhooks that are not sent, are given up, or lead where none may go. */
export class SenderAlarms extends Construct {
  public readonly alarms: cloudwatch.Alarm[] = [];
  /** How often attempts ended in each way. */
  public readonly outcomes: cloudwatch.Metric[];

  constructor(scope: Construct, id: string, private readonly props: SenderAlarmsProps) {
    super(scope, id);

    const { sender, sweeper, feed } = props;
    const faults = this.said(sender, 'Faults', '{ $.message.outcome = "fault" }');
    // Not what comes for an endpoint that is disabled: a customer who has its endpoint disabled would have the alarm on for good, over all others.
    const dead = this.said(sender, 'Dead', '{ $.message.outcome = "dead" && $.message.reason != "endpoint-disabled" }');
    const kept = this.said(sender, 'Kept', '{ $.message.reason = "endpoint-disabled" }');
    const disabled = this.said(sender, 'Disabled', '{ $.message.disabled = "gone" || $.message.disabled = "failing" }');
    const refused = this.said(sender, 'AddressRefused', '{ $.message.reason = "address-refused" }');
    const delivered = this.said(sender, 'Delivered', '{ $.message.outcome = "delivered" }');
    const retried = this.said(sender, 'Retried', '{ $.message.outcome = "retry" }');
    const abandoned = this.said(sweeper, 'Abandoned', '{ $.message.outcome = "swept" && $.message.dead > 0 }', '$.message.dead');
    // A label makes a metric one that an alarm computes, so that the alarms have none.
    this.outcomes = Object.entries({ delivered, retried, dead, kept, faults, refused, abandoned }).map(([label, metric]) => metric.with({ label }));

    this.alarm('Fault', faults,
      'an attempt could not be made for a reason of ours. Read it in the log of the sender: no key, an unusable row, a service that did not answer.');
    this.alarm('Failure', sender.function.metricErrors({ period: FIVE_MINUTES }),
      'the function that sends failed as a whole, and what it had goes back to the queue. Read why in its log.');
    this.alarm('Dead', dead,
      'a webhook was given up. Read in the log of the sender which and why; when its receiver is back, send it anew with the replayer.');
    this.alarm('Disabled', disabled,
      'an endpoint was disabled, since its receiver wants no more or took nothing for five days. Tell its customer; what comes meanwhile is kept as dead. '
      + 'Once it is back, enable it and send that anew with the replayer.');
    this.alarm('Abandoned', abandoned,
      'the last attempt of a webhook was begun and never ended, so that it was given up. See in the log of the sender what ended it; send it anew.');
    this.alarm('AddressRefused', refused,
      'the name of an endpoint leads to an address that nothing may be sent to. Ask whose endpoint it is: a mistake, or somebody who tries to reach the inside.');
    this.alarm('SweepFailure', sweeper.function.metricErrors({ period: FIVE_MINUTES }),
      'deliveries that are due could not be put back into the queue. Read why in the log of the sweeper; the next run tries again.');
    const overdue = this.said(sweeper, 'OverdueSeconds', '{ $.message.outcome = "swept" }', '$.message.overdueSeconds');
    this.alarm('Overdue', overdue.with({ statistic: cloudwatch.Stats.MAXIMUM }),
      'a delivery is due for more than a quarter of an hour. See whether the sweeper keeps up, and raise the concurrency of the sender if not.', 900);
    this.alarm('FeedLag', feed.function.metric('IteratorAge', { period: FIVE_MINUTES, statistic: cloudwatch.Stats.MAXIMUM }),
      'deliveries that are to be sent wait before the queue. Read why in the log of the feed; after a quarter of an hour the sweeper asks again.',
      Duration.minutes(10).toMilliseconds());
    this.alarm('FeedFault', this.said(feed, 'FeedFaults', '{ $.message.outcome = "fault" }'),
      'a delivery could not be put into the queue. Read in the log of the feed which and why; the sweeper asks again.');
    this.unattended();
  }

  private unattended(): void {
    this.notify(new cloudwatch.Alarm(this, 'Unattended', {
      alarmDescription: `${this.props.name}: nothing has looked for due deliveries for a quarter of an hour, so that none is tried again. See whether the rule `
        + 'of the sweeper is enabled and its dead-letter queue empty.',
      metric: this.said(this.props.sweeper, 'Sweeps', '{ $.message.outcome = "swept" }'),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      // A run that does not happen says nothing.
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }));
  }

  private alarm(id: string, metric: cloudwatch.Metric, description: string, threshold = 1): void {
    this.notify(new cloudwatch.Alarm(this, id, {
      alarmDescription: `${this.props.name}: ${description}`,
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }

  private notify(alarm: cloudwatch.Alarm): void {
    this.props.foundation.notify(alarm);
    this.alarms.push(alarm);
  }

  /** How often a function wrote such a line, or the sum of what it says there. */
  private said({ log }: WebhookFunction, name: string, pattern: string, metricValue = '1'): cloudwatch.Metric {
    const filter = new logs.MetricFilter(this, `${name}Filter`, {
      logGroup: log.logGroup,
      filterPattern: logs.FilterPattern.literal(pattern),
      metricNamespace: SENDER_METRICS,
      metricName: `${name}-${this.node.addr.slice(-8)}`,
      metricValue,
    });
    return filter.metric({ statistic: cloudwatch.Stats.SUM, period: FIVE_MINUTES });
  }
}
