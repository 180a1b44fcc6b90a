import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { SFTP_METRICS } from './sftp-metrics';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `LandingAlarms`. */
export interface LandingAlarmsProps {
  readonly foundation: IFoundation;
  /** The landing as descriptions name it. */
  readonly name: string;
  readonly router: HandlerConstruct;
  readonly sweep: HandlerConstruct;
}

/** Alarms on uploads that are not released. */
export class LandingAlarms extends OutcomeAlarms {
  /** How many uploads ended in each way. */
  public readonly uploads: cloudwatch.Metric[];
  /** Seconds from arrival to release, of the slowest. */
  public readonly releaseSeconds: cloudwatch.Metric;

  constructor(scope: Construct, id: string, { foundation, name, router, sweep }: LandingAlarmsProps) {
    super(scope, id, { foundation, namespace: SFTP_METRICS, name });
    const both = [router, sweep];
    const released = this.outcomes(both, 'Released', 'released');
    const threats = this.outcomes([router], 'Threats', 'threat');
    const late = this.outcomes([router], 'LateThreats', 'threat-after-release');
    const unscannable = this.outcomes([router], 'Unscannable', 'unscannable');
    const missing = this.outcomes([sweep], 'MissingScans', 'missing');
    const stuck = this.outcomes(both, 'Stuck', 'stuck');
    this.uploads = this.labelled({ released, threats, unscannable, missing, stuck });
    this.releaseSeconds = this.said(both, 'ReleaseSeconds', '{ $.message.outcome = "released" }', '$.message.ageSeconds')
      .with({ statistic: cloudwatch.Stats.MAXIMUM });

    this.alarm('Threat', threats,
      'malware was uploaded. It stays where it is and nobody can read it. The row of the logged id names the file; tell the partner.');
    this.alarm('LateThreat', late,
      'malware was found in a file that was released before. The row of the logged id names it: delete its copy, and find out who has read it.');
    this.alarm('Unscanned', unscannable,
      'a file could not be scanned, and stays. The reason is in the log; have it scanned again (SendObjectMalwareScan), or ask the partner for another.');
    this.alarm('MissingScan', missing,
      'a file was not scanned by the deadline, and stays. See the status of the malware protection plan; a scan that comes yet releases it.');
    this.alarm('Stuck', stuck,
      'a clean file could not be released after many attempts. The reason is in the log; then have it released with the task redrive.');
    this.alarm('Refused', this.outcomes([router], 'Refused', 'refused'),
      'an event was not of this bucket, account and plan, or named no version. See who may invoke the function, and that the bucket has versioning.');
    this.alarm('Fault', this.outcomes(both, 'Faults', 'fault'),
      'an upload or a scan could not be noted. Read the reason in the logs; events are tried again, and then in the dead-letter queue.');
    this.alarm('RouterFailure', this.ofFunction(router, 'Errors'), 'the router failed or ran out of time. Read why in its log; the sweeper goes on with what it began.');
    this.alarm('SweepFailure', this.ofFunction(sweep, 'Errors'), 'the sweeper failed. Read why in its log; the next run tries again.');
    this.unattended('Unattended', this.ofFunction(sweep, 'Invocations'), 4,
      'nothing has looked for missing scans for 20 minutes. See whether the rule of the sweeper is enabled and its dead-letter queue empty.');
  }
}

/** One page on which a landing is seen. */
export function landingWidgets({ alarms, releaseSeconds, uploads }: LandingAlarms): cloudwatch.IWidget[][] {
  return [
    [
      new cloudwatch.GraphWidget({ title: 'Uploads by outcome', left: uploads, width: 12 }),
      new cloudwatch.GraphWidget({ title: 'From arrival to release, in seconds', left: [releaseSeconds.with({ label: 'slowest' })], width: 12 }),
    ],
    alarms.map((alarm) => new cloudwatch.AlarmWidget({ title: alarm.node.id, alarm, width: 6 })),
  ];
}
