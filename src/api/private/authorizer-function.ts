import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { API_METRICS } from './api-alarms';
import { BoundConstraint } from './bound-constraint';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { acknowledgeInPacks } from '../../private/nag';

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

    const handler = new HandlerFunction(scope, {
      foundation,
      bundle: `api/${senderConstraint?.bundle ?? props.bundle ?? 'oidc-authorizer'}`,
      description: `Judges the ${judges} of requests to APIs`,
      roleDescription: `Role of a function that judges ${judges}`,
      environment: { ...props.environment, ...senderConstraint?.environment },
      // The time to start falls with the memory, and a caller waits for it.
      memorySize: 512,
      reservedConcurrentExecutions: props.reservedConcurrency,
      timeout: senderConstraint?.timeout ?? props.timeout ?? Duration.seconds(5),
      neverDeferred: 'API Gateway invokes the function synchronously and tells the caller when it fails; nothing waits to be delivered later',
      outsideVpc: `${props.outsideVpc}, so a VPC would add a route and no barrier`,
    });
    ({ function: this.function, role: this.role } = handler);
    senderConstraint?.grant?.(this.role);

    this.invocationRole = new iam.Role(scope, 'InvocationRole', {
      description: 'Lets API Gateway ask a function whom to let in',
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    });
    this.invocationRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }));

    this.watch(foundation, handler.log.logGroup, props.faults);
    acknowledgeInPacks(this.invocationRole.node.findChild('DefaultPolicy'), 'IAMNoInlinePolicy',
      'the policy belongs to this one role, is written by its grants and is reviewed with it');
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
}
