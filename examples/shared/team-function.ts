import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { acknowledgeOwnPolicy } from './role-policy';
import { foundation, storage } from '../../src';

/** Properties of a `TeamFunction`. */
export interface TeamFunctionProps {
  readonly foundation: foundation.IFoundation;
  /** Folder of the bundled handler. */
  readonly bundle: string;
  readonly description: string;
  readonly environment: Record<string, string>;
  readonly timeout: Duration;
}

/** A function of the team: logged, traced, encrypted, bounded, with a role of its own, and somebody is told when it fails. */
export class TeamFunction extends Construct {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: TeamFunctionProps) {
    super(scope, id);

    const logs = new storage.EncryptedLogGroup(this, 'Logs', { foundation: props.foundation });
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(this.role);

    const environmentKey = props.foundation.key(foundation.DataDomain.DATA);
    foundation.ServiceKeyGrants.of(environmentKey).lambda();
    this.function = new lambda.Function(this, 'Function', {
      description: props.description,
      code: lambda.Code.fromAsset(props.bundle),
      environmentEncryption: environmentKey,
      environment: props.environment,
      handler: 'index.handler',
      logGroup: logs.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      memorySize: 512,
      reservedConcurrentExecutions: 10,
      role: this.role,
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: props.timeout,
      tracing: lambda.Tracing.ACTIVE,
    });

    props.foundation.notify(new cloudwatch.Alarm(this, 'Errors', {
      alarmDescription: `${this.node.path} failed: look at its log for what and why`,
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    this.acknowledge();
  }

  /** Takes the messages of a queue, five batches at once. */
  public consume(queue: storage.IntegrationQueue): void {
    const source = this.function.addEventSourceMapping('Messages', {
      eventSourceArn: queue.queue.queueArn,
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    });
    queue.grantPoll(this.role);
    acknowledge(source, ['Serverless-LambdaEventSourceMappingDestination'],
      'an event source mapping of Amazon SQS has no destination for failures; the queue\'s own redrive policy moves them');
  }

  /** What the packs of cdk-nag object to, and why it is right here. */
  private acknowledge(): void {
    const policy = this.role.node.findChild('DefaultPolicy');
    acknowledge(policy, ['AwsSolutions-IAM5[Resource::*]'],
      'AWS X-Ray takes trace segments without naming a resource: PutTraceSegments and PutTelemetryRecords support no other resource than *');
    acknowledgeOwnPolicy(this.role);
    acknowledge(this.function, ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
      'nothing invokes the function asynchronously; a caller is told of a failure, and a message goes to the dead-letter queue of its source queue');
    acknowledge(this.function, [
      'HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R4-LambdaInsideVPC', 'NIST.800.53.R5-LambdaInsideVPC', 'PCI.DSS.321-LambdaInsideVPC',
    ], 'the function calls AWS and servers of partners over TLS and nothing inside a network, so a VPC would add a route and no barrier');
  }
}
