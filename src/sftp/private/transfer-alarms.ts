import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { OutcomeAlarms } from '../../functions/outcome-alarms';

/** Properties of `TransferAlarms`. */
export interface TransferAlarmsProps {
  readonly foundation: IFoundation;
  /** The connector as descriptions name it. */
  readonly name: string;
  readonly handler: HandlerFunction;
  readonly keptByHand: boolean;
}

/** Alarms on files that do not arrive. */
export class TransferAlarms extends OutcomeAlarms {
  constructor(scope: Construct, id: string, { foundation, name, handler, keptByHand }: TransferAlarmsProps) {
    super(scope, id, { foundation, name, namespace: 'SecureIntegrations/Sftp' });
    this.alarm('Failure', this.outcomes(handler, 'Failures', 'failed', 'not-listed', 'not-removed'),
      'the partner\'s server did not take or give a file. The log of the function says which and the code of the failure, that of the connector why; '
      + 'it is tried again, at first by the next run, then later and later.');
    this.alarm('Dead', this.outcomes(handler, 'DeadFiles', 'dead'),
      'a file failed twenty times in two weeks and is left alone. Find out why from the log of the connector, then have it released.');
    const unfinished = this.said(handler, 'UnfinishedFiles', '{ $.message.outcome = "watched" }', '$.message.unfinished');
    this.alarm('Unfinished', unfinished.with({ statistic: cloudwatch.Stats.MAXIMUM }),
      'a transfer or the listing of a directory began and did not finish in time. The log of the function names the oldest: ask the partner whether the file '
      + 'arrived, and have it released if not.');
    this.alarm('LeftOut', this.said(handler, 'FilesLeftOut',
      '{ $.message.nested > 0 || $.message.unsendable > 0 || $.message.refused > 0 || $.message.truncated > 0 || $.message.undated > 0 }'),
    'a run left files out: in folders below, with a name that cannot be, because a directory has more than 10,000, or because the server tells no time by which '
    + 'a new file of the same name would be known. The log of the function says which of these.');
    this.alarm('Fault', this.outcomes(handler, 'Faults', 'fault'),
      'a run or an event failed for a reason of ours and is tried again. Read why in the log of the function.');
    this.alarm('Error', this.ofFunction(handler, 'Errors'), 'the function failed as a whole. Read why in its log; what it had is tried again.');
    const watched = this.outcomes(handler, 'Watched', 'watched');
    this.unattended('Unattended', watched.with({ period: Duration.hours(1) }), 3,
      'nothing has looked for three hours whether transfers finish. See whether the rule of the function is enabled and its dead-letter queue empty.');
    if (keptByHand) this.watchCredential(handler);
  }

  private watchCredential(handler: HandlerFunction): void {
    this.alarm('CredentialMissing', this.outcomes(handler, 'CredentialsMissing', 'credential-missing'),
      'nobody has put the credential yet, so that the connector signs in nowhere. Put it into the secret.');
    this.alarm('CredentialOld', this.outcomes(handler, 'CredentialsOld', 'credential-old'),
      'the credential is older than it may be. Agree on a new one with the partner, and put it into the secret.');
  }
}
