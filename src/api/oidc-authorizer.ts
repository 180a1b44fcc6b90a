import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { OidcIssuer } from './oidc-issuer';
import { DataDomain, Foundation, IFoundation, ServiceKeyGrants } from '../foundation';
import { requireInteger, requireSeconds } from '../private';
import { acknowledgeInPacks } from '../private/nag';
import { EncryptedLogGroup } from '../storage';
import { API_METRICS } from './private/api-alarms';
import { issuersText, requireIssuers } from './private/issuers';

/** The handler, bundled when the package was built. */
const BUNDLE = join(__dirname, '..', '..', 'assets', 'api', 'oidc-authorizer');

/** Properties of an `OidcAuthorizer`. */
export interface OidcAuthorizerProps {
  /** Who may issue tokens, from 1 to 20. */
  readonly issuers: OidcIssuer[];

  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * How long API Gateway keeps an answer for the same token and route, up to 5 minutes. A token that expires or is revoked meanwhile is still
   * let in for so long.
   *
   * @default Duration.minutes(1)
   */
  readonly cacheTtl?: Duration;

  /**
   * Instances of the function that may run at once, from 1 to 1000; they are set aside for it from what the account has in the Region.
   *
   * @default 50
   */
  readonly reservedConcurrency?: number;
}

/**
 * Decides by an OAuth 2.0 access token of an OpenID Connect provider who may call a route.
 *
 * A token is let in when a listed issuer signed it with a pinned algorithm, for a listed audience, it is current, it is an access token and
 * no ID token, and it has one of the route's scopes. Everything else is refused, also when the issuer's keys cannot be fetched.
 *
 * One function serves any number of APIs, also of other stacks of the account and Region. It needs the internet to fetch keys.
 *
 * @example
 * const partners = new api.OidcAuthorizer(this, 'Partners', {
 *   issuers: [{ issuer: 'https://login.example.com/', audiences: ['https://api.example.com'] }],
 * });
 * const orders = new api.IntegrationApi(this, 'Orders');
 * orders.addRoute(api.HttpMethod.GET, '/orders', {
 *   integration: api.Integration.lambdaFunction(handler),
 *   authorization: api.Authorization.oidc(partners, 'orders:read'),
 * });
 */
export class OidcAuthorizer extends Construct {
  /** The function, for whatever this construct does not cover. */
  public readonly function: lambda.Function;

  /** Role by which API Gateway invokes the function, for every API. */
  public readonly invocationRole: iam.IRole;

  /** How long API Gateway keeps an answer. */
  public readonly cacheTtl: Duration;

  constructor(scope: Construct, id: string, props: OidcAuthorizerProps) {
    super(scope, id);

    const cacheTtl = props.cacheTtl ?? Duration.minutes(1);
    const reservedConcurrency = props.reservedConcurrency ?? 50;
    requireIssuers(this, props.issuers);
    requireSeconds(this, 'cacheTtl', cacheTtl, 0, 300);
    requireInteger(this, 'reservedConcurrency', reservedConcurrency, 1, 1000);
    this.cacheTtl = cacheTtl;

    const foundation = props.foundation ?? Foundation.of(this);
    const log = new EncryptedLogGroup(this, 'Log', { foundation });
    const role = new iam.Role(this, 'Role', {
      description: 'Role of a function that judges access tokens',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    log.grantWrite(role);
    const key = foundation.key(DataDomain.DATA);
    ServiceKeyGrants.of(key).lambda();

    this.function = new lambda.Function(this, 'Function', {
      description: 'Judges the access tokens of requests to APIs',
      code: lambda.Code.fromAsset(BUNDLE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { ISSUERS: issuersText(props.issuers) },
      environmentEncryption: key,
      logGroup: log.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      // The time to start falls with the memory, and a caller waits for it.
      memorySize: 512,
      reservedConcurrentExecutions: reservedConcurrency,
      role,
      timeout: Duration.seconds(5),
      tracing: lambda.Tracing.ACTIVE,
    });

    this.invocationRole = new iam.Role(this, 'InvocationRole', {
      description: 'Lets API Gateway ask a function whom to let in',
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
    });
    this.invocationRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.function.functionArn] }));

    this.watch(foundation, log.logGroup);
    this.acknowledge(role);
  }

  /** URI by which API Gateway invokes the function. */
  public get invocationUri(): string {
    const { partition, region } = Stack.of(this);
    return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${this.function.functionArn}/invocations`;
  }

  private watch(foundation: IFoundation, logGroup: logs.ILogGroup): void {
    const alarm = (id: string, metric: cloudwatch.Metric, description: string) => foundation.notify(new cloudwatch.Alarm(this, id, {
      alarmDescription: `${this.node.path}: ${description}`,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
    const period = Duration.minutes(5);
    // The function's metric of errors counts each caller that is refused, since API Gateway wants an error for 401.
    const faults = new logs.MetricFilter(this, 'FaultFilter', {
      logGroup,
      filterPattern: logs.FilterPattern.literal('{ $.message.outcome = "fault" || $.message.outcome = "misconfigured" }'),
      metricNamespace: API_METRICS,
      metricName: `AuthorizerFaults-${this.node.addr.slice(-8)}`,
      metricValue: '1',
    });
    alarm('FaultAlarm', faults.metric({ statistic: 'Sum', period }),
      'callers were refused though their tokens may be good. See in the log whether an issuer\'s keys cannot be fetched, or a route has no scopes.');
    alarm('ThrottleAlarm', this.function.metricThrottles({ period }),
      'callers were refused because too many instances ran at once. See whether to raise reservedConcurrency.');
  }

  private acknowledge(role: iam.Role): void {
    const policies = [role, this.invocationRole].map((each) => each.node.findChild('DefaultPolicy'));
    for (const policy of policies) {
      acknowledgeInPacks(policy, 'IAMNoInlinePolicy', 'the policy belongs to this one role, is written by its grants and is reviewed with it');
    }
    acknowledgeInPacks(policies[0], 'IAMNoWildcardPermissions',
      'AWS X-Ray takes trace segments without naming a resource: PutTraceSegments and PutTelemetryRecords support no other resource than *', 'Resource::*');
    acknowledgeInPacks(this.function, 'LambdaDLQ', 'API Gateway invokes the function synchronously and tells the caller when it fails; nothing waits to be delivered later');
    acknowledgeInPacks(this.function, 'LambdaInsideVPC',
      'the function fetches public keys over TLS and reaches nothing inside a network, so a VPC would add a route and no barrier');
  }
}
