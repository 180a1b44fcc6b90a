import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { WEBHOOK_METRICS } from './metrics';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `SenderAlarms`. */
export interface SenderAlarmsProps {
  readonly foundation: IFoundation;
  /** The sender as descriptions name it. */
  readonly name: string;
  readonly sender: HandlerConstruct;
  readonly sweeper: HandlerConstruct;
  readonly feed: HandlerConstruct;
}

/** Alarms on webhooks that are not sent, are given up, or lead where none may go. */
export class SenderAlarms extends OutcomeAlarms {
  /** How often attempts ended in each way. */
  public readonly attempts: cloudwatch.Metric[];

  constructor(scope: Construct, id: string, { foundation, name, sender, sweeper, feed }: SenderAlarmsProps) {
    super(scope, id, { foundation, name, namespace: WEBHOOK_METRICS });
    const faults = this.outcomes([sender], 'Faults', 'fault');
    // Not what comes for an endpoint that is disabled: a customer who has its endpoint disabled would have the alarm on for good, over all others.
    const dead = this.said([sender], 'Dead', '{ $.message.outcome = "dead" && $.message.reason != "endpoint-disabled" }');
    const kept = this.said([sender], 'Kept', '{ $.message.reason = "endpoint-disabled" }');
    const disabled = this.said([sender], 'Disabled', '{ $.message.disabled = "gone" || $.message.disabled = "failing" }');
    const refused = this.said([sender], 'AddressRefused', '{ $.message.reason = "address-refused" }');
    const delivered = this.outcomes([sender], 'Delivered', 'delivered');
    const retried = this.outcomes([sender], 'Retried', 'retry');
    const abandoned = this.said([sweeper], 'Abandoned', '{ $.message.outcome = "swept" && $.message.dead > 0 }', '$.message.dead');
    this.attempts = this.labelled({ delivered, retried, dead, kept, faults, refused, abandoned });

    this.alarm('Fault', faults,
      'an attempt could not be made for a reason of ours. Read it in the log of the sender: no key, an unusable row, a service that did not answer.');
    this.alarm('Failure', this.ofFunction(sender, 'Errors'),
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
    this.watchSweeper(sweeper);
    this.alarm('FeedLag', this.ofFunction(feed, 'IteratorAge', cloudwatch.Stats.MAXIMUM),
      'deliveries that are to be sent wait before the queue. Read why in the log of the feed; after a quarter of an hour the sweeper asks again.',
      { threshold: Duration.minutes(10).toMilliseconds() });
    this.alarm('FeedFault', this.outcomes([feed], 'FeedFaults', 'fault'),
      'a delivery could not be put into the queue. Read in the log of the feed which and why; the sweeper asks again.');
  }

  private watchSweeper(sweeper: HandlerConstruct): void {
    const overdue = this.said([sweeper], 'OverdueSeconds', '{ $.message.outcome = "swept" }', '$.message.overdueSeconds');
    this.alarm('Overdue', overdue.with({ statistic: cloudwatch.Stats.MAXIMUM }),
      'a delivery is due for more than a quarter of an hour. See whether the sweeper keeps up, and raise the concurrency of the sender if not.',
      { threshold: Duration.minutes(15).toSeconds() });
    this.alarm('SweepFailure', this.ofFunction(sweeper, 'Errors'),
      'deliveries that are due could not be put back into the queue. Read why in the log of the sweeper; the next run tries again.');
    this.unattended('Unattended', this.outcomes([sweeper], 'Sweeps', 'swept'), 3,
      'nothing has looked for due deliveries for a quarter of an hour, so that none is tried again. See whether the rule of the sweeper is enabled and its '
        + 'dead-letter queue empty.');
  }
}
