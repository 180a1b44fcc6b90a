import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { API_METRICS } from './api-alarms';
import { BoundConstraint } from './bound-constraint';
import { DataDomain, IFoundation, ServiceKeyGrants } from '../../foundation';
import { acknowledgeInPacks } from '../../private/nag';
import { EncryptedLogGroup } from '../../storage';

/** The handlers, bundled when the package was built. */
const BUNDLES = join(__dirname, '..', '..', '..', 'assets', 'api');

/** What makes the function of one authorizer different from that of another. */
export interface AuthorizerFunctionProps {
  readonly foundation: IFoundation;
  readonly reservedConcurrency: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The bundle, unless the constraint brings its own. Default: that of plain tokens. */
  readonly bundle?: string;
  readonly senderConstraint?: BoundConstraint;
  /** What the function judges, in descriptions. Default: access tokens. */
  readonly judges?: string;
  /** Default: 5 seconds, which is what fetching keys takes at most. */
  readonly timeout?: Duration;
  /** What the log may say where callers are refused for no fault of their own. */
  readonly faults: string;
  /** Why the function is in no VPC. */
  readonly outsideVpc: string;
}

/** A function that judges the tokens of requests, its role, its log and its alarms, all right below `scope`. */
export class AuthorizerFunction {
  public readonly function: lambda.Function;
  public readonly role: iam.Role;
  /** Role by which API Gateway invokes the function. */
  public readonly invocationRole: iam.Role;
  /** Headers that a request must have, and that an answer is for. */
  public readonly headers: readonly string[];
  /** Whether a request must come with a client certificate. */
  public readonly overMutualTls: boolean;

  constructor(private readonly scope: Construct, props: AuthorizerFunctionProps) {
    const { foundation, senderConstraint, judges = 'access tokens' } = props;
    this.headers = ['Authorization', ...(senderConstraint?.header ? [senderConstraint.header] : [])];
    this.overMutualTls = senderConstraint?.overMutualTls ?? false;

    const log = new EncryptedLogGroup(scope, 'Log', { foundation });
    this.role = new iam.Role(scope, 'Role', {
      description: `Role of a function that judges ${judges}`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    log.grantWrite(this.role);
    senderConstraint?.grant?.(this.role);
    const key = foundation.key(DataDomain.DATA);
    ServiceKeyGrants.of(key).lambda();

    this.function = new lambda.Function(scope, 'Function', {
      description: `Judges the ${judges} of requests to APIs`,
      code: lambda.Code.fromAsset(join(BUNDLES, senderConstraint?.bundle ?? props.bundle ?? 'oidc-authorizer')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { ...props.environment, ...senderConstraint?.environment },
      environmentEncryption: key,
      logGroup: log.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      // The time to start falls with the memory, and a caller waits for it.
      memorySize: 512,
      reservedConcurrentExecutions: props.reservedConcurrency,
      role: this.role,
      timeout: props.timeout ?? Duration.seconds(5),
      tracing: lambda.Tracing.ACTIVE,
    });

    this.invocationRole = new iam.Role(scope, 'InvocationRole', {
      description: 'Lets API Gateway ask a function whom to let in',
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    });
    this.invocationRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }));

    this.watch(foundation, log.logGroup, props.faults);
    this.acknowledge(props.outsideVpc);
  }

  /** URI by which API Gateway invokes the function. */
  public get invocationUri(): string {
    const { partition, region } = Stack.of(this.scope);
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${this.function.functionArn}/invocations`;
  }

  private watch(foundation: IFoundation, logGroup: logs.ILogGroup, reasons: string): void {
    const { scope } = this;
    const alarm = (id: string, metric: cloudwatch.Metric, description: string) => foundation.notify(new cloudwatch.Alarm(scope, id, {
      alarmDescription: `${scope.node.path}: ${description}`,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    const period = Duration.minutes(5);
    // The function's metric of errors counts each caller that is refused, since API Gateway wants an error for 401.
    const faults = new logs.MetricFilter(scope, 'FaultFilter', {
      logGroup,
      filterPattern: logs.FilterPattern.literal('{ $.message.outcome = "fault" || $.message.outcome = "misconfigured" }'),
      metricNamespace: API_METRICS,
      metricName: `AuthorizerFaults-${scope.node.addr.slice(-8)}`,
      metricValue: '1',
    });
    alarm('FaultAlarm', faults.metric({ statistic: 'Sum', period }),
      `callers were refused though their tokens may be good. See in the log whether ${reasons}, or a route has no scopes.`);
    alarm('ThrottleAlarm', this.function.metricThrottles({ period }),
      'callers were refused because too many instances ran at once. See whether to raise reservedConcurrency.');
  }

  private acknowledge(outsideVpc: string): void {
    const policies = [this.role, this.invocationRole].map((each) => each.node.findChild('DefaultPolicy'));
    for (const policy of policies) {
      acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
    }
    acknowledgeInPacks(policies[0], 'IAMNoWildcardPermissions',
      'AWS X-Ray takes trace segments without naming a resource: PutTraceSegments and PutTelemetryRecords support no other resource than *', 'Resource::*');
    acknowledgeInPacks(this.function, 'LambdaDLQ', 'API Gateway invokes the function synchronously and tells the caller when it fails; nothing waits to be delivered later');
    acknowledgeInPacks(this.function, 'LambdaInsideVPC', `${outsideVpc}, so a VPC would add a route and no barrier`);
  }
}
