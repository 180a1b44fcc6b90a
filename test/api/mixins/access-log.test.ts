import { App, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { api } from '../../../src';

const { mixins } = api;

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const rest = (accessLogSetting?: apigateway.CfnStageProps['accessLogSetting']) => new apigateway.CfnStage(stack, 'Stage', { restApiId: 'a1b2c3', accessLogSetting });
const http = (accessLogSettings?: apigatewayv2.CfnStageProps['accessLogSettings']) =>
  new apigatewayv2.CfnStage(stack, 'Stage', { apiId: 'a1b2c3', stageName: 'prod', accessLogSettings });

function accessLog(): any {
  const { AccessLogSetting, AccessLogSettings } = Object.values<any>(Template.fromStack(stack).toJSON().Resources).find(({ Type }) => /Stage$/.test(Type)).Properties;
  return AccessLogSetting ?? AccessLogSettings;
}

describe('the access log', () => {
  test('of a REST API goes to the log group, as JSON with the caller and the outcome', () => {
    const group = new logs.LogGroup(stack, 'Requests');
    rest().with(new mixins.StageAccessLog(group));

    const { DestinationArn, Format } = accessLog();
    expect(DestinationArn).toEqual(stack.resolve(group.logGroupArn));
    expect(JSON.parse(Format)).toMatchObject({
      ip: '$context.identity.sourceIp', path: '$context.resourcePath', status: '$context.status', caller: '$context.authorizer.principalId', apiKeyId: '$context.identity.apiKeyId',
    });
  });

  test('of an HTTP API has the route', () => {
    http().with(new mixins.StageAccessLog(logs.LogGroup.fromLogGroupName(stack, 'Requests', 'requests')));
    expect(JSON.parse(accessLog().Format)).toMatchObject({ path: '$context.routeKey', status: '$context.status' });
  });

  test('replaces one that only deployment tells', () => {
    rest(Token.asAny({ Ref: 'Setting' })).with(new mixins.StageAccessLog(logs.LogGroup.fromLogGroupName(stack, 'Requests', 'requests')));
    expect(accessLog().DestinationArn).toBeDefined();
  });

  test('is shorter than what API Gateway takes', () => {
    // 3 KB (Amazon API Gateway quotas).
    rest().with(new mixins.StageAccessLog(logs.LogGroup.fromLogGroupName(stack, 'Requests', 'requests')));
    expect(accessLog().Format.length).toBeLessThan(3072);
  });
});

describe('the format', () => {
  test('replaces the one of an access log, and keeps its place', () => {
    rest({ destinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:own', format: '$context.identity.apiKey' }).with(new mixins.StageAccessLogFormat());
    expect(accessLog()).toEqual({ DestinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:own', Format: expect.stringContaining('apiKeyId') });
  });

  test('makes no access log', () => {
    http().with(new mixins.StageAccessLogFormat());
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', { AccessLogSettings: Match.absent() });
  });

  test('of an access log that only deployment tells is refused', () => {
    rest(Token.asAny({ Ref: 'Setting' })).with(new mixins.StageAccessLogFormat());
    expect(() => app.synth()).toThrow("API-LOG-FORMAT does not hold although api.mixins.StageAccessLogFormat applied it: 'AccessLogSetting.Format' must be what the mixin set");
  });
});
