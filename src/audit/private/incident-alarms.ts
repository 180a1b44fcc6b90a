import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AUDIT_METRICS } from './audit-metrics';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `IncidentAlarms`. */
export interface IncidentAlarmsProps {
  readonly foundation: IFoundation;
  /** The intake as descriptions name it. */
  readonly name: string;
  readonly intake: HandlerConstruct;
  readonly desk: HandlerConstruct;
  readonly clock: HandlerConstruct;
  readonly takesMail: boolean;
}

/** Alarms on reports that were not recorded, and on pages that were not sent: they reach the alert topic by another way than pages do. */
export class IncidentAlarms extends OutcomeAlarms {
  constructor(scope: Construct, id: string, { foundation, name, intake, desk, clock, takesMail }: IncidentAlarmsProps) {
    super(scope, id, { foundation, name, namespace: AUDIT_METRICS });

    this.alarm('Unrecorded', this.outcomes([intake], 'Unrecorded', 'fault'),
      'a report could not be recorded; its reporter was told so, or the message comes again. Read why in the log of the function.');
    this.alarm('IntakeFailure', this.ofFunction(intake, 'Errors'),
      'reports were not taken, because the function failed as a whole. Read why in its log.');
    this.alarm('IntakeThrottled', this.ofFunction(intake, 'Throttles'),
      'reports were refused because too many came at once. See who reports so much.');
    this.alarm('DeskFailure', this.ofFunction(desk, 'Errors'),
      'responders could not read an incident, or not act on it. Read why in the log of the function.');
    this.alarm('Unpaged', this.outcomes([clock], 'Unpaged', 'unpaged'),
      'a page could not be sent, and is tried again each minute. Read of which incident in the log of the function, and look at it now.');
    this.alarm('ClockFailure', this.ofFunction(clock, 'Errors'),
      'incidents were not looked at, so that nobody may be paged. Read why in the log of the function.');
    this.unattended('Unattended', this.outcomes([clock], 'Runs', 'looked').with({ period: Duration.minutes(5) }), 3,
      'nobody has looked at incidents for a quarter of an hour, so that nobody is paged. See whether the rule of the function is enabled.');
    if (takesMail) {
      this.alarm('UnprovenSenders', this.outcomes([intake], 'UnprovenSenders', 'unproven-sender'),
        'a mail was no report, since nothing proved that staff sent it. Look at it in the bucket of mails: it may be a report all the same.');
    }
  }
}
