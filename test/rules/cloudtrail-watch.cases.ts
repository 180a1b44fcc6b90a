import { CIS_FILTERS } from './cloudtrail/cis-filters';
import { attribute, PARAMETER, trail, trailIn } from './cloudtrail/templates';
import { ControlCase, Template } from './control-case';

type Resources = Template['Resources'];

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const alarm = (MetricName: string, Namespace = 'Audit') => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { MetricName, Namespace, ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, AlarmActions: [TOPIC] },
});
const filter = (name: string, FilterPattern: unknown, LogGroupName: unknown = { Ref: 'Log' }) => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { FilterPattern, LogGroupName, MetricTransformations: [{ MetricName: name, MetricNamespace: 'Audit', MetricValue: '1' }] },
});
const watches = (filters: Readonly<Record<string, unknown>>): Resources => Object.fromEntries(Object.entries(filters)
  .flatMap(([name, pattern]) => [[`${name}Filter`, filter(name, pattern)], [`${name}Alarm`, alarm(name)]]));

const OTHER: Resources = { Other: { Type: 'AWS::Logs::LogGroup', Properties: {} } };

const detecting = (changes: Readonly<Record<string, unknown>> = {}, beside: Resources = {}): Template =>
  trail({}, structuredClone({ ...watches({ ...CIS_FILTERS, ...changes }), ...OTHER, ...beside }));
const properties = (t: Template, id: string): any => t.Resources[id].Properties;

/** One filter for each half of what the benchmark has in one, and other words for the same. */
const OTHER_WORDS = {
  KmsDisableOrScheduleDeletion: '{ $.eventName = "DisableKey" }',
  MoreKeys: '{ $.eventName = "Schedule*" && $.eventSource = "kms.amazonaws.com" }',
  UnauthorizedApiCalls: '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") }',
  RootUsage: '{ $.userIdentity.type = "Root" }',
};

const SCHEDULE = { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Digest', Arn: attribute('Digest', 'Arn') }] } };
const allow = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Allow', Action, Resource });
const QUERY = allow(['logs:StartQuery', 'logs:GetQueryResults'], { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Log}:*' });
const failures = (dimension: unknown) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName: 'Errors', Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: dimension }], ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, AlarmActions: [TOPIC],
  },
});
const reviewed = (statement: object = QUERY, beside: Resources = {}): Template => trail({}, structuredClone({
  Digest: { Type: 'AWS::Lambda::Function', Properties: { Role: attribute('DigestRole', 'Arn') } },
  DigestRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, Policies: [{ PolicyName: 'read', PolicyDocument: { Statement: [statement] } }] } },
  Schedule: SCHEDULE,
  Failures: failures({ Ref: 'Digest' }),
  ...beside,
}));
const SCHEDULED_QUERY = { Type: 'AWS::Logs::ScheduledQuery', Properties: { LogGroupIdentifiers: [attribute('Log', 'Arn')], ScheduleExpression: 'cron(0 5 * * ? *)' } };

/** Who looks at what a trail records. */
export const CLOUDTRAIL_WATCH_CASES: readonly ControlCase[] = [
  {
    control: 'TRAIL-DETECTIONS',
    passing: { 'the filters of the benchmark': detecting(), 'other filters that match the same': detecting(OTHER_WORDS) },
    failing: [
      ...Object.keys(CIS_FILTERS).map((name) => ({ finding: `Unwatched::${name}`, template: detecting({ [name]: '{ $.eventName = "Nothing" }' }) })),
      { finding: 'Unwatched::CloudTrailChanges', template: detecting({ CloudTrailChanges: CIS_FILTERS.CloudTrailChanges.replace('StopLogging', 'StopLoggings') }) },
      { finding: 'Unwatched::CloudTrailChanges', template: detecting({ CloudTrailChanges: '{ $.eventName = "*" }' }) },
      { finding: 'Unwatched::CloudTrailChanges', template: detecting({ CloudTrailChanges: '' }) },
      { finding: 'Unwatched::RootUsage', template: detecting({}, { RootUsageFilter: filter('RootUsage', CIS_FILTERS.RootUsage, 'another') }) },
      { finding: 'Unwatched::RootUsage', template: detecting({}, { RootUsageAlarm: alarm('RootUsage', 'Elsewhere') }) },
      { finding: 'UnresolvedWatch::RootUsage', template: detecting({ RootUsage: PARAMETER }) },
      { finding: 'UnresolvedWatch::RootUsage', template: trail({ CloudWatchLogsLogGroupArn: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop an alarm', finding: 'Unwatched::RootUsage', mutate: (t) => delete t.Resources.RootUsageAlarm },
      { name: 'silence an alarm', finding: 'Unwatched::RootUsage', mutate: (t) => { properties(t, 'RootUsageAlarm').ActionsEnabled = false; } },
      { name: 'an alarm when less happens', finding: 'Unwatched::RootUsage', mutate: (t) => { properties(t, 'RootUsageAlarm').ComparisonOperator = 'LessThanThreshold'; } },
      { name: 'drop a filter', finding: 'Unwatched::VpcChanges', mutate: (t) => delete t.Resources.VpcChangesFilter },
      {
        name: 'leave out one call',
        finding: 'Unwatched::IamPolicyChanges',
        mutate: (t) => { properties(t, 'IamPolicyChangesFilter').FilterPattern = CIS_FILTERS.IamPolicyChanges.replace(' || ($.eventName=PutUserPolicy)', ''); },
      },
      { name: 'another log group for the trail', finding: 'Unwatched::RootUsage', mutate: (t) => { trailIn(t).CloudWatchLogsLogGroupArn = attribute('Other', 'Arn'); } },
    ],
  },
  {
    control: 'REVIEW-SCHEDULE',
    passing: {
      'a function that queries the log': reviewed(),
      'a function that asks Athena': reviewed(allow('athena:StartQueryExecution')),
      'a function that reads the files': reviewed(allow('s3:GetObject', { 'Fn::Sub': '${Bucket.Arn}/*' })),
      'scheduled queries and a function that reads their results': reviewed(allow('logs:GetScheduledQueryHistory'), { Queries: SCHEDULED_QUERY }),
    },
    failing: [
      { finding: 'NoReview', template: trail() },
      { finding: 'NoReview', template: reviewed(allow('logs:StartQuery', attribute('Other', 'Arn')), OTHER) },
      { finding: 'NoReview', template: reviewed(QUERY, { Schedule: { Type: 'AWS::Events::Rule', Properties: { ...SCHEDULE.Properties, State: 'DISABLED' } } }) },
      { finding: 'Unread', template: trail({}, { Queries: SCHEDULED_QUERY }) },
      { finding: 'Unwatched', template: reviewed(QUERY, { Failures: failures('another') }) },
      { finding: 'UnresolvedReview', template: reviewed(QUERY, { Failures: failures(PARAMETER) }) },
      { finding: 'UnresolvedReview', template: reviewed(allow(PARAMETER)) },
      { finding: 'UnresolvedReview', template: reviewed(QUERY, { Digest: { Type: 'AWS::Lambda::Function', Properties: { Role: PARAMETER } } }) },
    ],
    mutations: [
      { name: 'run it no more', finding: 'NoReview', mutate: (t) => delete t.Resources.Schedule },
      { name: 'drop the right', finding: 'NoReview', mutate: (t) => { properties(t, 'DigestRole').Policies = []; } },
      { name: 'drop the alarm', finding: 'Unwatched', mutate: (t) => delete t.Resources.Failures },
    ],
  },
];
