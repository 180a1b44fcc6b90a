import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ServerAlarms } from './bound-users';
import { NamedFailures } from './named-failures';
import { ServerLimits } from './server-limits';
import { SFTP_METRICS } from './sftp-metrics';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { EncryptedLogGroup } from '../../storage';

/** Alarms on what a server logs (AWS Transfer Family User Guide, "CloudWatch log structure for Transfer Family"). */
export class LogOfServerAlarms extends OutcomeAlarms implements ServerAlarms {
  public readonly authFailures: cloudwatch.Metric;
  public readonly kexFailures: cloudwatch.Metric;
  public readonly rejectedConnections: cloudwatch.Metric;
  public readonly errors: cloudwatch.Metric;

  private readonly named: NamedFailures;

  constructor(scope: Construct, id: string, foundation: IFoundation, log: EncryptedLogGroup, private readonly limits: ServerLimits) {
    super(scope, id, { foundation, namespace: SFTP_METRICS, name: scope.node.path });
    this.authFailures = this.activities(log, 'AuthFailures', 'AUTH_FAILURE');
    this.kexFailures = this.activities(log, 'KexFailures', 'KEX_FAILURE');
    this.rejectedConnections = this.activities(log, 'RejectedConnections', 'CONNECTION_REJECTED');
    this.errors = this.activities(log, 'Errors', 'ERROR');
    this.named = new NamedFailures(this, 'Named', log, this.metricNameOf('PartnerAuthFailures'));

    this.alarm('AuthFailure', this.authFailures,
      'many logins failed. See in the log of the server from which addresses and under which names; ask the partner whose network it is.',
      { threshold: limits.maxAuthFailures });
    this.alarm('KexFailure', this.kexFailures,
      'clients and the server agreed on no algorithms. See in the log which client it is; its software is too old, or a scanner inside the network of a partner.',
      { threshold: limits.maxKexFailures });
    this.alarm('ConnectionRejected', this.rejectedConnections,
      'the server refused connections. See in the log why: too many sessions at once, or connections that came without the header of the load balancer.',
      { threshold: limits.maxRejectedConnections });
    this.alarm('Error', this.errors,
      'operations on files failed. See in the log which and for whom: a role, a key or a bucket that does not let the partner do what it may.',
      { threshold: limits.maxErrors });
  }

  public partner(scope: Construct, name: string): cloudwatch.Alarm {
    return this.alarm('Failures', this.named.metric(name),
      `logins as '${name}' failed. See in the log from which address and by which method: a key that expired or was never sent, or somebody who guesses.`,
      { threshold: this.limits.maxPartnerAuthFailures }, scope);
  }

  private activities(log: EncryptedLogGroup, name: string, activity: string): cloudwatch.Metric {
    return this.said({ log }, name, `{ $.activity-type = "${activity}" }`);
  }
}
