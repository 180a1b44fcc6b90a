import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { defaultBusArn } from './key-watch';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { LISTS_STREAMS } from '../../functions/handler-function';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

const HOUR = Duration.hours(1);

/** Properties of a `Reconciler`. */
export interface ReconcilerProps {
  readonly foundation: IFoundation;
  readonly server: AttachedServer;
  readonly partners: IntegrationTable;
  readonly undelivered: DeadLetterQueue;
  readonly enforce: boolean;
  /** The server as descriptions name it. */
  readonly name: string;
}

/** Gives a server that manages users itself the keys that partners have, and takes away the others; each hour, and when a partner changes. */
export class Reconciler extends UsersFunction {
  constructor(scope: Construct, id: string, { foundation, server, partners, undelivered, enforce, name }: ReconcilerProps) {
    super(scope, id, {
      foundation,
      bundle: 'reconcile',
      description: 'Gives users of an SFTP server the keys of partners',
      environment: {
        SERVER_ID: server.serverId,
        PARTNERS_TABLE: partners.table.tableName,
        MODE: enforce ? 'enforce' : 'report',
        EVENT_BUS_NAME: 'default',
      },
      timeout: Duration.minutes(15),
      // Two at once would each see keys that the other is about to change.
      reservedConcurrentExecutions: 1,
      undelivered,
      namesNoResource: LISTS_STREAMS,
    });
    const { partition, region, account } = Stack.of(this);
    const users = `arn:${partition}:transfer:${region}:${account}:user/${server.serverId}/*`;
    this.allow(['transfer:ListUsers', 'transfer:DescribeServer'], server.serverArn);
    this.allow(['transfer:DescribeUser', 'transfer:ImportSshPublicKey', 'transfer:DeleteSshPublicKey'], users);
    acknowledgeInPacks(this.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'the function looks after the keys of all users of one server, also of those that nobody here has made', `Resource::${spelledInPacks(Stack.of(this), users)}`);
    // It notes there which keys it has imported.
    this.allowTable(partners, 'Scan', 'UpdateItem');
    this.allow(['events:PutEvents'], defaultBusArn(this));
    server.expectChangesBy(this.role);
    foundation.notifyOnRule(new events.Rule(this, 'Changed', {
      description: 'Keys that were taken from users, and users without a key',
      eventPattern: {
        source: ['cdk-secure-integrations.sftp'],
        detailType: ['SFTP Partner Key Removed', 'SFTP Partner Without Key'],
        detail: { serverId: [server.serverId] },
      },
    }));
    runRegularly(this, 'Hourly', HOUR, this.function, undelivered, { description: 'Has keys of users compared with those of partners', task: 'reconcile' });
    this.followChanges(foundation, partners);

    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: SFTP_METRICS, name });
    alarms.alarm('Fault', alarms.outcomes(this, 'Faults', 'fault'),
      'keys of a user are not as its partner has them. Read in the log of the reconciler whose and why; the next hour tries again.');
    alarms.alarm('Complaint', alarms.outcomes(this, 'Complaints', 'complaint'),
      'a user or a key is there that no partner accounts for, or a partner has no key that counts. Read in the log of the reconciler which.');
    alarms.alarm('Failure', alarms.ofFunction(this, 'Errors'), 'keys of users could not be compared with those of partners. Read why in the log of the reconciler.');
    alarms.unattended('Unattended', alarms.outcomes(this, 'Runs', 'reconciled').with({ period: HOUR }), 3,
      'nobody has compared keys of users with those of partners for three hours, so that keys that ran out may still work. See whether the rule of the '
        + 'reconciler is enabled.');
  }

  private followChanges(foundation: IFoundation, { table, encryptionKey }: IntegrationTable): void {
    const unfollowed = new DeadLetterQueue(this, 'Unfollowed', { foundation });
    this.allowStream(table.tableStreamArn!);
    this.allow(['sqs:SendMessage'], unfollowed.queue.queueArn);
    encryptionKey.grantDecrypt(this.role);
    unfollowed.encryptionKey.grant(this.role, 'kms:Decrypt', 'kms:GenerateDataKey');
    this.function.addEventSourceMapping('Changes', {
      eventSourceArn: table.tableStreamArn!,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      // Partners of a deployment come close together, and one look is enough for all.
      maxBatchingWindow: Duration.seconds(30),
      bisectBatchOnError: true,
      retryAttempts: 3,
      maxRecordAge: HOUR, // by then each was looked at anyway
      reportBatchItemFailures: false,
      onFailure: { bind: () => ({ destination: unfollowed.queue.queueArn }) },
    });
  }
}
