import { check, RULES, TemplateSource } from '../../../src/rules';

type Json = Record<string, any>;

const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } };
const stage = (properties: Json): Json => ({ Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', ...properties } });
const alarm = (properties: Json): Json => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, ...properties } });
const query = (metric: string, threshold: number): Json => alarm({
  Threshold: threshold, Metrics: [{ Id: 'q', Period: 300, Expression: `SELECT SUM("${metric}") FROM SCHEMA("AWS/ApiGateway", ApiName) GROUP BY ApiName ORDER BY SUM() DESC` }],
});

function verdictsOf(control: string, ...sources: TemplateSource[]): string[] {
  // The API that every template here needs has verdicts of its own.
  return check(sources, RULES.filter((rule) => rule.control === control)).filter(({ logicalId }) => logicalId !== 'Api')
    .map(({ finding, message }) => (finding ? `${finding}: ${message}` : message));
}

const told = (control: string, resources: Json): string[] => verdictsOf(control, { name: 'Stack', template: { Resources: { Api: API, ...resources } } });

describe('the evidence states the settings', () => {
  test('limits of a stage and of its methods', () => {
    const MethodSettings = [
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
      { ResourcePath: '/~1orders~1{id}', HttpMethod: 'POST', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 },
    ];
    expect(told('API-THROTTLING', { Stage: stage({ MethodSettings }) }))
      .toEqual(['the stage allows 100 requests/s, bursts of 50; POST /orders/{id} allows 10 requests/s, bursts of 5']);
  });

  test('limits of a usage plan', () => {
    const Plan = {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' }, Throttle: { '/orders/POST': { RateLimit: 1, BurstLimit: 2 } } }],
        Throttle: { RateLimit: 20, BurstLimit: 40 },
      },
    };
    expect(told('API-THROTTLING', { Stage: stage({}), Plan }))
      .toEqual(['each key of Plan allows 20 requests/s, bursts of 40; each key of Plan at /orders/POST allows 1 requests/s, bursts of 2']);
  });

  test('limits of routes', () => {
    const limits = (rate: number, burst: number): Json => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });
    expect(told('API-THROTTLING', { Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { DefaultRouteSettings: limits(9, 8), RouteSettings: { 'POST /orders': limits(3, 2) } } } }))
      .toEqual(['the stage allows 9 requests/s, bursts of 8; POST /orders allows 3 requests/s, bursts of 2']);
  });

  test('levels of the execution log', () => {
    const MethodSettings = [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'ERROR' }, { ResourcePath: '/', HttpMethod: 'GET', LoggingLevel: 'INFO' }];
    expect(told('API-EXECUTION-LOG', { Stage: stage({ MethodSettings }) })).toEqual(['the execution log has level ERROR for every method, level INFO for GET /']);
  });

  test('who opens a method', () => {
    const Properties = { HttpMethod: 'POST', AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Users' }, AuthorizationScopes: ['orders/write'] };
    expect(told('API-AUTHORIZATION', { Method: { Type: 'AWS::ApiGateway::Method', Properties } })).toEqual(['POST is authorized by COGNITO_USER_POOLS, by ${Users}, for orders/write']);
  });

  test('what a validator looks at', () => {
    const Validator = { Type: 'AWS::ApiGateway::RequestValidator', Properties: { ValidateRequestBody: true, ValidateRequestParameters: true } };
    const Properties = {
      HttpMethod: 'POST', RequestValidatorId: { Ref: 'Validator' }, RequestModels: { $default: 'Order' }, RequestParameters: { 'method.request.querystring.id': true },
    };
    expect(told('API-REQUEST-VALIDATION', { Validator, Method: { Type: 'AWS::ApiGateway::Method', Properties } }))
      .toEqual(['Validator validates the body by Order ($default) and the parameters querystring.id']);
  });

  test.each([['TLS_1_2', '1.2'], ['SecurityPolicy_TLS13_1_2_PQ_2025_09', '1.2'], ['SecurityPolicy_TLS13_1_3_2025_09', '1.3'], ['SecurityPolicy_TLS13_2025_EDGE', '1.3']])(
    'where %s begins', (SecurityPolicy, floor) => {
      expect(told('API-TLS', { Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { SecurityPolicy } } })).toEqual([`SecurityPolicy is ${SecurityPolicy}, which begins at TLS ${floor}`]);
    });

  test('thresholds of alarms', () => {
    const dimensions = [{ Name: 'ApiName', Value: 'orders' }];
    const latency = alarm({
      Namespace: 'AWS/ApiGateway', MetricName: 'Latency', Dimensions: dimensions, ExtendedStatistic: 'p99', Threshold: 3000, Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2,
    });
    expect(told('API-ALARMS', { Stage: stage({}), Errors: query('5XXError', 1), Refusals: query('4XXError', 50), Slow: latency })).toEqual([
      '5XXError: Errors (SUM > 1 in 1 of 1 periods of 300 s); 4XXError: Refusals (SUM > 50 in 1 of 1 periods of 300 s); Latency or IntegrationLatency: Slow (p99 > 3000 in 2 of 3 periods of 60 s)',
    ]);
  });

  test('metric and band of an anomaly alarm', () => {
    const Traffic = alarm({
      ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
      ThresholdMetricId: 'band',
      Metrics: [
        { Id: 'count', MetricStat: { Metric: { Namespace: 'AWS/ApiGateway', MetricName: 'Count', Dimensions: [{ Name: 'ApiName', Value: 'orders' }] }, Stat: 'Sum', Period: 300 } },
        { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(count, 2.5)' },
      ],
    });
    expect(told('API-ANOMALY', { Stage: stage({}), Traffic })).toEqual(['Traffic watches Count in a band of 2.5 standard deviations']);
  });
});

describe('an alarm of another stack', () => {
  const api: TemplateSource = { name: 'Api', account: '111122223333', region: 'eu-west-1', template: { Resources: { Api: API, Stage: stage({}) } } };
  const Resources = { Errors: query('5XXError', 1), Refusals: query('4XXError', 50), Slow: query('Latency', 9000) };

  test.each<[string, Partial<TemplateSource>]>([
    ['of the same account and Region', { account: '111122223333', region: 'eu-west-1' }],
    ['of an account and Region that nobody knows', {}],
  ])('watches, when it is %s', (_where, place) => {
    expect(verdictsOf('API-ALARMS', api, { name: 'Alarms', template: { Resources }, ...place })).toEqual([expect.stringContaining('5XXError: Errors')]);
  });

  test.each<[string, Partial<TemplateSource>]>([
    ['another account', { account: '999999999999', region: 'eu-west-1' }],
    ['another Region', { account: '111122223333', region: 'us-east-1' }],
  ])('sees nothing from %s', (_where, place) => {
    expect(verdictsOf('API-ALARMS', api, { name: 'Alarms', template: { Resources }, ...place })).toHaveLength(3);
  });
});
