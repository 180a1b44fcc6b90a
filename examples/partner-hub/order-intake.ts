import { join } from 'node:path';
import { CfnElement, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
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

    const environmentKey = props.foundation.key(foundation.DataDomain.DATA);
    foundation.ServiceKeyGrants.of(environmentKey).lambda();
    this.function = new lambda.Function(this, 'Function', {
      description: 'Stores the order lines of delivered files',
      code: lambda.Code.fromAsset(join(__dirname, 'assets', 'order-intake')),
      environmentEncryption: environmentKey,
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
    const source = this.function.addEventSourceMapping('Deliveries', {
      eventSourceArn: props.deliveries.queue.queueArn,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
    props.deliveries.grantPoll(role);
    props.landing.grantReadDelivered(role, 'orders/');
    props.orders.grant(role, 'dynamodb:PutItem');

    props.foundation.notify(new cloudwatch.Alarm(this, 'Errors', {
      alarmDescription: 'The order intake failed: look at its log for the file and the reason',
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    this.acknowledge(role, source, props);
  }

  /** What the packs of cdk-nag object to, and why it is right here. */
  private acknowledge(role: iam.Role, source: lambda.EventSourceMapping, { landing }: OrderIntakeProps): void {
    const policy = role.node.findChild('DefaultPolicy');
    const bucketId = Stack.of(this).getLogicalId(landing.bucket.node.defaultChild as CfnElement);
    acknowledge(policy, ['AwsSolutions-IAM5[Resource::*]'],
      'AWS X-Ray takes trace segments without naming a resource: PutTraceSegments and PutTelemetryRecords support no other resource than *');
    acknowledge(policy, [`AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/orders/*]`],
      'the names of delivered files are the partners\' choice, so the function may read whatever lies under orders/, and nothing else');
    acknowledge(policy, [
      'HIPAA.Security-IAMNoInlinePolicy', 'NIST.800.53.R4-IAMNoInlinePolicy', 'NIST.800.53.R5-IAMNoInlinePolicy', 'PCI.DSS.321-IAMNoInlinePolicy',
    ], 'the policy belongs to this one role, is written by its grants and is reviewed with it; shared, it would outgrow the function');
    acknowledge(this.function, ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
      'nothing invokes the function asynchronously; messages that it cannot process go to the dead-letter queue of its source queue');
    acknowledge(this.function, [
      'HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R4-LambdaInsideVPC', 'NIST.800.53.R5-LambdaInsideVPC', 'PCI.DSS.321-LambdaInsideVPC',
    ], 'the function calls S3 and DynamoDB over TLS with its role and nothing inside a network, so a VPC would add a route and no barrier');
    acknowledge(source, ['Serverless-LambdaEventSourceMappingDestination'],
      'an event source mapping of Amazon SQS has no destination for failures; the queue\'s own redrive policy moves them');
  }
}
