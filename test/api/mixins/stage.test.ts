import { App, Aws, CfnCondition, Fn, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { api } from '../../../src';

const { mixins } = api;
const EVERYWHERE = { httpMethod: '*', resourcePath: '/*' };
const ORDERS = { httpMethod: 'POST', resourcePath: '/~1orders' };

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

const stage = (methodSettings?: apigateway.CfnStageProps['methodSettings']) => new apigateway.CfnStage(stack, 'Stage', { restApiId: 'a1b2c3', methodSettings });

function settings(): any[] {
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::ApiGateway::Stage'))[0].Properties.MethodSettings;
}

describe('the execution log', () => {
  test('has errors of every method', () => {
    stage().with(new mixins.StageExecutionLog());
    expect(settings()).toEqual([{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR' }]);
  });

  test('keeps what is stated, and is off for no method', () => {
    stage([{ ...EVERYWHERE, loggingLevel: 'INFO', metricsEnabled: true }, { ...ORDERS, loggingLevel: 'OFF' }, { ...ORDERS, httpMethod: 'GET' }]).with(new mixins.StageExecutionLog());
    expect(settings()).toEqual([
      { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO', MetricsEnabled: true },
      { HttpMethod: 'POST', ResourcePath: '/~1orders', LoggingLevel: 'ERROR' },
      { HttpMethod: 'GET', ResourcePath: '/~1orders' },
    ]);
  });

  test('takes the level that is asked for', () => {
    stage().with(new mixins.StageExecutionLog(apigateway.MethodLoggingLevel.INFO));
    expect(settings()[0].LoggingLevel).toBe('INFO');
  });

  test('is not for switching it off', () => {
    expect(() => stage().with(new mixins.StageExecutionLog(apigateway.MethodLoggingLevel.OFF)))
      .toThrow("[Stack/Stage] 'level' must be ERROR or INFO, got OFF; choose MethodLoggingLevel.ERROR, or leave the mixin out");
  });

  test('holds no headers and bodies', () => {
    stage([{ ...EVERYWHERE, dataTraceEnabled: true }, { ...ORDERS, dataTraceEnabled: Fn.conditionEquals(Aws.REGION, 'eu-west-1') }]).with(new mixins.StageLogData());
    expect(settings().map(({ DataTraceEnabled }) => DataTraceEnabled)).toEqual([false, false]);
  });
});

test('a cache is encrypted wherever there is one', () => {
  stage([{ ...EVERYWHERE, cachingEnabled: false }, { ...ORDERS, cachingEnabled: true }]).with(new mixins.StageCacheEncryption());
  expect(settings()).toEqual([
    { HttpMethod: '*', ResourcePath: '/*', CachingEnabled: false },
    { HttpMethod: 'POST', ResourcePath: '/~1orders', CachingEnabled: true, CacheDataEncrypted: true },
  ]);
});

describe('limits', () => {
  test('join the settings of a stage, and those of its methods stay unless they lift them', () => {
    stage([{ ...EVERYWHERE, loggingLevel: 'INFO' }, { ...ORDERS, throttlingRateLimit: 5, throttlingBurstLimit: 5 }, { ...ORDERS, httpMethod: 'GET', throttlingRateLimit: -1 }])
      .with(new mixins.StageThrottling(100, 50));
    expect(settings()).toEqual([
      { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
      { HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 },
      { HttpMethod: 'GET', ResourcePath: '/~1orders', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
    ]);
  });

  test('are those of every route of an HTTP API', () => {
    new apigatewayv2.CfnStage(stack, 'Stage', { apiId: 'a1b2c3', stageName: 'prod', defaultRouteSettings: { detailedMetricsEnabled: true } }).with(new mixins.StageThrottling(0.5, 1));
    Template.fromStack(stack).hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 1 },
    });
  });

  test('may be known to deployment alone', () => {
    stage().with(new mixins.StageThrottling(Token.asNumber({ Ref: 'Rate' }), Token.asNumber({ Ref: 'Burst' })));
    expect(settings()[0]).toMatchObject({ ThrottlingRateLimit: { Ref: 'Rate' }, ThrottlingBurstLimit: { Ref: 'Burst' } });
  });

  test.each([
    [0, 1, "'requestsPerSecond' must be above 0, got 0; choose what the backend can bear"],
    [NaN, 1, "'requestsPerSecond' must be above 0, got NaN; choose what the backend can bear"],
    [1, 0, "'burst' must be a whole number between 1 and 1000000, got 0; choose one in that range"],
  ])('of %d requests and bursts of %d are rejected', (rate, burst, message) => {
    expect(() => stage().with(new mixins.StageThrottling(rate, burst))).toThrow(`[Stack/Stage] ${message}`);
  });
});

test('a stage traces', () => {
  stage().with(new mixins.StageTracing());
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true, MethodSettings: Match.absent() });
});

test('applied twice, settings are there once', () => {
  stage().with(new mixins.StageExecutionLog(), new mixins.StageThrottling(9, 9), new mixins.StageExecutionLog(), new mixins.StageThrottling(100, 50));
  expect(settings()).toEqual([{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }]);
});

test('settings of an L2 are joined', () => {
  const restApi = new apigateway.RestApi(stack, 'Api', { deployOptions: { loggingLevel: apigateway.MethodLoggingLevel.INFO, dataTraceEnabled: true } });
  restApi.root.addMethod('GET');
  restApi.deploymentStage.with(new mixins.StageLogData(), new mixins.StageThrottling(100, 50));
  expect(settings()).toEqual([
    { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'INFO', DataTraceEnabled: false, ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
  ]);
});

test('settings that only deployment tells are refused, not lost', () => {
  const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
  stage(Token.asAny(Fn.conditionIf(isProd.logicalId, [], []))).with(new mixins.StageLogData());
  new apigateway.CfnStage(stack, 'Second', { restApiId: 'a1b2c3', methodSettings: [Fn.conditionIf(isProd.logicalId, {}, {})] }).with(new mixins.StageExecutionLog());
  expect(() => app.synth()).toThrow(/\[Stack\/Stage\] API-LOG-DATA does not hold[^]*\[Stack\/Second\] API-EXECUTION-LOG does not hold/);
});
