import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { WEBHOOK_METRICS } from './metrics';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `InboxAlarms`. */
export interface InboxAlarmsProps {
  readonly foundation: IFoundation;
  /** The inbox as descriptions name it. */
  readonly name: string;
  readonly dispatch: HandlerConstruct;
  readonly sweep: HandlerConstruct;
  /** Age of a pending event from which on somebody is told. */
  readonly maxAge: Duration;
}

/** Alarms on events that do not get to the target. */
export class InboxAlarms extends OutcomeAlarms {
  /** How often attempts ended in each way. */
  public readonly attempts: cloudwatch.Metric[];
  /** Seconds since an event was received that the target has not taken, of the oldest that was tried. */
  public readonly oldestPending: cloudwatch.Metric;

  constructor(scope: Construct, id: string, { foundation, name, dispatch, sweep, maxAge }: InboxAlarmsProps) {
    super(scope, id, { foundation, name, namespace: WEBHOOK_METRICS });
    const both = [dispatch, sweep];
    const dead = this.outcomes(both, 'Dead', 'dead');
    const faults = this.outcomes(both, 'Faults', 'fault');
    const dispatched = this.outcomes(both, 'Dispatched', 'dispatched');
    const postponed = this.outcomes(both, 'Postponed', 'postponed');
    this.attempts = this.labelled({ dispatched, postponed, dead, faults });
    this.oldestPending = this.said(both, 'PendingSeconds', '{ $.message.outcome = "postponed" }', '$.message.ageSeconds')
      .with({ statistic: cloudwatch.Stats.MAXIMUM });

    this.alarm('Dead', dead,
      'an event was given up after its last attempt. Read the reason in the logs; when the target takes events again, redrive what is DEAD.');
    this.alarm('Fault', faults,
      'an event could not be claimed or marked. Read the reason in the logs; the sweeper tries again.');
    // Attempts of one event are up to an hour apart.
    this.alarm('OldestPending', this.oldestPending.with({ period: Duration.hours(1) }),
      'an event waits for longer than it should, since the target does not take it. Read the reason in the logs, and see how the target is.',
      { threshold: maxAge.toSeconds(), evaluationPeriods: 2 });
    this.alarm('SweepFailure', this.ofFunction(sweep, 'Errors'),
      'the sweeper could not see what waits, or a redrive failed. Read why in its log; the next run tries again.');
    this.unattended('Unattended', this.ofFunction(sweep, 'Invocations'), 3,
      'nothing has swept the inbox for a quarter of an hour, so that no event is tried again. See whether the rule of the sweeper is enabled and its '
        + 'dead-letter queue empty.');
  }
}
