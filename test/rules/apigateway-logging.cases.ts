import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const LOG_GROUP_ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:api';
const EVERYWHERE = { ResourcePath: '/*', HttpMethod: '*' };
const ORDERS = { ResourcePath: '/~1orders', HttpMethod: 'POST' };

const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const stage = (properties: object): Template => template({ Stage: { Type: 'AWS::ApiGateway::Stage', Properties: properties } });
const stageV2 = (properties: object): Template => template({ Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: properties } });
const settings = (...list: object[]): Template => stage({ MethodSettings: list });
const logging = (format: unknown): Template => stage({ AccessLogSetting: { DestinationArn: LOG_GROUP_ARN, Format: format } });
const loggingV2 = (format: unknown): Template => stageV2({ AccessLogSettings: { DestinationArn: LOG_GROUP_ARN, Format: format } });

const FIELDS = {
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  time: '$context.requestTime',
  caller: '$context.authorizer.principalId',
};
const FORMAT = JSON.stringify(FIELDS);
const HTTP_FORMAT = '{ "id":"$context.requestId","ip":"$context.identity.sourceIp","at":$context.requestTimeEpoch,"what":"$context.routeKey",'
  + '"status":$context.status,"auth":{"error":"$context.authorizer.error"} }';
const without = (...keys: string[]): string => JSON.stringify(Object.fromEntries(Object.entries(FIELDS).filter(([key]) => !keys.includes(key))));
const and = (variable: string): string => JSON.stringify({ ...FIELDS, more: variable });
const formatOf = (t: Template): { Format: string } => t.Resources.Stage.Properties.AccessLogSetting;

/** Examples of what an API writes down. */
export const APIGATEWAY_LOGGING_CASES: readonly ControlCase[] = [
  {
    control: 'API-ACCESS-LOG',
    passing: {
      'a REST API': stage({ AccessLogSetting: { DestinationArn: LOG_GROUP_ARN } }),
      'an HTTP API': stageV2({ AccessLogSettings: { DestinationArn: LOG_GROUP_ARN } }),
    },
    failing: [
      { finding: 'NoAccessLog', template: stage({}) },
      { finding: 'NoAccessLog', template: stage({ AccessLogSetting: { Format: '$context.requestId' } }) },
      { finding: 'NoAccessLog', template: stageV2({}) },
      { finding: 'UnresolvedAccessLog', template: stage({ AccessLogSetting: { DestinationArn: PARAMETER } }) },
    ],
    mutations: [{ name: 'drop the setting', finding: 'NoAccessLog', mutate: (t) => delete t.Resources.Stage.Properties.AccessLogSetting }],
  },
  {
    control: 'API-EXECUTION-LOG',
    passing: {
      'errors': settings({ ...EVERYWHERE, LoggingLevel: 'ERROR' }),
      'everything, and errors of one method': settings({ ...EVERYWHERE, LoggingLevel: 'INFO' }, { ...ORDERS, LoggingLevel: 'ERROR' }, { ...ORDERS, HttpMethod: 'GET' }),
    },
    failing: [
      { finding: 'NoExecutionLog', template: stage({}) },
      { finding: 'NoExecutionLog', template: settings({ ...EVERYWHERE }) },
      { finding: 'NoExecutionLog', template: settings({ ...EVERYWHERE, LoggingLevel: 'OFF' }) },
      { finding: 'NoExecutionLog', template: settings({ ...ORDERS, LoggingLevel: 'INFO' }) },
      { finding: 'SwitchedOff', template: settings({ ...EVERYWHERE, LoggingLevel: 'ERROR' }, { ...ORDERS, LoggingLevel: 'OFF' }) },
      { finding: 'UnresolvedLevel', template: settings({ ...EVERYWHERE, LoggingLevel: PARAMETER }) },
      { finding: 'UnresolvedLevel', template: settings({ ...EVERYWHERE, LoggingLevel: 'ERROR' }, { ...ORDERS, LoggingLevel: PARAMETER }) },
      { finding: 'UnresolvedLevel', template: stage({ MethodSettings: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the settings', finding: 'NoExecutionLog', mutate: (t) => delete t.Resources.Stage.Properties.MethodSettings },
      { name: 'switch it off', finding: 'NoExecutionLog', mutate: (t) => { t.Resources.Stage.Properties.MethodSettings[0].LoggingLevel = 'OFF'; } },
      { name: 'switch it off for one method', finding: 'SwitchedOff', mutate: (t) => t.Resources.Stage.Properties.MethodSettings.push({ ...ORDERS, LoggingLevel: 'OFF' }) },
    ],
  },
  {
    control: 'API-LOG-DATA',
    passing: { off: settings({ ...EVERYWHERE, DataTraceEnabled: false }), unsaid: stage({}) },
    failing: [
      { finding: 'DataTraced', template: settings({ ...EVERYWHERE, DataTraceEnabled: true }) },
      { finding: 'DataTraced', template: settings({ ...EVERYWHERE }, { ...ORDERS, DataTraceEnabled: 'true' }) },
      { finding: 'UnresolvedDataTrace', template: settings({ ...EVERYWHERE, DataTraceEnabled: PARAMETER }) },
      { finding: 'UnresolvedDataTrace', template: stage({ MethodSettings: PARAMETER }) },
    ],
    mutations: [{ name: 'trace', finding: 'DataTraced', mutate: (t) => { t.Resources.Stage.Properties.MethodSettings[0].DataTraceEnabled = true; } }],
  },
  {
    control: 'API-LOG-FORMAT',
    passing: {
      'a REST API': logging(FORMAT),
      'an HTTP API, with numbers': loggingV2(HTTP_FORMAT),
      'a part that deployment fills in': logging({ 'Fn::Sub': `{"stack":"\${AWS::StackName}",${FORMAT.slice(1)}` }),
    },
    failing: [
      { finding: 'NoFormat', template: stage({ AccessLogSetting: { DestinationArn: LOG_GROUP_ARN } }) },
      { finding: 'NotJson', template: logging('$context.identity.sourceIp - $context.requestId') },
      { finding: 'NotJson', template: logging('["$context.requestId"]') },
      { finding: 'NotJson', template: logging('<request id="$context.requestId"/>') },
      { finding: 'Missing::request-id', template: logging(without('requestId')) },
      { finding: 'Missing::caller-address', template: logging(without('ip')) },
      { finding: 'Missing::method', template: logging(without('method')) },
      { finding: 'Missing::path', template: logging(without('path')) },
      { finding: 'Missing::status', template: logging(without('status')) },
      { finding: 'Missing::time', template: logging(without('time')) },
      { finding: 'Missing::identity', template: logging(without('caller')) },
      { finding: 'Missing::identity', template: loggingV2(HTTP_FORMAT.replace('$context.authorizer.error', 'none')) },
      { finding: 'UnresolvedFormat', template: logging(PARAMETER) },
      { finding: 'UnresolvedFormat', template: logging({ 'Fn::Sub': '{"a":"${Parameter}"}' }) },
    ],
    mutations: [
      { name: 'forget the address', finding: 'Missing::caller-address', mutate: (t) => { formatOf(t).Format = without('ip'); } },
      { name: 'as text', finding: 'NotJson', mutate: (t) => { formatOf(t).Format = Object.values(FIELDS).join(' '); } },
    ],
  },
  {
    control: 'API-LOG-REDACTION',
    passing: {
      'who, and not by what': logging(and('$context.identity.apiKeyId $context.identity.clientCert.serialNumber $context.authorizer.claims.sub $context.authorizer.consumer')),
      'an HTTP API': loggingV2(HTTP_FORMAT),
      'as text': logging('$context.requestId $context.authorizer.integrationLatency'),
    },
    failing: [
      { finding: 'Secret::$context.identity.apiKey', template: logging(and('$context.identity.apiKey')) },
      { finding: 'Secret::$context.identity.clientCert.clientCertPem', template: logging('$context.identity.clientCert.clientCertPem') },
      { finding: 'Secret::$context.authorizer.token', template: logging(and('$context.authorizer.token')) },
      { finding: 'Secret::$context.authorizer.claims.email', template: loggingV2('$context.authorizer.claims.email') },
      { finding: 'Secret::$context.authorizer', template: logging('$context.authorizer') },
      { finding: 'Secret::$context.requestOverride.header.Authorization', template: logging('$context.requestOverride.header.Authorization') },
      { finding: 'Secret::$input.body', template: logging(and('$input.body')) },
      { finding: 'UnresolvedFormat', template: logging(PARAMETER) },
    ],
    mutations: [
      { name: 'log the key', finding: 'Secret::$context.identity.apiKey', mutate: (t) => { formatOf(t).Format = and('$context.identity.apiKey'); } },
      { name: 'log what the authorizer returned', finding: 'Secret::$context.authorizer.jwt', mutate: (t) => { formatOf(t).Format = and('$context.authorizer.jwt'); } },
    ],
  },
  {
    control: 'API-TRACING',
    passing: { on: stage({ TracingEnabled: true }) },
    failing: [
      { finding: 'NoTracing', template: stage({}) },
      { finding: 'NoTracing', template: stage({ TracingEnabled: false }) },
      { finding: 'UnresolvedTracing', template: stage({ TracingEnabled: PARAMETER }) },
    ],
    mutations: [{ name: 'switch it off', finding: 'NoTracing', mutate: (t) => { t.Resources.Stage.Properties.TracingEnabled = false; } }],
  },
];
