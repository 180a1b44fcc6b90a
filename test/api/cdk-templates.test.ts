import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { check, RULES } from '../../src/rules';

const { FilterPattern } = logs;

let stack: Stack;
let restApi: apigateway.RestApi;
let handler: lambda.Function;
let group: logs.LogGroup;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  const code = lambda.Code.fromInline('exports.handler = () => {}');
  handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
  group = new logs.LogGroup(stack, 'Requests');
  restApi = new apigateway.RestApi(stack, 'Api', {
    deployOptions: {
      accessLogDestination: new apigateway.LogGroupLogDestination(group),
      accessLogFormat: apigateway.AccessLogFormat.jsonWithStandardFields(),
    },
  });
});

function findings(...controls: string[]): string[] {
  const verdicts = check([{ name: 'Stack', template: Template.fromStack(stack).toJSON() }], RULES.filter(({ control }) => controls.includes(control)));
  expect(verdicts.map(({ outcome }) => outcome)).toContain('compliant');
  return verdicts.filter(({ finding }) => finding !== '').map(({ control, finding, logicalId, message }) => `${control}[${finding}] at ${logicalId}: ${message}`);
}

describe('as the CDK writes them, there is no false alarm about', () => {
  test('functions, versions and aliases behind methods', () => {
    const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: handler.currentVersion });
    const order = restApi.root.addResource('orders').addResource('{id}');
    order.addMethod('POST', new apigateway.LambdaIntegration(handler));
    order.addMethod('ANY', new apigateway.LambdaIntegration(handler.currentVersion));
    restApi.root.addMethod('GET', new apigateway.LambdaIntegration(alias));
    restApi.root.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(handler) });
    expect(findings('DELIVERY-API-INVOKE')).toEqual([]);
  });

  test('authorizers', () => {
    const { context, header } = apigateway.IdentitySource;
    const identitySources = [header('Authorization'), context('httpMethod'), context('resourcePath')];
    const request = new apigateway.RequestAuthorizer(stack, 'Request', { handler, identitySources, resultsCacheTtl: Duration.minutes(1) });
    const token = new apigateway.TokenAuthorizer(stack, 'Token', { handler, resultsCacheTtl: Duration.seconds(0) });
    restApi.root.addMethod('GET', new apigateway.LambdaIntegration(handler), { authorizer: request });
    restApi.root.addMethod('PUT', new apigateway.LambdaIntegration(handler), { authorizer: token });
    expect(findings('API-AUTHORIZATION', 'API-AUTHORIZER-CACHE', 'DELIVERY-API-INVOKE')).toEqual([]);
  });

  test('services behind methods', () => {
    const queue = new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    const credentialsRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
    queue.grantSendMessages(credentialsRole);
    const requestTemplates = { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' };
    restApi.root.addMethod('POST', new apigateway.AwsIntegration({
      service: 'sqs', path: `${stack.account}/${queue.queueName}`, options: { credentialsRole, requestTemplates },
    }));
    const machine = new stepfunctions.StateMachine(stack, 'Machine', {
      definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')), stateMachineType: stepfunctions.StateMachineType.EXPRESS,
    });
    restApi.root.addMethod('PUT', apigateway.StepFunctionsIntegration.startExecution(machine));
    expect(findings('DELIVERY-API-INVOKE')).toEqual([]);
  });

  test('alarms', () => {
    restApi.root.addMethod('GET');
    const alarm = (id: string, metric: cloudwatch.Metric) => metric.createAlarm(stack, id, { threshold: 1, evaluationPeriods: 1 });
    alarm('Errors', restApi.metricServerError());
    alarm('Refusals', restApi.deploymentStage.metricClientError());
    alarm('Slow', restApi.metricLatency({ statistic: 'p99' }));
    new cloudwatch.AnomalyDetectionAlarm(stack, 'Traffic', { metric: restApi.metricCount(), evaluationPeriods: 2 });
    const count = (metricName: string, filterPattern: logs.IFilterPattern) =>
      alarm(`Many${metricName}`, new logs.MetricFilter(stack, metricName, { logGroup: group, metricName, metricNamespace: 'Orders', filterPattern }).metric());
    count('Refused', FilterPattern.any(FilterPattern.stringValue('$.status', '=', '401'), FilterPattern.stringValue('$.status', '=', '403')));
    count('Throttled', FilterPattern.numberValue('$.status', '=', 429));
    expect(findings('API-ALARMS', 'API-ANOMALY', 'API-AUTH-ALARM')).toEqual([]);
  });
});
