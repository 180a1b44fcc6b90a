import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

/** Lines of logins (AWS Transfer Family User Guide, "JSON structured logging": `activity-type`). */
const LOGINS = '{ $.activity-type = "CONNECTED" }';

/** Properties of `KeyUsage`. */
export interface KeyUsageProps {
  readonly foundation: IFoundation;
  readonly server: AttachedServer;
  readonly activity: IntegrationTable;
  readonly undelivered: DeadLetterQueue;
  /** The server as descriptions name it. */
  readonly name: string;
}

/** Notes from the server's log when each key was last used. */
export class KeyUsage extends UsersFunction {
  constructor(scope: Construct, id: string, { foundation, server, activity, undelivered, name }: KeyUsageProps) {
    super(scope, id, {
      foundation,
      bundle: 'key-usage',
      description: 'Notes when keys of partners were used',
      environment: { ACTIVITY_TABLE: activity.table.tableName },
      timeout: Duration.minutes(1),
      reservedConcurrentExecutions: 5,
      undelivered,
    });
    this.allowTable(activity, 'UpdateItem');

    const { logGroup } = server.log;
    // On the L1: the L2's target is in another package, and leaves the account out of the permission.
    const subscription = new logs.CfnSubscriptionFilter(this, 'Logins', {
      logGroupName: logGroup.logGroupName, filterPattern: LOGINS, destinationArn: this.function.functionArn,
    });
    this.function.addPermission('Log', {
      principal: new iam.ServicePrincipal('logs.amazonaws.com'), sourceArn: logGroup.logGroupArn, sourceAccount: Stack.of(this).account,
    });
    // CloudWatch Logs tries the function at once, and refuses one that it may not invoke.
    subscription.node.addDependency(this.function.permissionsNode.findChild('Log'));

    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: SFTP_METRICS, name });
    alarms.alarm('Failure', alarms.ofFunction(this, 'Errors'),
      'it could not be noted when keys were used, so that one in use may be reported as idle. Read why in the log of the function.');
  }
}
