import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Half of what the function may take: clients begin to wait. */
const SLOW = Duration.seconds(5);

/** Properties of `LoginAlarms`. */
export interface LoginAlarmsProps {
  readonly foundation: IFoundation;
  /** The server as descriptions name it. */
  readonly name: string;
  readonly provider: UsersFunction;
}

/** Alarms on logins that nobody could be let in by, and on partners that are locked out. */
export class LoginAlarms extends OutcomeAlarms {
  private readonly logins: cloudwatch.Metric[];
  private readonly times: cloudwatch.Metric[];

  constructor(scope: Construct, id: string, { foundation, name, provider }: LoginAlarmsProps) {
    super(scope, id, { foundation, name, namespace: SFTP_METRICS });
    const accepted = this.outcomes(provider, 'Accepted', 'accepted');
    const denied = this.outcomes(provider, 'Denied', 'denied');
    const locked = this.said(provider, 'Lockouts', '{ $.message.outcome = "denied" && $.message.reason = "locked" }');
    const faults = this.outcomes(provider, 'Faults', 'fault');
    const misconfigured = this.outcomes(provider, 'Misconfigurations', 'misconfigured-partner');
    const duration = this.ofFunction(provider, 'Duration', cloudwatch.Stats.percentile(99));
    this.logins = this.labelled({ accepted, denied, locked, faults, misconfigured });
    this.times = [duration];

    this.alarm('Fault', faults,
      'a login was refused for a reason of ours. Read it in the log of the identity provider: a table that does not answer, a key that may not be used.');
    this.alarm('MisconfiguredPartner', misconfigured,
      'what is stored of a partner cannot be used, so that it is not let in, or not by all of its keys. Read in the log of the identity provider whose and why.');
    this.alarm('Failure', this.ofFunction(provider, 'Errors'), 'the identity provider failed, and nobody was let in. Read why in its log.');
    this.alarm('Throttled', this.ofFunction(provider, 'Throttles'),
      'logins were turned away, since more come at once than are provided for. See whether somebody tries names, or raise reservedConcurrency.');
    this.alarm('Slow', duration, 'logins take more than five seconds, and clients give up. See in the traces of the identity provider what is slow.',
      { threshold: SLOW.toMilliseconds() });
    this.alarm('Locked', locked,
      'a partner is locked out at an address of its own, after wrong passwords. Ask it: a forgotten password, or somebody inside of its network who guesses.');
  }

  /** What the server's page shows of logins. */
  public widgets(): cloudwatch.IWidget[] {
    return [
      new cloudwatch.GraphWidget({ title: 'Logins, by what the identity provider said', left: this.logins, width: 12 }),
      new cloudwatch.GraphWidget({ title: 'Time of the identity provider', left: this.times, width: 12 }),
    ];
  }
}
