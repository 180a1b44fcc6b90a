import { createHash } from 'node:crypto';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ACCESS_LOG_FORMAT, sendMessage } from './mapping';
import { queue } from './queue';
import { SharedStack } from './shared-stack';
import { basePath, DESCRIPTION, lookupArn, ORDER, SCOPE } from '../../workload';

const STAGE = 'live';

/** Name of the stage variable in which the authorizer function looks for the scopes of a route. */
const SCOPE_VARIABLE = `scopes_${createHash('sha256').update('POST /orders').digest('hex').slice(0, 16)}`;

/** One API with its queue. */
export class OrdersApi extends Construct {
  constructor(scope: Construct, id: string, shared: SharedStack, index: number) {
    super(scope, id);

    const apiName = `${Stack.of(this).stackName}-${id}`;
    const placed = queue(this, `${apiName}-placed`, shared);
    const restApi = new apigateway.RestApi(this, 'Api', {
      restApiName: apiName,
      description: DESCRIPTION,
      endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
      disableExecuteApiEndpoint: true,
      failOnWarnings: true,
      cloudWatchRole: false,
      deployOptions: {
        stageName: STAGE,
        accessLogDestination: new apigateway.LogGroupLogDestination(shared.accessLog),
        accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify({ api: apiName, ...ACCESS_LOG_FORMAT })),
        tracingEnabled: true,
        variables: { [SCOPE_VARIABLE]: SCOPE },
        loggingLevel: apigateway.MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        metricsEnabled: false,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
        methodOptions: {
          '/orders/POST': {
            loggingLevel: apigateway.MethodLoggingLevel.ERROR,
            dataTraceEnabled: false,
            metricsEnabled: false,
            throttlingRateLimit: 20,
            throttlingBurstLimit: 40,
          },
        },
      },
    });
    const resource = restApi.node.defaultChild as apigateway.CfnRestApi;
    resource.securityPolicy = apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
    resource.endpointAccessMode = apigateway.EndpointAccessMode.STRICT;

    this.addRoutes(restApi, placed, shared, index);
    const log = new logs.LogGroup(this, 'ExecutionLog', {
      logGroupName: `API-Gateway-Execution-Logs_${restApi.restApiId}/${STAGE}`,
      encryptionKey: shared.auditKey,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    restApi.deploymentStage.node.addDependency(log);
    new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', { webAclArn: shared.webAclArn, resourceArn: restApi.deploymentStage.stageArn });
    new apigateway.BasePathMapping(this, 'Mapping', { domainName: shared.domain, basePath: basePath(index), restApi, stage: restApi.deploymentStage });
    new cloudwatch.AnomalyDetectionAlarm(this, 'TrafficAlarm', {
      alarmDescription: 'the number of requests is unusual',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/ApiGateway', metricName: 'Count', dimensionsMap: { ApiName: apiName, Stage: STAGE }, statistic: cloudwatch.Stats.SUM,
      }),
      stdDevs: 3,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new actions.SnsAction(shared.alerts));
  }

  private addRoutes(restApi: apigateway.RestApi, placed: sqs.Queue, shared: SharedStack, index: number): void {
    const requestValidator = restApi.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
    const model = restApi.addModel('Order', { schema: ORDER });
    // The L2 of a request authorizer would add a policy to the shared role for each API.
    const partners = new apigateway.CfnAuthorizer(this, 'Partners', {
      restApiId: restApi.restApiId,
      name: 'Partners',
      type: 'REQUEST',
      authorizerUri: shared.authorizer.uri,
      authorizerCredentials: shared.authorizer.role.roleArn,
      authorizerResultTtlInSeconds: 60,
      identitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
    });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [placed.queueArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [shared.messagingKey.keyArn] }));

    const orders = restApi.root.addResource('orders');
    orders.addMethod('POST', sendMessage(role, placed, Stack.of(this).account), {
      authorizationType: apigateway.AuthorizationType.CUSTOM,
      authorizer: { authorizerId: partners.ref },
      requestValidator,
      requestModels: { $default: model },
      methodResponses: [{ statusCode: '202' }, { statusCode: '503' }],
    });
    const lookup = lambda.Function.fromFunctionArn(this, 'Lookup', lookupArn(index));
    orders.addResource('{orderId}').addMethod('GET', new apigateway.LambdaIntegration(lookup, { allowTestInvoke: false }), {
      authorizationType: apigateway.AuthorizationType.IAM,
      requestValidator,
      requestParameters: { 'method.request.path.orderId': true },
    });
  }
}
