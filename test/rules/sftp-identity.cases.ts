import { ControlCase, Template } from './control-case';
import { ACCOUNT, attribute, PARAMETER, PROVIDER, SERVER, server } from './transfer/templates';

const SERVER_ARN = attribute('Server', 'Arn');
const TABLE_ARN = attribute('Partners', 'Arn');
const TABLE = { Type: 'AWS::DynamoDB::Table' };

const identity = (type: unknown, details?: object): Template => server({ IdentityProviderType: type, IdentityProviderDetails: details });
const byFunction = (methods: unknown): Template => identity('AWS_LAMBDA', { Function: attribute('Provider', 'Arn'), SftpAuthenticationMethods: methods });
const permission = (properties: object = {}): object => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Provider' }, Principal: 'transfer.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: SERVER_ARN, ...properties,
  },
});
const called = (properties: object = {}, beside: Record<string, object> = {}): Template => server({}, { Provider: PROVIDER, Permission: permission(properties), ...beside });
const timed = (Timeout: unknown): Template => server({}, { Provider: { Type: 'AWS::Lambda::Function', Properties: { Timeout } } });

const allow = (Action: unknown, Resource: unknown): object => ({ Effect: 'Allow', Action, Resource });
const reading = (statements: unknown, role: object = {}): Template => server({}, {
  Provider: PROVIDER,
  Partners: TABLE,
  Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'reads', PolicyDocument: { Statement: statements } }], ...role } },
});
const READS = [allow(['dynamodb:GetItem', 'dynamodb:Query'], TABLE_ARN), allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:sftp/partners/*')];

const alarm = (MetricName: string, properties: object = {}): object => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alerts'],
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Provider' } }],
    EvaluationPeriods: 1,
    MetricName,
    Namespace: 'AWS/Lambda',
    Threshold: 0,
    ...properties,
  },
});
const watched = (errors: object): Template => server({}, { Provider: PROVIDER, Errors: alarm('Errors', errors), Throttles: alarm('Throttles'), Duration: alarm('Duration') });

const selecting = (Expression: unknown, provider: object = PROVIDER): Template => server({}, {
  Provider: provider,
  Errors: alarm('', { MetricName: undefined, Namespace: undefined, Dimensions: undefined, Metrics: [{ Id: 'q', Expression, Period: 60 }] }),
  Throttles: alarm('Throttles'),
  Duration: alarm('Duration'),
});
const NAMED_PROVIDER = { ...PROVIDER, Properties: { ...PROVIDER.Properties, FunctionName: 'provider' } };

const policy = (statement: object, holders: object = { Roles: [{ Ref: 'Role' }] }): Template =>
  ({ ...server(), Resources: { Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'keys', PolicyDocument: { Statement: [statement] }, ...holders } } } });
const ONE_SERVER = 'arn:aws:transfer:eu-west-1:111122223333:server/s-0123456789abcdef0';
const NAMED = allow(['transfer:ImportHostKey', 'transfer:DeleteHostKey'], ONE_SERVER);

export const SFTP_IDENTITY_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-ADMIN-RIGHTS',
    passing: {
      'a role for one server': policy(NAMED),
      'other actions': policy(allow('transfer:List*', '*')),
      'everything, which is another control\'s': policy(allow('*', '*')),
    },
    failing: [
      { finding: 'Wildcard', template: policy(allow('transfer:*', ONE_SERVER)) },
      { finding: 'Wildcard', template: policy(allow('transfer:Import*', ONE_SERVER)) },
      { finding: 'AnyServer', template: policy(allow('transfer:ExportHostKey', '*')) },
      { finding: 'AnyServer', template: policy(allow('transfer:TestIdentityProvider', 'arn:aws:transfer:eu-west-1:111122223333:server/*')) },
      { finding: 'NotRole', template: policy(NAMED, { Groups: ['operators'] }) },
      { finding: 'NotRole', template: { Resources: { User: { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'keys', PolicyDocument: { Statement: [NAMED] } }] } } } } },
      {
        finding: 'NotRole',
        template: {
          Resources: {
            Keys: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [NAMED] } } },
            Group: { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: [{ Ref: 'Keys' }] } },
          },
        },
      },
      {
        finding: 'Managed::AWSTransferFullAccess',
        template: { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSTransferFullAccess'] } } } },
      },
      { finding: 'UnresolvedPolicy', template: policy(allow('transfer:ImportHostKey', PARAMETER)) },
      { finding: 'UnresolvedPolicy', template: policy(allow(PARAMETER, '*')) },
    ],
    mutations: [
      { name: 'allow it everywhere', finding: 'AnyServer', mutate: (t) => { t.Resources.Policy.Properties.PolicyDocument.Statement[0].Resource = '*'; } },
      { name: 'allow every action', finding: 'Wildcard', mutate: (t) => { t.Resources.Policy.Properties.PolicyDocument.Statement[0].Action = 'transfer:*'; } },
      { name: 'give it to users', finding: 'NotRole', mutate: (t) => { t.Resources.Policy.Properties.Users = ['jane']; } },
    ],
  },
  {
    control: 'SFTP-IDENTITY',
    passing: {
      'a function, by key': server(),
      'a function, by key and password': byFunction('PUBLIC_KEY_AND_PASSWORD'),
      'users of the service': identity('SERVICE_MANAGED'),
    },
    failing: [
      { finding: 'NotStated', template: identity(undefined) },
      { finding: 'PasswordAlone', template: byFunction(undefined) },
      { finding: 'PasswordAlone', template: byFunction('PUBLIC_KEY_OR_PASSWORD') },
      { finding: 'PasswordAlone', template: byFunction('PASSWORD') },
      { finding: 'PasswordAlone', template: identity('AWS_DIRECTORY_SERVICE', { DirectoryId: 'd-0123456789' }) },
      { finding: 'ApiGateway', template: identity('API_GATEWAY', { Url: 'https://a1.example.com', InvocationRole: 'arn', SftpAuthenticationMethods: 'PUBLIC_KEY' }) },
      { finding: 'ApiGateway', template: identity('API_GATEWAY', { Url: 'https://a1.example.com', InvocationRole: 'arn' }) },
      { finding: 'NoFunction', template: identity('AWS_LAMBDA') },
      { finding: 'UnresolvedFunction', template: identity('AWS_LAMBDA', { Function: 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere', SftpAuthenticationMethods: 'PUBLIC_KEY' }) },
      { finding: 'UnresolvedFunction', template: identity('AWS_LAMBDA', { Function: PARAMETER, SftpAuthenticationMethods: 'PUBLIC_KEY' }) },
      { finding: 'UnresolvedProvider', template: identity(PARAMETER) },
      { finding: 'UnresolvedProvider', template: byFunction(PARAMETER) },
    ],
    mutations: [
      { name: 'leave the method to the service', finding: 'PasswordAlone', mutate: (t) => delete t.Resources.Server.Properties.IdentityProviderDetails.SftpAuthenticationMethods },
      { name: 'take passwords', finding: 'PasswordAlone', mutate: (t) => { t.Resources.Server.Properties.IdentityProviderDetails.SftpAuthenticationMethods = 'PASSWORD'; } },
      { name: 'leave the provider to the service', finding: 'NotStated', mutate: (t) => delete t.Resources.Server.Properties.IdentityProviderType },
    ],
  },
  {
    control: 'SFTP-IDP-ALARM',
    passing: {
      'an alarm on each': watched({}),
      'a query with a series for each function': selecting('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName'),
      'a query on the function': selecting('SELECT SUM(Errors) FROM "AWS/Lambda" WHERE FunctionName = \'provider\'', NAMED_PROVIDER),
      'a composite alarm': server({}, {
        Provider: PROVIDER,
        Errors: alarm('Errors', { AlarmActions: undefined }),
        Throttles: alarm('Throttles', { AlarmActions: undefined }),
        Duration: alarm('Duration', { AlarmActions: undefined }),
        Any: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alerts'], AlarmRule: { 'Fn::Sub': 'ALARM(${Errors}) OR ALARM(${Throttles}) OR ALARM(${Duration})' } },
        },
      }),
    },
    failing: [
      { finding: 'Unwatched::Errors', template: selecting('SELECT SUM(Errors) FROM "AWS/Lambda"') },
      { finding: 'Unwatched::Errors', template: selecting('SELECT SUM(Throttles) FROM "AWS/Lambda" GROUP BY FunctionName') },
      { finding: 'Unwatched::Errors', template: selecting('SELECT SUM(Errors) FROM "AWS/Lambda" WHERE FunctionName = \'other\'', NAMED_PROVIDER) },
      { finding: 'UnresolvedWatch::Errors', template: selecting('SELECT SUM(Errors) FROM "AWS/Lambda" WHERE tag.team = \'sftp\' GROUP BY FunctionName') },
      { finding: 'UnresolvedWatch::Errors', template: watched({ MetricName: undefined, Metrics: PARAMETER }) },
      { finding: 'Unwatched::Errors', template: watched({ AlarmActions: [] }) },
      { finding: 'Unwatched::Errors', template: watched({ ActionsEnabled: false }) },
      { finding: 'Unwatched::Errors', template: watched({ Dimensions: [] }) },
      { finding: 'Unwatched::Errors', template: watched({ Dimensions: [{ Name: 'FunctionName', Value: 'other' }] }) },
      { finding: 'Unwatched::Errors', template: watched({ Namespace: 'Custom' }) },
      { finding: 'Unwatched::Errors', template: watched({ ComparisonOperator: 'LessThanThreshold' }) },
      { finding: 'Unwatched::Throttles', template: server({}, { Provider: PROVIDER }) },
      { finding: 'UnresolvedWatch::Errors', template: watched({ AlarmActions: PARAMETER }) },
      { finding: 'UnresolvedWatch::Errors', template: watched({ Dimensions: PARAMETER }) },
    ],
    mutations: [{ name: 'drop an alarm', finding: 'Unwatched::Duration', mutate: (t) => delete t.Resources.Duration }],
  },
  {
    control: 'SFTP-IDP-CALLER',
    passing: {
      'the server alone': called(),
      'the server, by an ARN with its id': called({ SourceArn: { 'Fn::Sub': 'arn:aws:transfer:${AWS::Region}:${AWS::AccountId}:server/${Server.ServerId}' } }),
    },
    failing: [
      { finding: 'NotAllowed', template: server({}, { Provider: PROVIDER }) },
      { finding: 'NotAllowed', template: called({}, { Second: { Type: 'AWS::Transfer::Server', Properties: SERVER } }) },
      { finding: 'NoSourceArn', template: called({ SourceArn: undefined }) },
      { finding: 'NoSourceArn', template: called({ SourceArn: 'arn:aws:transfer:eu-west-1:111122223333:server/*' }) },
      { finding: 'NoSourceAccount', template: called({ SourceAccount: undefined }) },
      { finding: 'OtherCaller::Permission', template: called({ Principal: 'apigateway.amazonaws.com' }) },
      { finding: 'OtherCaller::Permission', template: called({ Principal: '*' }) },
      { finding: 'FunctionUrl', template: called({}, { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: attribute('Provider', 'Arn') } } }) },
      { finding: 'UnresolvedCaller', template: called({ Principal: PARAMETER }) },
      { finding: 'UnresolvedCaller', template: called({ SourceArn: PARAMETER }) },
      { finding: 'UnresolvedCaller', template: called({ SourceAccount: PARAMETER }) },
    ],
    mutations: [
      { name: 'let every server call', finding: 'NoSourceArn', mutate: (t) => delete t.Resources.Permission.Properties.SourceArn },
      { name: 'let other accounts call', finding: 'NoSourceAccount', mutate: (t) => delete t.Resources.Permission.Properties.SourceAccount },
      { name: 'let another service call', finding: 'OtherCaller::Permission', mutate: (t) => { t.Resources.Permission.Properties.Principal = 's3.amazonaws.com'; } },
    ],
  },
  {
    control: 'SFTP-IDP-RIGHTS',
    passing: {
      'a partner of a named table': reading(READS),
      'and logs': reading(READS, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }),
    },
    failing: [
      { finding: 'ReadsAll::dynamodb:Scan', template: reading([allow('dynamodb:Scan', TABLE_ARN)]) },
      { finding: 'ReadsAll::dynamodb:PartiQLSelect', template: reading([allow('dynamodb:*', TABLE_ARN)]) },
      { finding: 'ReadsAll::secretsmanager:ListSecrets', template: reading([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]) },
      { finding: 'Wide::dynamodb:Query', template: reading([allow('dynamodb:Query', '*')]) },
      { finding: 'Wide::secretsmanager:GetSecretValue', template: reading([allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*')]) },
      { finding: 'Wide::dynamodb:GetItem', template: reading([{ Effect: 'Allow', Action: 'dynamodb:GetItem', NotResource: TABLE_ARN }]) },
      { finding: 'Managed::AmazonDynamoDBReadOnlyAccess', template: reading(READS, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess'] }) },
      { finding: 'UnresolvedRights', template: reading(READS, { ManagedPolicyArns: [PARAMETER] }) },
      { finding: 'UnresolvedRights', template: reading([allow('dynamodb:GetItem', PARAMETER)]) },
      { finding: 'UnresolvedRights', template: reading([PARAMETER]) },
      { finding: 'UnresolvedRights', template: reading([allow([PARAMETER], TABLE_ARN)]) },
      { finding: 'UnresolvedRights', template: server({}, { Provider: PROVIDER, Role: TABLE }) },
    ],
    mutations: [
      { name: 'scan', finding: 'ReadsAll::dynamodb:Scan', mutate: (t) => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Action.push('dynamodb:Scan') },
      { name: 'read every secret', finding: 'Wide::secretsmanager:GetSecretValue', mutate: (t) => { t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[1].Resource = '*'; } },
    ],
  },
  {
    control: 'SFTP-IDP-TIMEOUT',
    passing: { 'ten seconds': timed(10), 'fifteen seconds, as text': timed('15') },
    failing: [
      { finding: 'TooShort', template: timed(undefined) },
      { finding: 'TooShort', template: timed(4) },
      { finding: 'TooLong', template: timed(16) },
      { finding: 'UnresolvedTimeout', template: timed(PARAMETER) },
    ],
    mutations: [
      { name: 'leave it to Lambda', finding: 'TooShort', mutate: (t) => delete t.Resources.Provider.Properties.Timeout },
      { name: 'wait for ever', finding: 'TooLong', mutate: (t) => { t.Resources.Provider.Properties.Timeout = 900; } },
    ],
  },
];
