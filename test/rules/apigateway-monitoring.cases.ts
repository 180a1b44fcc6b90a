import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const PARAMETER = { Ref: 'Parameter' };
const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } };
const FORMAT = '{"requestId":"$context.requestId","path":"$context.path","status":$context.status}';
const STAGE = {
  Type: 'AWS::ApiGateway::Stage',
  Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: FORMAT } },
};
const template = (resources: Json): Template =>
  ({ Parameters: { Parameter: { Type: 'String' } }, Resources: { Api: API, Stage: STAGE, Log: { Type: 'AWS::Logs::LogGroup' }, ...resources } });

const ABOVE = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, EvaluationPeriods: 3, DatapointsToAlarm: 2, Period: 60, Statistic: 'Sum' };
const dimensions = (names: Json): Json[] => Object.entries(names).map(([Name, Value]) => ({ Name, Value }));
const OF_STAGE = { ApiName: 'orders', Stage: 'prod' };
const alarm = (metric: string, names: Json = OF_STAGE, more: Json = {}): Json =>
  ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/ApiGateway', MetricName: metric, Dimensions: dimensions(names), ...ABOVE, ...more } });
const onMetrics = (metrics: unknown, more: Json = {}): Json =>
  ({ Type: 'AWS::CloudWatch::Alarm', Properties: { ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, EvaluationPeriods: 1, Metrics: metrics, ...more } });
const query = (text: unknown): Json => onMetrics([{ Id: 'q', Expression: text, Period: 300, ReturnData: true }]);
const stat = (metric: string, names: Json = OF_STAGE): Json => ({ Metric: { Namespace: 'AWS/ApiGateway', MetricName: metric, Dimensions: dimensions(names) }, Stat: 'Sum', Period: 60 });
const rate = (returned: string): Json => onMetrics([
  { Id: 'errors', MetricStat: stat('5XXError'), ReturnData: returned === 'errors' },
  { Id: 'all', MetricStat: stat('Count'), ReturnData: returned === 'all' },
  { Id: 'rate', Expression: '100 * errors / all', ReturnData: returned === 'rate' },
]);
const everyApi = (metric: string, statistic: string = 'SUM'): string =>
  `SELECT ${statistic}("${metric}") FROM SCHEMA("AWS/ApiGateway", ApiName) GROUP BY ApiName ORDER BY ${statistic}() DESC`;

const ALARMS = { Errors: alarm('5XXError'), Refusals: alarm('4XXError'), Slow: alarm('Latency', OF_STAGE, { Statistic: undefined, ExtendedStatistic: 'p99' }) };
const watched = (changes: Json = {}): Template => template({ ...ALARMS, ...changes });
const errors = (replacement: Json): Template => watched({ Errors: replacement });

const band = (changes: Json = {}, expression: unknown = 'ANOMALY_DETECTION_BAND(m1, 3)', names: Json = OF_STAGE): Template => template({
  Traffic: onMetrics([{ Id: 'm1', MetricStat: stat('Count', names), ReturnData: true }, { Id: 'ad1', Expression: expression, ReturnData: true }], {
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold', Threshold: undefined, ThresholdMetricId: 'ad1', ...changes,
  }),
});

const filter = (pattern: unknown, metric: string, more: Json = {}): Json => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { LogGroupName: { Ref: 'Log' }, FilterPattern: pattern, MetricTransformations: [{ MetricNamespace: 'Orders', MetricName: metric, MetricValue: '1', ...more }] },
});
const custom = (metric: string, more: Json = {}): Json => alarm(metric, {}, { Namespace: 'Orders', ...more });
const COUNTED = {
  Refused: filter('{ $.status = 401 || $.status = 403 }', 'Refused'),
  Throttled: filter('{ ($.status = "429") }', 'Throttled'),
  ManyRefused: custom('Refused'),
  ManyThrottled: custom('Throttled'),
};
const counted = (changes: Json = {}): Template => template({ ...COUNTED, ...changes });
const refused = (pattern: unknown): Template => counted({ Refused: filter(pattern, 'Refused') });
const onLog = (setting: Json): Template => counted({ Stage: { ...STAGE, Properties: { ...STAGE.Properties, AccessLogSetting: setting } } });

/** Examples of who notices when an API is attacked or fails. */
export const APIGATEWAY_MONITORING_CASES: readonly ControlCase[] = [
  {
    control: 'API-ALARMS',
    passing: {
      'an alarm for each': watched(),
      'by the name of the API': watched({ Slow: alarm('IntegrationLatency', { ApiName: 'orders' }) }),
      'a rate of errors': errors(rate('rate')),
      'by reference to the stage': errors(alarm('5XXError', { ApiName: 'orders', Stage: { Ref: 'Stage' } })),
      'queries for every API': template({
        Errors: query(everyApi('5XXError')),
        Refusals: query('select sum("4XXError") from "AWS/ApiGateway" group by ApiName, Stage order by max() desc'),
        Slow: query('SELECT AVG(Latency) FROM SCHEMA("AWS/ApiGateway", Stage, ApiName) WHERE AWS.AccountId = CURRENT_ACCOUNT_ID() GROUP BY ApiName ORDER BY AVG()'),
      }),
      'an API whose definition names it': watched({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { openapi: '3.0.1', info: { title: 'orders' } } } } }),
    },
    failing: [
      { finding: 'Unwatched5xx', template: watched({ Errors: { Type: 'AWS::SNS::Topic' } }) },
      { finding: 'Unwatched4xx', template: watched({ Refusals: alarm('5XXError') }) },
      { finding: 'UnwatchedLatency', template: watched({ Slow: alarm('Count') }) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', { ApiName: 'invoices', Stage: 'prod' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', { ApiName: { Ref: 'Api' }, Stage: 'prod' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', { ApiName: 'orders', Stage: 'test' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', { Stage: 'prod' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', { ...OF_STAGE, Method: 'POST', Resource: '/orders' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', OF_STAGE, { Namespace: 'AWS/Lambda' })) },
      { finding: 'Unwatched5xx', template: errors(alarm('5XXError', OF_STAGE, { ComparisonOperator: 'LessThanThreshold' })) },
      { finding: 'Unwatched5xx', template: errors(rate('all')) },
      { finding: 'Unwatched5xx', template: errors(query('SELECT SUM("5XXError") FROM SCHEMA("AWS/ApiGateway", ApiName) ORDER BY SUM() DESC')) },
      { finding: 'Unwatched5xx', template: errors(query('SELECT SUM("5XXError") FROM SCHEMA("AWS/ApiGateway", ApiName) GROUP BY ApiName')) },
      { finding: 'Unwatched5xx', template: errors(query(`${everyApi('5XXError')} LIMIT 10`)) },
      { finding: 'Unwatched5xx', template: errors(query(everyApi('5XXError').replace('GROUP', 'WHERE ApiName = \'invoices\' GROUP'))) },
      { finding: 'Unwatched5xx', template: errors(query(everyApi('5XXError').replace('ApiName)', 'ApiName, Method, Resource, Stage)'))) },
      { finding: 'Unwatched5xx', template: errors(query(everyApi('5XXError').replace(', ApiName)', ')'))) },
      { finding: 'UnresolvedAlarm', template: errors(query('SELECT SUM("5XXError") FROM')) },
      { finding: 'UnresolvedAlarm', template: errors(query({ 'Fn::Sub': everyApi('${Parameter}') })) },
      { finding: 'UnresolvedAlarm', template: errors(alarm('5XXError', { ApiName: PARAMETER })) },
      { finding: 'UnresolvedAlarm', template: errors(alarm('5XXError', OF_STAGE, { Dimensions: PARAMETER })) },
      { finding: 'UnresolvedAlarm', template: errors(alarm('5XXError', OF_STAGE, { ComparisonOperator: PARAMETER })) },
      { finding: 'UnresolvedAlarm', template: errors(alarm('5XXError', OF_STAGE, { MetricName: PARAMETER })) },
      { finding: 'UnresolvedAlarm', template: errors(onMetrics(PARAMETER)) },
      { finding: 'UnresolvedAlarm', template: errors(onMetrics([{ Id: 'm', MetricStat: PARAMETER }])) },
      { finding: 'UnresolvedAlarm', template: errors(onMetrics([PARAMETER])) },
      { finding: 'UnresolvedAlarm', template: watched({ Api: { Type: 'AWS::SNS::Topic' } }) },
    ],
    mutations: [
      { name: 'drop the alarm on errors', finding: 'Unwatched5xx', mutate: (t) => delete t.Resources.Errors },
      { name: 'drop the alarm on refusals', finding: 'Unwatched4xx', mutate: (t) => delete t.Resources.Refusals },
      { name: 'drop the alarm on latency', finding: 'UnwatchedLatency', mutate: (t) => delete t.Resources.Slow },
      { name: 'watch another API', finding: 'Unwatched5xx', mutate: (t) => { t.Resources.Errors.Properties.Dimensions[0].Value = 'invoices'; } },
      { name: 'flip the comparison', finding: 'Unwatched4xx', mutate: (t) => { t.Resources.Refusals.Properties.ComparisonOperator = 'LessThanThreshold'; } },
    ],
  },
  {
    control: 'API-ANOMALY',
    passing: { 'a band of three': band(), 'a band of its usual width': band({ ComparisonOperator: 'GreaterThanUpperThreshold' }, 'ANOMALY_DETECTION_BAND(m1)') },
    failing: [
      { finding: 'NoAnomalyAlarm', template: template({}) },
      { finding: 'NoAnomalyAlarm', template: watched() },
      { finding: 'NoAnomalyAlarm', template: band({ ThresholdMetricId: undefined }) },
      { finding: 'NoAnomalyAlarm', template: band({ ThresholdMetricId: 'm1' }) },
      { finding: 'NoAnomalyAlarm', template: band({ ComparisonOperator: 'GreaterThanThreshold' }) },
      { finding: 'NoAnomalyAlarm', template: band({}, 'ANOMALY_DETECTION_BAND(m1, 2)', { ApiName: 'invoices' }) },
      { finding: 'NoAnomalyAlarm', template: band({}, 'm1 * 2') },
      { finding: 'UnresolvedAnomalyAlarm', template: band({}, PARAMETER) },
      { finding: 'UnresolvedAnomalyAlarm', template: band({}, 'ANOMALY_DETECTION_BAND(m1, 2)', { ApiName: PARAMETER }) },
      { finding: 'UnresolvedAnomalyAlarm', template: band({ Metrics: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the alarm', finding: 'NoAnomalyAlarm', mutate: (t) => delete t.Resources.Traffic },
      { name: 'watch another API', finding: 'NoAnomalyAlarm', mutate: (t) => { t.Resources.Traffic.Properties.Metrics[0].MetricStat.Metric.Dimensions[0].Value = 'invoices'; } },
    ],
  },
  {
    control: 'API-AUTH-ALARM',
    passing: {
      'one metric for each': counted(),
      'one metric for all': template({ All: filter('{ $.status = 4* }', 'All'), Many: custom('All') }),
      'a range': refused('{ $.status >= 401 && $.status <= 403 }'),
      'a query over the metric': counted({ ManyRefused: query('SELECT SUM(Refused) FROM Orders') }),
      'a query over a metric by route': counted({
        Refused: filter('{ $.status = 40* }', 'Refused', { Dimensions: [{ Key: 'Path', Value: '$.path' }] }),
        ManyRefused: query('SELECT SUM(Refused) FROM SCHEMA(Orders, Path) GROUP BY Path ORDER BY SUM() DESC'),
      }),
      'a log group of another stack, by name': counted({
        Stage: { ...STAGE, Properties: { ...STAGE.Properties, AccessLogSetting: { DestinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:api', Format: FORMAT } } },
        Refused: { ...COUNTED.Refused, Properties: { ...COUNTED.Refused.Properties, LogGroupName: 'api' } },
        Throttled: { ...COUNTED.Throttled, Properties: { ...COUNTED.Throttled.Properties, LogGroupName: 'api' } },
      }),
      'an HTTP API': counted({
        Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: FORMAT } } },
      }),
    },
    failing: [
      { finding: 'UnwatchedRefusals', template: template({}) },
      { finding: 'UnwatchedThrottling', template: template({}) },
      { finding: 'UnwatchedRefusals', template: refused('{ $.status = 401 }') },
      { finding: 'UnwatchedRefusals', template: refused('{ $.status = 404 }') },
      { finding: 'UnwatchedRefusals', template: refused('{ $.status = * }') },
      { finding: 'UnwatchedRefusals', template: refused('') },
      { finding: 'UnwatchedRefusals', template: counted({ ManyRefused: custom('Other') }) },
      { finding: 'UnwatchedRefusals', template: counted({ ManyRefused: custom('Refused', { Namespace: 'Other' }) }) },
      { finding: 'UnwatchedRefusals', template: counted({ ManyRefused: custom('Refused', { ComparisonOperator: 'LessThanThreshold' }) }) },
      { finding: 'UnwatchedRefusals', template: counted({ ManyRefused: query('SELECT SUM(Refused) FROM Orders WHERE Path = \'/a\'') }) },
      { finding: 'UnwatchedRefusals', template: counted({ Refused: filter('{ $.status = 40* }', 'Refused', { Dimensions: [{ Key: 'Path', Value: '$.path' }] }) }) },
      { finding: 'UnwatchedThrottling', template: counted({ Throttled: { ...COUNTED.Throttled, Properties: { ...COUNTED.Throttled.Properties, LogGroupName: 'other' } } }) },
      { finding: 'UnwatchedRefusals', template: onLog({ DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '{"code":"$context.status"}' }) },
      { finding: 'UnwatchedRefusals', template: onLog({ DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '$context.status' }) },
      { finding: 'UnwatchedRefusals', template: onLog({}) },
      { finding: 'UnwatchedRefusals', template: onLog({ DestinationArn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/amazon-apigateway-log', Format: FORMAT }) },
      { finding: 'UnresolvedWatch', template: refused('{ $.status = 403 && $.path = "/orders" || $.status = 401 }') },
      { finding: 'UnresolvedWatch', template: refused('[ip, status = 4*]') },
      { finding: 'UnresolvedWatch', template: refused(PARAMETER) },
      { finding: 'UnresolvedWatch', template: onLog({ DestinationArn: PARAMETER, Format: FORMAT }) },
      { finding: 'UnresolvedWatch', template: onLog({ DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: PARAMETER }) },
      { finding: 'UnresolvedWatch', template: counted({ ManyThrottled: onMetrics(PARAMETER) }) },
      { finding: 'UnresolvedWatch', template: counted({ ManyThrottled: custom('Throttled', { Dimensions: PARAMETER }) }) },
      { finding: 'UnresolvedWatch', template: counted({ Throttled: { ...COUNTED.Throttled, Properties: { ...COUNTED.Throttled.Properties, LogGroupName: PARAMETER } } }) },
    ],
    mutations: [
      { name: 'drop the filter of refusals', finding: 'UnwatchedRefusals', mutate: (t) => delete t.Resources.Refused },
      { name: 'drop the alarm on refusals', finding: 'UnwatchedRefusals', mutate: (t) => delete t.Resources.ManyRefused },
      { name: 'drop the alarm on throttling', finding: 'UnwatchedThrottling', mutate: (t) => delete t.Resources.ManyThrottled },
      { name: 'count something else', finding: 'UnwatchedThrottling', mutate: (t) => { t.Resources.Throttled.Properties.FilterPattern = '{ $.status = 500 }'; } },
      { name: 'log another member', finding: 'UnwatchedRefusals', mutate: (t) => { t.Resources.Stage.Properties.AccessLogSetting.Format = '{"code":$context.status}'; } },
    ],
  },
];
