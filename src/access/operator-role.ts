import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledgeOpsItems } from './private/catalogue-role';
import { seesNoData } from './private/data-statements';
import { neverDecryptsDirectly } from './private/through-services';
import { operatorStatements } from './private/watch-statements';
import { WorkforceRole } from './workforce-role';
import { WorkforceRoleProps } from './workforce-role-props';

/**
 * A role that keeps integrations running, and sees none of the data that they keep.
 *
 * It sees metrics and works on OpsItems. What it operates is granted where it is: logs by `log.grantRead(operator)`, dead letters by
 * `queue.grantRedrive(operator)`. Objects, items of tables and secrets are denied to it, whatever is granted. Dead letters that it may redrive it may read
 * too: Amazon SQS asks for the right to receive them.
 *
 * @example
 * declare const orders: storage.IntegrationQueue;
 * const operator = new access.OperatorRole(this, 'Operator', { workforce: access.Workforce.iamUsers() });
 * orders.grantRedrive(operator);
 */
export class OperatorRole extends WorkforceRole {
  constructor(scope: Construct, id: string, props: WorkforceRoleProps) {
    super(scope, id);
    this._hold(props, {
      kind: 'Operator',
      description: 'Keeps integrations running and sees none of their data',
      statements: [...operatorStatements(Stack.of(this)), seesNoData(), neverDecryptsDirectly()],
      namesNoResource: 'what reads metrics, and lists queries, log groups and OpsItems',
    });
    acknowledgeOpsItems(this.role);
  }

  /** Lets the role see the state and the history of alarms. */
  public allowAlarms(...alarms: cloudwatch.IAlarm[]): void {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms'], resources: alarms.map((alarm) => alarm.alarmArn),
    }));
  }

  /** Lets the role run a function by hand, and no version or alias of it. */
  public allowInvoke(handler: lambda.IFunction): void {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
  }
}
