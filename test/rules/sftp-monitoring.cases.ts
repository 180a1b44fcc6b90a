import { ControlCase, Template } from './control-case';
import { attribute, LOG, PARAMETER, PROVIDER, server } from './transfer/templates';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const ID = attribute('Server', 'ServerId');
const ACTIVITIES = ['AUTH_FAILURE', 'KEX_FAILURE', 'CONNECTION_REJECTED', 'ERROR'];

const filter = (FilterPattern: unknown, properties: object = {}): object => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { LogGroupName: { Ref: 'Log' }, FilterPattern, MetricTransformations: [{ MetricName: 'Failures', MetricNamespace: 'Sftp', MetricValue: '1' }], ...properties },
});
const alarm = (properties: object = {}): object => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { AlarmActions: [TOPIC], ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, MetricName: 'Failures', Namespace: 'Sftp', Threshold: 10, ...properties },
});
const anyOf = (activities: readonly string[], selector = '$.activity-type'): string => `{ ${activities.map((each) => `(${selector} = "${each}")`).join(' || ')} }`;
const counted = (pattern: unknown, on: object = {}, alarmed: object = {}): Template => server({}, { Log: LOG, Filter: filter(pattern, on), Alarm: alarm(alarmed) });

const rule = (EventPattern: unknown, properties: object = {}): object => ({
  Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets: [{ Id: 'Alerts', Arn: TOPIC }], ...properties },
});
const heard = (pattern: unknown, properties: object = {}): Template => server({}, { Rule: rule(pattern, properties) });

const FAILED = ['Upload', 'Download', 'Delete', 'Rename'].map((operation) => `SFTP Server File ${operation} Failed`);
const failures = (detail: unknown = { 'server-id': [ID] }, types: unknown = FAILED): object => ({ 'source': ['aws.transfer'], 'detail-type': types, detail });

const CALLS = [
  'DeleteHostKey', 'DeleteServer', 'DeleteSshPublicKey', 'ImportHostKey', 'ImportSshPublicKey', 'StopServer', 'TestIdentityProvider', 'UpdateHostKey',
  'UpdateServer', 'UpdateUser',
];
const calls = (detail: object = {}, names: unknown = CALLS): object => ({
  'source': ['aws.transfer'], 'detail-type': ['AWS API Call via CloudTrail'], 'detail': { eventSource: ['transfer.amazonaws.com'], eventName: names, ...detail },
});
const OURS = { userIdentity: { sessionContext: { sessionIssuer: { arn: [{ 'anything-but': [attribute('Role', 'Arn')] }] } } } };
const NOBODY = { userIdentity: { sessionContext: { sessionIssuer: { arn: [{ exists: false }] } } } };

const role = (...actions: Array<readonly [unknown, unknown]>): object => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyName: 'reads', PolicyDocument: { Statement: actions.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })) } }] },
});
const TABLE_ARN = attribute('Partners', 'Arn');
const HOST_KEYS = ['transfer:ListHostKeys', ID] as const;

/** A function that runs daily, with an alarm on its failures. */
function daily(watch: object, properties: object = {}, schedule: object = { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'Watch', Arn: attribute('Watch', 'Arn') }] }): Template {
  return server(properties, {
    Provider: PROVIDER,
    Role: role(['dynamodb:GetItem', TABLE_ARN]),
    Partners: { Type: 'AWS::DynamoDB::Table' },
    Watch: { Type: 'AWS::Lambda::Function', Properties: { Role: attribute('WatchRole', 'Arn') } },
    WatchRole: watch,
    Schedule: { Type: 'AWS::Events::Rule', Properties: schedule },
    Failed: alarm({ MetricName: 'Errors', Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Watch' } }] }),
  });
}

/** A function of a schedule that logs what it finds, which an alarm counts. */
function logged(): Template {
  const template = daily(role([HOST_KEYS[0], HOST_KEYS[1]], ['dynamodb:Scan', TABLE_ARN]));
  Object.assign(template.Resources, {
    Watch: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Log' } }, Role: attribute('WatchRole', 'Arn') } },
    Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 day)', Target: { Arn: attribute('Watch', 'Arn') } } },
    Expiring: filter('{ $.message.outcome = expiring }', { MetricTransformations: [{ MetricName: 'Expiring', MetricNamespace: 'Sftp', MetricValue: '1' }] }),
    Failed: alarm({ MetricName: 'Expiring' }),
  });
  return template;
}

export const SFTP_MONITORING_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-ADMIN-EVENT',
    passing: {
      'every call': heard(calls({ requestParameters: { serverId: [ID] } })),
      'every call but those of a function': heard(calls({ $or: [OURS, NOBODY] })),
      'calls of two rules': server({}, { Rule: rule(calls(OURS)), Others: rule(calls(NOBODY)) }),
      'every call, on the default bus by its ARN': heard(calls(), { EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/default' }),
      'every call of the service': heard({ source: ['aws.transfer'] }),
    },
    failing: [
      { finding: 'Unheard::UpdateServer', template: server() },
      { finding: 'Unheard::ImportHostKey', template: heard(calls({}, ['UpdateServer'])) },
      { finding: 'Unheard::StopServer', template: heard(calls(OURS)) },
      { finding: 'Unheard::StopServer', template: heard(calls(), { State: 'DISABLED' }) },
      { finding: 'Unheard::StopServer', template: heard(calls(), { Targets: [] }) },
      { finding: 'Unheard::StopServer', template: heard(calls(), { EventBusName: 'orders' }) },
      { finding: 'Unheard::StopServer', template: heard({ source: ['aws.s3'] }) },
      { finding: 'Unheard::StopServer', template: heard(undefined, { ScheduleExpression: 'rate(1 day)' }) },
      { finding: 'Unheard::StopServer', template: server({}, { Rule: rule(calls(), { EventBusName: { Ref: 'Bus' } }), Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } } }) },
      { finding: 'Unheard::UpdateUser', template: heard(calls({}, [{ 'anything-but': ['UpdateUser'] }])) },
      { finding: 'Unheard::UpdateUser', template: heard(calls({}, [{ 'anything-but': { prefix: 'Update' } }])) },
      { finding: 'UnresolvedRule::StopServer', template: heard(PARAMETER) },
      { finding: 'UnresolvedRule::StopServer', template: heard(calls({}, [PARAMETER])) },
      { finding: 'UnresolvedRule::StopServer', template: heard(calls({ requestParameters: { serverId: ['s-0123456789abcdef0'] } })) },
    ],
    mutations: [
      { name: 'leave out stops', finding: 'Unheard::StopServer', mutate: (t) => { t.Resources.Rule.Properties.EventPattern.detail.eventName = CALLS.filter((call) => call !== 'StopServer'); } },
      { name: 'switch it off', finding: 'Unheard::UpdateServer', mutate: (t) => { t.Resources.Rule.Properties.State = 'DISABLED'; } },
    ],
  },
  {
    control: 'SFTP-AUTH-ALARM',
    passing: {
      'one filter for all': counted(anyOf(ACTIVITIES)),
      'names in brackets': counted(anyOf(ACTIVITIES, '$.[\'activity-type\']')),
      'everything but what every day has': counted('{ $.activity-type = *FAILURE || $.activity-type = CONNECTION_REJECTED || $.activity-type = ERROR }'),
    },
    failing: [
      { finding: 'Unwatched::AUTH_FAILURE', template: server({}, { Log: LOG }) },
      { finding: 'Unwatched::ERROR', template: counted(anyOf(ACTIVITIES.slice(0, 3))) },
      { finding: 'Unwatched::ERROR', template: counted('') },
      { finding: 'Unwatched::ERROR', template: counted(anyOf(ACTIVITIES), {}, { AlarmActions: [] }) },
      { finding: 'Unwatched::ERROR', template: counted(anyOf(ACTIVITIES), {}, { MetricName: 'Other' }) },
      { finding: 'Unwatched::ERROR', template: counted(anyOf(ACTIVITIES), { LogGroupName: 'other' }) },
      { finding: 'UnresolvedWatch::AUTH_FAILURE', template: counted('{ $.activity-type = AUTH_FAILURE && $.user = acme }') },
      { finding: 'UnresolvedWatch::AUTH_FAILURE', template: counted('AUTH_FAILURE') },
      { finding: 'UnresolvedWatch::AUTH_FAILURE', template: counted(PARAMETER) },
      { finding: 'UnresolvedWatch::ERROR', template: server({ StructuredLogDestinations: [PARAMETER] }) },
    ],
    mutations: [
      { name: 'drop the alarm', finding: 'Unwatched::AUTH_FAILURE', mutate: (t) => delete t.Resources.Alarm },
      { name: 'tell nobody', finding: 'Unwatched::KEX_FAILURE', mutate: (t) => delete t.Resources.Alarm.Properties.AlarmActions },
      { name: 'leave out rejected connections', finding: 'Unwatched::CONNECTION_REJECTED', mutate: (t) => { t.Resources.Filter.Properties.FilterPattern = anyOf(['AUTH_FAILURE', 'KEX_FAILURE', 'ERROR']); } },
    ],
  },
  {
    control: 'SFTP-FAILURE-EVENT',
    passing: {
      'each operation': heard(failures()),
      'by a prefix and a suffix': server({}, {
        Rule: rule(failures(undefined, [{ prefix: 'SFTP Server File Upload' }, { suffix: 'Download Failed' }])),
        Others: rule(failures(undefined, [{ wildcard: 'SFTP Server File * Failed' }])),
      }),
      'of a pattern as text': heard(JSON.stringify({ 'source': ['aws.transfer'], 'detail-type': FAILED })),
    },
    failing: [
      { finding: 'Unheard::Upload', template: server() },
      { finding: 'Unheard::Rename', template: heard(failures(undefined, FAILED.slice(0, 3))) },
      { finding: 'Unheard::Upload', template: heard(failures(undefined, ['SFTP Server File Upload Completed'])) },
      { finding: 'Unheard::Upload', template: server({}, { Rule: rule(failures({ 'server-id': [attribute('Other', 'ServerId')] })), Other: { Type: 'AWS::Transfer::Server' } }) },
      { finding: 'Unheard::Upload', template: heard(failures({ protocol: ['FTPS'] })) },
      { finding: 'UnresolvedRule::Upload', template: heard(failures({ username: ['acme'] })) },
      { finding: 'UnresolvedRule::Upload', template: heard(failures(), { Targets: PARAMETER }) },
      { finding: 'UnresolvedRule::Upload', template: heard(failures(), { State: PARAMETER }) },
      { finding: 'UnresolvedRule::Upload', template: heard(failures(), { EventBusName: PARAMETER }) },
    ],
    mutations: [
      { name: 'hear of what went well', finding: 'Unheard::Upload', mutate: (t) => { t.Resources.Rule.Properties.EventPattern['detail-type'] = ['SFTP Server File Upload Completed']; } },
      { name: 'tell nobody', finding: 'Unheard::Download', mutate: (t) => { t.Resources.Rule.Properties.Targets = []; } },
    ],
  },
  {
    control: 'SFTP-KEY-AGE',
    passing: {
      'a daily function that reads both': daily(role([HOST_KEYS[0], HOST_KEYS[1]], ['dynamodb:Scan', TABLE_ARN])),
      'a schedule, and an alarm on what the function logs': logged(),
      'users of the service': daily(role([HOST_KEYS[0], HOST_KEYS[1]], ['transfer:DescribeUser', '*']), { IdentityProviderType: 'SERVICE_MANAGED' }),
    },
    failing: [
      { finding: 'Unwatched::HostKeys', template: daily(role(['dynamodb:Scan', TABLE_ARN])) },
      { finding: 'Unwatched::PartnerKeys', template: daily(role([HOST_KEYS[0], HOST_KEYS[1]])) },
      { finding: 'Unwatched::PartnerKeys', template: daily(role([HOST_KEYS[0], HOST_KEYS[1]], ['dynamodb:Scan', TABLE_ARN]), { IdentityProviderType: 'SERVICE_MANAGED' }) },
      { finding: 'Unwatched::HostKeys', template: daily(role([HOST_KEYS[0], HOST_KEYS[1]]), {}, { EventPattern: { source: ['aws.s3'] }, Targets: [{ Id: 'Watch', Arn: attribute('Watch', 'Arn') }] }) },
      { finding: 'Unwatched::HostKeys', template: daily(role([HOST_KEYS[0], HOST_KEYS[1]]), {}, { ScheduleExpression: 'rate(1 day)', State: 'DISABLED', Targets: [{ Id: 'Watch', Arn: attribute('Watch', 'Arn') }] }) },
      { finding: 'UnresolvedWatch::HostKeys', template: daily({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'reads', PolicyDocument: { Statement: [PARAMETER] } }] } }) },
      { finding: 'UnresolvedWatch::PartnerKeys', template: daily(role([HOST_KEYS[0], HOST_KEYS[1]]), { IdentityProviderDetails: { Function: PARAMETER } }) },
    ],
    mutations: [
      { name: 'drop the schedule', finding: 'Unwatched::HostKeys', mutate: (t) => delete t.Resources.Schedule },
      { name: 'tell nobody', finding: 'Unwatched::PartnerKeys', mutate: (t) => delete t.Resources.Failed },
    ],
  },
];
