import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { WEBHOOK_METRICS } from './metrics';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `ReceiverAlarms`. */
export interface ReceiverAlarmsProps {
  readonly foundation: IFoundation;
  /** The receiver as descriptions name it. */
  readonly name: string;
  readonly receive: HandlerConstruct;
  /** The function that judges what could not be verified when it came, if there is one. */
  readonly rejudge?: HandlerConstruct;
  readonly maxForgeries: number;
  readonly maxDuplicates: number;
}

/** Alarms on forgeries, replays, collisions, and faults of ours that cost deliveries. */
export class ReceiverAlarms extends OutcomeAlarms {
  /** How often deliveries ended in each way. */
  public readonly deliveries: cloudwatch.Metric[];

  constructor(scope: Construct, id: string, { foundation, name, receive, rejudge, maxForgeries, maxDuplicates }: ReceiverAlarmsProps) {
    super(scope, id, { foundation, name, namespace: WEBHOOK_METRICS });
    const all = rejudge ? [receive, rejudge] : [receive];
    const refused = this.outcomes([receive], 'Refused', 'refused');
    const duplicates = this.outcomes(all, 'Duplicates', 'duplicate');
    const quarantined = this.outcomes(all, 'Quarantined', 'quarantined');
    const faults = this.outcomes(all, 'Faults', 'fault', 'unusable-key');
    this.deliveries = this.labelled({ stored: this.outcomes(all, 'Stored', 'stored'), refused, duplicates, quarantined, faults });

    this.alarm('Forgeries', refused,
      'many requests were refused. Read the reasons in the log: somebody forges webhooks, or the sender signs by another key or in another way.',
      { threshold: maxForgeries });
    this.alarm('Duplicates', duplicates,
      'many deliveries came again. See whether the sender gets its answers in time, or somebody replays webhooks.', { threshold: maxDuplicates });
    this.alarm('Quarantined', quarantined,
      'another body came under the identifier of an event. Look at both records: if the sender made the second, redrive it; if not, change the key.');
    this.alarm('Fault', faults,
      'deliveries were answered with 503, and a sender that does not try again loses them. Read the reason in the log: no usable key, or a service away.');
    this.alarm('Failure', this.ofFunction(receive, 'Errors'),
      'the function failed as a whole, because it does not start or takes too long. Read why in its log.');
    this.alarm('Throttled', this.ofFunction(receive, 'Throttles'),
      'deliveries were refused because too many came at once. See whether to raise reservedConcurrency.');
    this.alarm('OverdueKey', this.outcomes(all, 'OverdueKeys', 'overdue-key'),
      'the key of the sender is older than it may be. Have the sender make a new one, and put it into the secret.');
    if (rejudge) this.watchUnverified(receive, rejudge);
  }

  private watchUnverified(receive: HandlerConstruct, rejudge: HandlerConstruct): void {
    this.alarm('Unverified', this.outcomes([receive], 'Unverified', 'unverified'),
      'requests were kept that nothing could verify. Read why in the log; once the keys are there again they are judged.');
    this.alarm('Dropped', this.outcomes([rejudge], 'Dropped', 'dropped'),
      'a request that was kept turned out not to be genuine, and was deleted. The sender was told 200: if it was the sender, have it deliver again.');
    this.alarm('RejudgeFailure', this.ofFunction(rejudge, 'Errors'),
      'requests that were kept could not be judged. Read why in the log; the next run tries again.');
    this.unattended('RejudgeUnattended', this.ofFunction(rejudge, 'Invocations'), 3,
      'nothing has judged for a quarter of an hour what was kept. See whether the rule is enabled and its dead-letter queue empty.');
  }
}
