import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { basePath, DESCRIPTION, ISSUER, lookupArn, ON_CALL, ORDER } from '../../workload';
import { AUTHORIZER_BUNDLE } from '../plain-l2/authorizer';
import { sendMessage } from '../plain-l2/mapping';
import { webAcl } from '../plain-l2/web-acl';

/** One API that brings everything it needs: key, topic, queue, web ACL, authorizer function, logs and alarms. */
export class GuardedApi extends Construct {
  private readonly key: kms.Key;
  private readonly alerts: sns.Topic;

  constructor(scope: Construct, id: string, domain: apigateway.IDomainName, index: number) {
    super(scope, id);

    this.key = new kms.Key(this, 'Key', { enableKeyRotation: true });
    this.key.grantEncryptDecrypt(new iam.ServicePrincipal('logs.amazonaws.com'));
    this.key.grantEncryptDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
    this.alerts = new sns.Topic(this, 'Alerts', { masterKey: this.key });
    this.alerts.addSubscription(new subscriptions.EmailSubscription(ON_CALL));

    const name = `orders-${index}`;
    const restApi = this.api(name);
    this.addRoutes(restApi, this.queue(), index);
    new apigateway.BasePathMapping(this, 'Mapping', { domainName: domain, basePath: basePath(index), restApi });
    const acl = webAcl(this, name, this.key);
    new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', { webAclArn: acl.attrArn, resourceArn: restApi.deploymentStage.stageArn });
    this.alarm('Blocked', new cloudwatch.Metric({
      namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', dimensionsMap: { WebACL: name, Region: 'eu-west-1', Rule: 'ALL' }, statistic: 'Sum',
    }), 1000);
    this.alarm('ServerErrors', restApi.metricServerError(), 5);
    this.alarm('ClientErrors', restApi.metricClientError(), 500);
    this.alarm('Latency', restApi.metricLatency(), 5000);
    this.alarm('Traffic', restApi.metricCount(), 10_000);
  }

  private api(restApiName: string): apigateway.RestApi {
    const accessLog = new logs.LogGroup(this, 'AccessLog', { encryptionKey: this.key });
    for (const [id, pattern] of [['Refusals', '{ $.status = 401 || $.status = 403 }'], ['Throttled', '{ $.status = 429 }']]) {
      const filter = accessLog.addMetricFilter(`${id}Filter`, {
        filterPattern: logs.FilterPattern.literal(pattern), metricNamespace: 'Orders', metricName: `${id}${this.node.addr}`,
      });
      this.alarm(id, filter.metric({ statistic: 'Sum' }), 100);
    }
    return new apigateway.RestApi(this, 'Api', {
      restApiName,
      description: DESCRIPTION,
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      disableExecuteApiEndpoint: true,
      cloudWatchRole: true,
      deployOptions: {
        accessLogDestination: new apigateway.LogGroupLogDestination(accessLog),
        accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
        loggingLevel: apigateway.MethodLoggingLevel.ERROR,
        throttlingRateLimit: 50,
        throttlingBurstLimit: 100,
        tracingEnabled: true,
      },
    });
  }

  private queue(): sqs.Queue {
    const common = { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: this.key, enforceSSL: true };
    const deadLetters = new sqs.Queue(this, 'DeadLetters', { ...common, retentionPeriod: Duration.days(14) });
    const queue = new sqs.Queue(this, 'Queue', { ...common, visibilityTimeout: Duration.minutes(1), deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 } });
    this.alarm('DeadLetterAlarm', deadLetters.metricApproximateNumberOfMessagesVisible(), 1);
    this.alarm('AgeAlarm', queue.metricApproximateAgeOfOldestMessage(), 3600);
    return queue;
  }

  private authorizer(): apigateway.RequestAuthorizer {
    const handler = new lambda.Function(this, 'Authorizer', {
      code: lambda.Code.fromAsset(AUTHORIZER_BUNDLE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      environment: { ISSUERS: JSON.stringify([ISSUER]) },
      environmentEncryption: this.key,
      logGroup: new logs.LogGroup(this, 'AuthorizerLog', { encryptionKey: this.key }),
      tracing: lambda.Tracing.ACTIVE,
    });
    this.alarm('AuthorizerErrors', handler.metricErrors(), 1);
    this.alarm('AuthorizerThrottles', handler.metricThrottles(), 1);
    return new apigateway.RequestAuthorizer(this, 'Partners', { handler, identitySources: [apigateway.IdentitySource.header('Authorization')] });
  }

  private addRoutes(restApi: apigateway.RestApi, queue: sqs.Queue, index: number): void {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    queue.grantSendMessages(role);
    const orders = restApi.root.addResource('orders');
    orders.addMethod('POST', sendMessage(role, queue, restApi.stack.account), {
      authorizer: this.authorizer(),
      requestModels: { $default: restApi.addModel('Order', { schema: ORDER }) },
      requestValidator: restApi.addRequestValidator('Validator', { validateRequestBody: true }),
      methodResponses: [{ statusCode: '202' }, { statusCode: '503' }],
    });
    const lookup = lambda.Function.fromFunctionArn(this, 'Lookup', lookupArn(index));
    orders.addResource('{orderId}').addMethod('GET', new apigateway.LambdaIntegration(lookup), { authorizationType: apigateway.AuthorizationType.IAM });
  }

  private alarm(id: string, metric: cloudwatch.IMetric, threshold: number): void {
    new cloudwatch.Alarm(this, `${id}Alarm`, { metric, threshold, evaluationPeriods: 1 }).addAlarmAction(new actions.SnsAction(this.alerts));
  }
}
