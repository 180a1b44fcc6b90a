import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

const DAY = Duration.days(1);

/** Days before a partner's last key runs out at which its alarm goes off. */
const LAST_DAYS = 7;

/** Properties of `KeyWatch`. */
export interface KeyWatchProps {
  readonly foundation: IFoundation;
  readonly server: AttachedServer;
  readonly partners: IntegrationTable;
  readonly activity: IntegrationTable;
  readonly undelivered: DeadLetterQueue;
  readonly staleAfter: Duration;
  /** The server as descriptions name it. */
  readonly name: string;
}

/** Looks each day at how long the keys of partners still count, and which lie idle. */
export class KeyWatch extends UsersFunction {
  private readonly alarms: OutcomeAlarms;
  private readonly foundation: IFoundation;
  private readonly daysLeft: cloudwatch.Metric;

  constructor(scope: Construct, id: string, props: KeyWatchProps) {
    const { foundation, server, partners, activity, undelivered, staleAfter, name } = props;
    super(scope, id, {
      foundation,
      bundle: 'key-watch',
      description: 'Warns of keys of partners that run out or lie idle',
      environment: {
        PARTNERS_TABLE: partners.table.tableName,
        ACTIVITY_TABLE: activity.table.tableName,
        EVENT_BUS_NAME: 'default',
        STALE_DAYS: String(staleAfter.toDays()),
      },
      timeout: Duration.minutes(5),
      reservedConcurrentExecutions: 1,
      undelivered,
    });
    this.foundation = foundation;
    this.allowTable(partners, 'Scan');
    this.allowTable(activity, 'GetItem', 'PutItem');
    this.allow(['events:PutEvents'], defaultBusArn(this));
    runRegularly(this, 'Daily', DAY, this.function, undelivered, { description: 'Has keys of partners looked at', task: 'watch' });

    foundation.notifyOnRule(new events.Rule(this, 'Warned', {
      description: 'Keys of partners that run out or lie idle',
      eventPattern: {
        source: ['cdk-secure-integrations.sftp'],
        detailType: ['SFTP Partner Key Expiring', 'SFTP Partner Key Expired', 'SFTP Partner Key Unused', 'SFTP Partner Key Still In Use'],
        detail: { serverId: [server.serverId] },
      },
    }));

    this.alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: SFTP_METRICS, name });
    // One filter for all partners: a log group has 100 at most (Amazon CloudWatch Logs User Guide, "CloudWatch Logs quotas").
    this.daysLeft = this.alarms.said(this, 'DaysLeft', '{ $.message.outcome = "days-left" }', '$.message.days', { partner: '$.message.partner' });
    this.alarms.alarm('Fault', this.alarms.outcomes(this, 'Faults', 'fault'),
      'a partner\'s keys could not be looked at. Read in the log of the function whose and why.');
    this.alarms.alarm('Failure', this.alarms.ofFunction(this, 'Errors'), 'keys of partners could not be looked at. Read why in the log of the function.');
    this.alarms.unattended('Unattended', this.alarms.outcomes(this, 'Runs', 'watched').with({ period: DAY }), 2,
      'nobody has looked at the keys of partners for two days, so that none is warned of. See whether the rule of the function is enabled.');
  }

  /** An alarm on the last of a partner's keys running out. */
  public alarmOf(partner: Construct, name: string): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(partner, 'LastKey', {
      alarmDescription: `${partner.node.path}: the last key of ${name} runs out within ${LAST_DAYS} days, or has run out. Have the partner make a new pair, and `
        + 'add its public half beside the old one.',
      metric: this.daysLeft.with({ dimensionsMap: { partner: name }, statistic: cloudwatch.Stats.MINIMUM, period: DAY }),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: LAST_DAYS,
      evaluationPeriods: 1,
      // A day on which nobody looked is what `Unattended` is for.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.foundation.notify(alarm);
    return alarm;
  }
}

/** Each account has one in each Region. */
export function defaultBusArn(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
}
