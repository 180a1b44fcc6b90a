import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { alarm } from './alerts';
import { dataKey } from './keys';
import { ISSUER } from '../../workload';

/** The bundle that the library ships, so that the same file is staged. */
export const AUTHORIZER_BUNDLE = join(__dirname, '..', '..', '..', 'assets', 'api', 'oidc-authorizer');

/** A function that judges tokens, and how API Gateway invokes it. */
export interface Authorizer {
  readonly uri: string;
  readonly role: iam.IRole;
}

/** The function with its log, roles and alarms. */
export function authorizer(stack: Stack, alerts: sns.ITopic, logKey: kms.IKey): Authorizer {
  const logGroup = new logs.LogGroup(stack, 'AuthorizerLog', {
    encryptionKey: logKey, retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new iam.Role(stack, 'AuthorizerRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grant(role, 'logs:CreateLogStream', 'logs:PutLogEvents');
  const handler = new lambda.Function(stack, 'Authorizer', {
    description: 'Judges the access tokens of requests to APIs',
    code: lambda.Code.fromAsset(AUTHORIZER_BUNDLE),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    environment: { ISSUERS: JSON.stringify([ISSUER]) },
    environmentEncryption: dataKey(stack),
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    memorySize: 512,
    reservedConcurrentExecutions: 50,
    role,
    timeout: Duration.seconds(5),
    tracing: lambda.Tracing.ACTIVE,
  });
  const invocationRole = new iam.Role(stack, 'AuthorizerInvocationRole', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  invocationRole.addToPolicy(new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));

  const period = Duration.minutes(5);
  const faults = logGroup.addMetricFilter('FaultFilter', {
    filterPattern: logs.FilterPattern.literal('{ $.message.outcome = "fault" || $.message.outcome = "misconfigured" }'),
    metricNamespace: 'Orders/Api',
    metricName: 'AuthorizerFaults',
    metricValue: '1',
  });
  alarm(stack, 'FaultAlarm', alerts, 'callers were refused though their tokens may be good', faults.metric({ statistic: cloudwatch.Stats.SUM, period }), 1);
  alarm(stack, 'ThrottleAlarm', alerts, 'callers were refused because too many instances ran at once', handler.metricThrottles({ period }), 1);
  return {
    uri: `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`,
    role: invocationRole,
  };
}
