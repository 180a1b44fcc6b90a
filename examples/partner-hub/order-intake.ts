import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { foundation, storage } from '../../src';

/** Properties of an `OrderIntake`. */
export interface OrderIntakeProps {
  readonly foundation: foundation.IFoundation;
  readonly landing: storage.LandingBucket;
  readonly deliveries: storage.IntegrationQueue;
  readonly orders: storage.IntegrationTable;
}

/** The team's own code: takes delivery events from the queue, reads the file, stores its order lines. */
export class OrderIntake extends Construct {
  public readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: OrderIntakeProps) {
    super(scope, id);

    const logs = new storage.EncryptedLogGroup(this, 'Logs', { foundation: props.foundation });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(role);

    this.function = new lambda.Function(this, 'Function', {
      description: 'Stores the order lines of delivered files',
      code: lambda.Code.fromAsset(join(__dirname, 'assets', 'order-intake')),
      environmentEncryption: props.foundation.key(foundation.DataDomain.DATA),
      environment: { ORDERS_TABLE: props.orders.table.tableName },
      handler: 'index.handler',
      logGroup: logs.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      memorySize: 512,
      reservedConcurrentExecutions: 10,
      role,
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: Duration.seconds(30),
      tracing: lambda.Tracing.ACTIVE,
    });
    this.function.addEventSourceMapping('Deliveries', {
      eventSourceArn: props.deliveries.queue.queueArn,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
    props.deliveries.grantConsume(role);
    props.landing.grantRead(role, 'orders/');
    props.orders.grantWrite(role);

    props.foundation.notify(new cloudwatch.Alarm(this, 'Errors', {
      alarmDescription: 'The order intake failed: look at its log for the file and the reason',
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }
}
