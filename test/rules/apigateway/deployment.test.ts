import { CONTROLS } from '../../../src/compliance';
import { check, RULES } from '../../../src/rules';

type Json = Record<string, any>;

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const LOG_GROUP_ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:api';
const API = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } };
const EVERYWHERE = { ResourcePath: '/*', HttpMethod: '*' };

/** Controls of stages, each of which a deployment can make. */
const OF_STAGES = CONTROLS.filter(({ resourceTypes }) => resourceTypes.includes('AWS::ApiGateway::Stage')).map(({ id }) => id);

function told(control: string, properties: Json, more: Json = {}): string[] {
  const template = { Parameters: { Parameter: { Type: 'String' } }, Resources: { Api: API, Made: { Type: DEPLOYMENT, Properties: { RestApiId: { Ref: 'Api' }, ...properties } }, ...more } };
  return check([{ name: 'Stack', template }], RULES.filter((rule) => rule.control === control)).filter(({ logicalId }) => logicalId === 'Made')
    .map(({ finding, outcome, property }) => `${finding || outcome} ${property}`.trim());
}

const described = (control: string, StageDescription: unknown, more: Json = {}): string[] => told(control, { StageName: 'prod', StageDescription }, more);

test('every control of stages governs deployments too', () => {
  expect(CONTROLS.filter(({ resourceTypes }) => resourceTypes.includes(DEPLOYMENT)).map(({ id }) => id)).toEqual(OF_STAGES);
  expect(OF_STAGES.length).toBeGreaterThan(10);
});

test.each(OF_STAGES)('%s does not concern a deployment that makes no stage', (control) => {
  expect(told(control, { StageDescription: { TracingEnabled: true } })).toEqual(['not-applicable']);
});

test.each([
  ['API-ACCESS-LOG', ['NoAccessLog StageDescription.AccessLogSetting.DestinationArn']],
  ['API-EXECUTION-LOG', ['NoExecutionLog StageDescription.MethodSettings']],
  ['API-TRACING', ['NoTracing StageDescription.TracingEnabled']],
  ['API-THROTTLING', ['NoLimits']],
  ['API-WAF', ['NoWebAcl']],
  ['API-AUTH-ALARM', ['UnwatchedRefusals', 'UnwatchedThrottling']],
  ['API-ALARMS', ['Unwatched4xx', 'Unwatched5xx', 'UnwatchedLatency']],
  ['API-ANOMALY', ['NoAnomalyAlarm']],
  ['API-LOG-DATA', ['compliant']],
  ['API-CACHE-ENCRYPTION', ['not-applicable']],
  ['API-LOG-FORMAT', ['not-applicable']],
])('%s judges a stage without description by the defaults', (control, expected) => {
  expect(told(control, { StageName: 'prod' })).toEqual(expected);
});

test.each<[string, Json, string[]]>([
  ['API-ACCESS-LOG', { AccessLogSetting: { DestinationArn: LOG_GROUP_ARN } }, ['compliant StageDescription.AccessLogSetting.DestinationArn']],
  ['API-LOG-FORMAT', { AccessLogSetting: { DestinationArn: LOG_GROUP_ARN, Format: '$context.requestId' } }, ['NotJson StageDescription.AccessLogSetting.Format']],
  ['API-LOG-REDACTION', { AccessLogSetting: { DestinationArn: LOG_GROUP_ARN, Format: '$context.identity.apiKey' } }, ['Secret::$context.identity.apiKey StageDescription.AccessLogSetting.Format']],
  ['API-EXECUTION-LOG', { LoggingLevel: 'ERROR' }, ['compliant']],
  ['API-EXECUTION-LOG', { LoggingLevel: 'OFF' }, ['NoExecutionLog StageDescription.LoggingLevel']],
  ['API-EXECUTION-LOG', { MethodSettings: [{ ...EVERYWHERE, LoggingLevel: 'INFO' }] }, ['compliant']],
  ['API-EXECUTION-LOG', { MetricsEnabled: true, MethodSettings: [{ ...EVERYWHERE, LoggingLevel: 'INFO' }] }, ['compliant']],
  ['API-EXECUTION-LOG', { LoggingLevel: 'ERROR', MethodSettings: [{ ...EVERYWHERE, MetricsEnabled: true }] }, ['compliant']],
  ['API-EXECUTION-LOG', { LoggingLevel: 'OFF', MethodSettings: [{ ...EVERYWHERE, LoggingLevel: 'INFO' }] }, ['NoExecutionLog StageDescription.LoggingLevel']],
  ['API-EXECUTION-LOG', { LoggingLevel: 'INFO', MethodSettings: [{ ...EVERYWHERE, LoggingLevel: 'OFF' }] }, ['NoExecutionLog StageDescription.MethodSettings.0.LoggingLevel']],
  ['API-LOG-DATA', { DataTraceEnabled: true }, ['DataTraced StageDescription.DataTraceEnabled']],
  ['API-LOG-DATA', { MetricsEnabled: true, MethodSettings: [{ ...EVERYWHERE, DataTraceEnabled: true }] }, ['DataTraced StageDescription.MethodSettings.0.DataTraceEnabled']],
  ['API-TRACING', { TracingEnabled: true }, ['compliant StageDescription.TracingEnabled']],
  ['API-THROTTLING', { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 }, ['compliant']],
  ['API-CACHE-ENCRYPTION', { CacheClusterEnabled: true, CachingEnabled: true }, ['PlainCache StageDescription.CacheDataEncrypted']],
  ['API-CACHE-ENCRYPTION', { CacheClusterEnabled: true, CachingEnabled: true, CacheDataEncrypted: true }, ['compliant']],
])('%s reads a description: %j', (control, description, expected) => {
  expect(described(control, description)).toEqual(expected);
});

test.each([
  ['API-ACCESS-LOG', 'UnresolvedAccessLog'], ['API-CACHE-ENCRYPTION', 'UnresolvedCache'], ['API-EXECUTION-LOG', 'UnresolvedLevel'], ['API-LOG-DATA', 'UnresolvedDataTrace'],
  ['API-LOG-FORMAT', 'UnresolvedFormat'], ['API-LOG-REDACTION', 'UnresolvedFormat'], ['API-THROTTLING', 'UnresolvedLimits'], ['API-TRACING', 'UnresolvedTracing'],
])('%s cannot tell of a description that deployment tells', (control, finding) => {
  expect(described(control, { Ref: 'Parameter' }).map((each) => each.split(' ')[0])).toEqual([finding]);
});

test('a client certificate is shown by a described stage too', () => {
  const Method = { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET', Integration: { Type: 'HTTP', Uri: 'https://erp.example.com' } } };
  expect(described('API-BACKEND-CERTIFICATE', {}, { Method })).toEqual(['NoCertificate StageDescription.ClientCertificateId']);
  expect(described('API-BACKEND-CERTIFICATE', { ClientCertificateId: 'abc123' }, { Method })).toEqual(['compliant StageDescription.ClientCertificateId']);
});

test('a web ACL stands before the stage that it names', () => {
  const Association = { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/prod' }, WebACLArn: 'acl' } };
  expect(described('API-WAF', {}, { Association })).toEqual(['compliant']);
});

test('a usage plan limits the stage by its name, and not by the id of the deployment', () => {
  const plan = (stage: unknown) => ({ Plan: { Type: 'AWS::ApiGateway::UsagePlan', Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: stage }], Throttle: { RateLimit: 1, BurstLimit: 2 } } } });
  expect(described('API-THROTTLING', {}, plan('prod'))).toEqual(['compliant']);
  expect(described('API-THROTTLING', {}, plan({ Ref: 'Made' }))).toEqual(['NoLimits']);
});
