import { ControlCase, Template } from './control-case';

const TOLD = { Parameters: { Told: { Type: 'String' } } };
const UNKNOWN = { Ref: 'Told' };
const HEADERS = ['authorization', 'cookie', 'x-api-key'];
const LOG_ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-edge';

const aclAlone = (properties: object = {}, more: object = {}): Template => ({
  ...TOLD,
  Resources: {
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'edge', SampledRequestsEnabled: true },
        ...properties,
      },
    },
    ...more,
  },
});

const logging = (properties: object = {}, destination: object = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'aws-waf-logs-edge' } }, acl: object = {}): Template =>
  aclAlone(acl, {
    Destination: destination,
    Logging: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: { ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] }, LogDestinationConfigs: [{ 'Fn::GetAtt': ['Destination', 'Arn'] }], ...properties },
    },
  });

const filter = (DefaultBehavior: any, ...Filters: any[]) => ({ LoggingFilter: { DefaultBehavior, Filters } });
const one = (Behavior: any, Requirement: any, ...Conditions: any[]) => ({ Behavior, Requirement, Conditions });
const action = (Action: any) => ({ ActionCondition: { Action } });
const label = { LabelNameCondition: { LabelName: 'awswaf:managed:aws:core-rule-set:NoUserAgent_Header' } };

const redacted = (...names: any[]) => ({ RedactedFields: names.map((Name) => ({ SingleHeader: { Name } })) });
const protectedBy = (field: object, more: object = {}) => ({ DataProtectionConfig: { DataProtections: [{ Action: 'SUBSTITUTION', Field: field, ...more }] } });
const unsampled = { CloudWatchMetricsEnabled: true, MetricName: 'edge', SampledRequestsEnabled: false };
const sampledRule = (SampledRequestsEnabled: any) => ({ Name: 'Geo', Priority: 0, VisibilityConfig: { ...unsampled, SampledRequestsEnabled }, Statement: {}, Action: { Block: {} } });

const DIMENSIONS = { Region: 'eu-west-1', Rule: 'ALL', WebACL: 'edge' };
const dimensions = (values: object) => Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
const blocked = (values: object = DIMENSIONS) => ({ Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Dimensions: dimensions(values) });
const alarm = (properties: object, acl: object = {}): Template => aclAlone(acl, {
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, ...properties } },
});
const watching = (metric: object, acl: object = {}) => alarm({ ...metric, Threshold: 100, Period: 300 }, acl);
const query = (Expression: any, acl: object = {}) => alarm({ Threshold: 100, Metrics: [{ Id: 'q', Expression, Period: 60 }] }, acl);
const SELECT = 'SELECT SUM(BlockedRequests) FROM SCHEMA("AWS/WAFV2", Region, Rule, WebACL)';
const namedBy = (MetricName: any) => ({ VisibilityConfig: { ...unsampled, MetricName } });

/** Examples of the controls of AWS WAF on what is recorded and watched. */
export const WAFV2_LOG_CASES: readonly ControlCase[] = [
  {
    control: 'WAF-LOGGING',
    passing: {
      'a log group': logging(),
      'a log group by literal ARN': logging({ LogDestinationConfigs: [LOG_ARN] }),
      'a log group by an ARN put together': logging({
        LogDestinationConfigs: [{ 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Destination}' }],
      }),
      'a bucket whose name is put together': logging({}, { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'aws-waf-logs-${AWS::AccountId}' } } }),
      'a stream': logging({ ...filter('KEEP') }, { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamName: 'aws-waf-logs-edge' } }),
      'blocked requests alone': logging(filter('DROP', one('KEEP', 'MEETS_ANY', action('BLOCK'), label))),
      'all but what was allowed': logging(filter('KEEP', one('DROP', 'MEETS_ALL', action('ALLOW'), label), one('DROP', 'MEETS_ANY', action('ALLOW')))),
      'blocked requests before a filter that would drop them': logging(filter('DROP', one('KEEP', 'MEETS_ALL', action('BLOCK')), one('DROP', 'MEETS_ANY', action('BLOCK')))),
    },
    failing: [
      { finding: 'NoLogging', template: aclAlone() },
      { finding: 'NoLogging', template: logging({ ResourceArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/other/1' }) },
      { finding: 'NoLogging', template: logging({ LogDestinationConfigs: [] }) },
      { finding: 'DestinationName', template: logging({}, { Type: 'AWS::Logs::LogGroup', Properties: {} }) },
      { finding: 'DestinationName', template: logging({}, { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/waf/edge' } }) },
      { finding: 'DestinationName', template: logging({ LogDestinationConfigs: ['arn:aws:s3:::logs'] }) },
      { finding: 'DestinationName', template: logging({ LogDestinationConfigs: ['logs'] }) },
      { finding: 'BlockedDropped', template: logging(filter('DROP', one('KEEP', 'MEETS_ANY', action('COUNT')))) },
      { finding: 'BlockedDropped', template: logging(filter('DROP', one('KEEP', 'MEETS_ALL', action('BLOCK'), label))) },
      { finding: 'BlockedDropped', template: logging(filter('KEEP', one('DROP', 'MEETS_ANY', label))) },
      { finding: 'UnresolvedLogging', template: logging({ ResourceArn: UNKNOWN }) },
      { finding: 'UnresolvedLogging', template: logging({ LogDestinationConfigs: [UNKNOWN] }) },
      { finding: 'UnresolvedLogging', template: logging({}, { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': 'aws-${Told}' } } }) },
      { finding: 'UnresolvedLogging', template: logging({ LoggingFilter: UNKNOWN }) },
      { finding: 'UnresolvedLogging', template: logging(filter('KEEP', UNKNOWN)) },
      { finding: 'UnresolvedLogging', template: logging(filter('KEEP', one('DROP', 'MEETS_ANY', action(UNKNOWN)))) },
      { finding: 'UnresolvedLogging', template: logging(filter('KEEP', one('DROP', 'MEETS_ALL'))) },
      { finding: 'UnresolvedLogging', template: logging(filter('KEEP', one(UNKNOWN, 'MEETS_ANY', action('BLOCK')))) },
    ],
    mutations: [
      { name: 'drop the configuration', finding: 'NoLogging', mutate: (t) => delete t.Resources.Logging },
      { name: 'rename the log group', finding: 'DestinationName', mutate: (t) => { t.Resources.Destination.Properties.LogGroupName = 'waf-logs-edge'; } },
      { name: 'drop blocked requests', finding: 'BlockedDropped', mutate: (t) => Object.assign(t.Resources.Logging.Properties, filter('KEEP', one('DROP', 'MEETS_ANY', action('BLOCK')))) },
    ],
  },
  {
    control: 'WAF-LOG-REDACTION',
    passing: {
      'by name': logging(redacted('Authorization', 'cookie', 'X-API-Key')),
      'the query string as well': logging({ RedactedFields: [...redacted(...HEADERS).RedactedFields, { QueryString: {} }] }),
      'by the web ACL, every header': logging({}, undefined, protectedBy({ FieldType: 'SINGLE_HEADER' })),
      'partly by the web ACL': logging(redacted('authorization', 'x-api-key'), undefined, protectedBy({ FieldType: 'SINGLE_COOKIE' })),
      'by hashes': logging({}, undefined, protectedBy({ FieldType: 'SINGLE_HEADER', FieldKeys: HEADERS }, { Action: 'HASH', ExcludeRuleMatchDetails: false })),
    },
    failing: [
      { finding: 'NotRedacted::authorization', template: logging() },
      { finding: 'NotRedacted::cookie', template: logging(redacted('authorization', 'x-api-key')) },
      { finding: 'NotRedacted::x-api-key', template: logging(redacted('authorization', 'cookie'), undefined, protectedBy({ FieldType: 'SINGLE_HEADER', FieldKeys: ['cookie'] })) },
      { finding: 'NotRedacted::authorization', template: logging({}, undefined, protectedBy({ FieldType: 'SINGLE_HEADER' }, { ExcludeRuleMatchDetails: true })) },
      { finding: 'UnresolvedRedaction', template: logging({ RedactedFields: UNKNOWN }) },
      { finding: 'UnresolvedRedaction', template: logging(redacted(UNKNOWN)) },
      { finding: 'UnresolvedRedaction', template: logging({}, undefined, protectedBy({ FieldType: 'SINGLE_HEADER', FieldKeys: [UNKNOWN] })) },
    ],
    mutations: HEADERS.map((header, index) => ({
      name: `show ${header}`, finding: `NotRedacted::${header}`, mutate: (t: Template) => t.Resources.Logging.Properties.RedactedFields.splice(index, 1),
    })),
  },
  {
    control: 'WAF-SAMPLES',
    passing: {
      'protected headers': aclAlone(protectedBy({ FieldType: 'SINGLE_HEADER', FieldKeys: HEADERS })),
      'no samples': aclAlone({ VisibilityConfig: unsampled, Rules: [sampledRule(false)] }),
    },
    failing: [
      { finding: 'InClear::authorization', template: aclAlone() },
      { finding: 'InClear::cookie', template: aclAlone({ VisibilityConfig: unsampled, Rules: [sampledRule(true)] }) },
      { finding: 'InClear::x-api-key', template: aclAlone(protectedBy({ FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie'] })) },
      { finding: 'UnresolvedSamples', template: aclAlone({ VisibilityConfig: unsampled, Rules: [sampledRule(UNKNOWN)] }) },
      { finding: 'UnresolvedSamples', template: aclAlone({ VisibilityConfig: unsampled, Rules: UNKNOWN }) },
      { finding: 'UnresolvedSamples', template: aclAlone({ DataProtectionConfig: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the protection', finding: 'InClear::authorization', mutate: (t) => delete t.Resources.Acl.Properties.DataProtectionConfig },
      {
        name: 'show details of matches',
        finding: 'InClear::cookie',
        mutate: (t) => { t.Resources.Acl.Properties.DataProtectionConfig.DataProtections[0].ExcludeRuleMatchDetails = true; },
      },
    ],
  },
  {
    control: 'WAF-BLOCK-ALARM',
    passing: {
      'an alarm': watching(blocked()),
      'an alarm for CloudFront': watching(blocked({ Rule: 'ALL', WebACL: 'edge' }), { Scope: 'CLOUDFRONT' }),
      'a name put together': watching(blocked({ ...DIMENSIONS, WebACL: { 'Fn::Sub': '${AWS::StackName}-acl' } }), namedBy({ 'Fn::Sub': '${AWS::StackName}-acl' })),
      'an anomaly': alarm({
        ComparisonOperator: 'GreaterThanUpperThreshold',
        DatapointsToAlarm: 2,
        EvaluationPeriods: 3,
        ThresholdMetricId: 'band',
        Metrics: [{ Id: 'm', MetricStat: { Metric: blocked(), Period: 300, Stat: 'Sum' } }, { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(m, 2)' }],
      }),
      'a query for the web ACL': query(`${SELECT} WHERE WebACL = 'edge' AND Rule = 'ALL'`),
      'a query for every web ACL': query(SELECT),
      'one that watches all, beside one that watches a rule': aclAlone({}, {
        ...watching(blocked()).Resources, Second: watching(blocked({ ...DIMENSIONS, Rule: 'Rate' })).Resources.Alarm,
      }),
    },
    failing: [
      { finding: 'NoAlarm', template: aclAlone() },
      { finding: 'NoAlarm', template: watching({ ...blocked(), MetricName: 'AllowedRequests' }) },
      { finding: 'NoAlarm', template: watching(blocked({ ...DIMENSIONS, WebACL: 'other' })) },
      { finding: 'NoAlarm', template: query(`${SELECT} WHERE WebACL = 'other'`) },
      { finding: 'NoSuchMetric', template: watching(blocked({ Rule: 'ALL', WebACL: 'edge' })) },
      { finding: 'NoSuchMetric', template: watching(blocked({ Region: 'eu-west-1', WebACL: 'edge' })) },
      { finding: 'NoSuchMetric', template: watching(blocked(), { Scope: 'CLOUDFRONT' }) },
      { finding: 'PartOnly', template: watching(blocked({ ...DIMENSIONS, Rule: 'Rate' })) },
      { finding: 'PartOnly', template: watching(blocked({ Region: 'eu-west-1', ManagedRuleGroup: 'AWSManagedRulesCommonRuleSet', WebACL: 'edge' })) },
      { finding: 'PartOnly', template: query(`${SELECT} WHERE WebACL = 'edge' AND Rule = 'Rate'`) },
      { finding: 'UnresolvedAlarm', template: watching({ ...blocked(), Dimensions: UNKNOWN }) },
      { finding: 'UnresolvedAlarm', template: watching(blocked({ ...DIMENSIONS, WebACL: UNKNOWN })) },
      { finding: 'UnresolvedAlarm', template: watching(blocked({ ...DIMENSIONS, Rule: UNKNOWN })) },
      { finding: 'UnresolvedAlarm', template: query({ 'Fn::Sub': `${SELECT} WHERE WebACL = '\${Told}'` }) },
      { finding: 'UnresolvedAlarm', template: query({ 'Fn::Sub': `${SELECT} WHERE \${Told}` }) },
    ],
    mutations: [
      { name: 'drop the alarm', finding: 'NoAlarm', mutate: (t) => delete t.Resources.Alarm },
      { name: 'watch another web ACL', finding: 'NoAlarm', mutate: (t) => { t.Resources.Alarm.Properties.Dimensions[2].Value = 'other'; } },
      { name: 'forget the Region', finding: 'NoSuchMetric', mutate: (t) => t.Resources.Alarm.Properties.Dimensions.shift() },
      { name: 'watch one rule', finding: 'PartOnly', mutate: (t) => { t.Resources.Alarm.Properties.Dimensions[1].Value = 'Rate'; } },
    ],
  },
];
