import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const FUNCTION_ARN = { 'Fn::GetAtt': ['Function', 'Arn'] };
const QUEUE_ARN = { 'Fn::GetAtt': ['Queue', 'Arn'] };
const PARAMETER = { Ref: 'Parameter' };

/** A template with a parameter, for values that the template does not tell. */
const template = (resources: Record<string, object>): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources: resources });
const one = (id: string, type: string) => (properties: object): Template => template({ [id]: { Type: type, Properties: properties } });
const func = one('Function', 'AWS::Lambda::Function');
const layerPermission = one('Permission', 'AWS::Lambda::LayerVersionPermission');
const resourcePolicy = one('Policy', 'AWS::Lambda::ResourcePolicy');
const url = one('Url', 'AWS::Lambda::Url');

const permission = (properties: object): Template => one('Permission', 'AWS::Lambda::Permission')({
  Action: 'lambda:InvokeFunction', FunctionName: 'worker', ...properties,
});
const variables = (values: object, properties: object = {}): Template => func({ Environment: { Variables: values }, ...properties });

const calledBy = (resources: Record<string, object>, properties: object = {}): Template => template({
  Function: { Type: 'AWS::Lambda::Function', Properties: properties }, ...resources,
});
const callPermission = (properties: object): object => ({
  Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: FUNCTION_ARN, ...properties },
});

const polling = (mapping: object, queue: object, properties: object = { Timeout: 10 }): Template => template({
  Function: { Type: 'AWS::Lambda::Function', Properties: properties },
  Queue: { Type: 'AWS::SQS::Queue', Properties: queue },
  Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: QUEUE_ARN, FunctionName: { Ref: 'Function' }, ...mapping } },
});
const streaming = (mapping: object): Template => template({
  Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] }, FunctionName: 'worker', ...mapping },
  },
});
const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const REDRIVEN = { RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed', maxReceiveCount: 3 } };
const TO_QUEUE = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } } };

const statement = (properties: object): Template => resourcePolicy({
  ResourceArn: 'arn:aws:lambda:eu-west-1:111122223333:function:worker',
  PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*', ...properties }] },
});
const conditional = (condition: object): Template => statement({ Principal: '*', Condition: condition });

export const LAMBDA_CASES: readonly ControlCase[] = [
  {
    control: 'LAMBDA-CONCURRENCY',
    passing: { 'a reservation': func({ ReservedConcurrentExecutions: 5 }), 'a reservation as text': func({ ReservedConcurrentExecutions: '5' }) },
    failing: [
      { finding: 'NotReserved', template: func({}) },
      { finding: 'UnresolvedConcurrency', template: func({ ReservedConcurrentExecutions: PARAMETER }) },
    ],
    mutations: [{ name: 'drop the reservation', finding: 'NotReserved', mutate: (t) => delete t.Resources.Function.Properties.ReservedConcurrentExecutions }],
  },
  {
    control: 'LAMBDA-DLQ',
    passing: {
      'a dead-letter queue': func({ DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' } }),
      'a destination for failures': calledBy({
        Config: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: { FunctionName: { Ref: 'Function' }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } } },
        },
        Queue: { Type: 'AWS::SQS::Queue' },
      }),
    },
    failing: [
      { finding: 'NoDestination', template: func({}) },
      { finding: 'NoDestination', template: calledBy({ Permission: callPermission({ Principal: 's3.amazonaws.com' }) }) },
      {
        finding: 'NoDestination',
        template: calledBy({
          Permission: callPermission({ Principal: 'apigateway.amazonaws.com' }),
          Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'Target', Arn: FUNCTION_ARN }] } },
        }),
      },
      {
        finding: 'NoDestination',
        template: calledBy({
          Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: FUNCTION_ARN, AuthType: 'AWS_IAM' } },
          Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Function' }, Name: 'live' } },
          Permission: callPermission({ FunctionName: { Ref: 'Alias' }, Principal: 'events.amazonaws.com' }),
        }),
      },
      { finding: 'UnresolvedDestination', template: func({ DeadLetterConfig: { TargetArn: PARAMETER } }) },
    ],
    mutations: [
      { name: 'drop the queue', finding: 'NoDestination', mutate: (t) => delete t.Resources.Function.Properties.DeadLetterConfig },
      { name: 'empty the configuration', finding: 'NoDestination', mutate: (t) => { t.Resources.Function.Properties.DeadLetterConfig = {}; } },
    ],
  },
  {
    control: 'LAMBDA-ENV-CMK',
    passing: { 'a key by ARN': variables({ MODE: 'fast' }, { KmsKeyArn: KEY_ARN }) },
    failing: [
      { finding: 'NoKey', template: variables({ MODE: 'fast' }) },
      { finding: 'AwsManagedKey', template: variables({ MODE: 'fast' }, { KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/aws/lambda' }) },
      { finding: 'UnresolvedKey', template: variables({ MODE: 'fast' }, { KmsKeyArn: PARAMETER }) },
    ],
    mutations: [{ name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Function.Properties.KmsKeyArn }],
  },
  {
    control: 'LAMBDA-ENV-SECRET',
    passing: {
      'where the secret is': variables({ DB_PASSWORD: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1b2c3', SECRET_NAME: 'db', apiKeyId: 'k1', MAX_TOKENS: '9' }),
      'a reference to the secret': template({
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Function: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { DB_SECRET: { Ref: 'Secret' }, TOKEN_CHECK: 'true' } } } },
      }),
      'no variables': func({}),
    },
    failing: [
      { finding: 'PlainSecret::DB_PASSWORD', template: variables({ DB_PASSWORD: 'correct horse' }) },
      { finding: 'PlainSecret::dbPassword', template: variables({ dbPassword: 'correct horse' }) },
      { finding: 'PlainSecret::ApiKey', template: variables({ ApiKey: 'correct horse' }) },
      { finding: 'SecretShape::USER', template: variables({ USER: 'AKIAIOSFODNN7EXAMPLE' }) },
      { finding: 'SecretShape::PEM', template: variables({ PEM: '-----BEGIN EC PRIVATE KEY-----' }) },
      { finding: 'SecretShape::DATABASE_URL', template: variables({ DATABASE_URL: 'postgres://app:correct-horse@db.example.com/app' }) },
      { finding: 'ResolvedSecret::DB', template: variables({ DB: '{{resolve:secretsmanager:db:SecretString:password}}' }) },
      { finding: 'ResolvedSecret::DB', template: variables({ DB: '{{resolve:ssm-secure:/db/password}}' }) },
      {
        finding: 'ResolvedSecret::DB',
        template: template({
          Secret: { Type: 'AWS::SecretsManager::Secret' },
          Function: {
            Type: 'AWS::Lambda::Function',
            Properties: { Environment: { Variables: { DB: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}']] } } } },
          },
        }),
      },
      {
        finding: 'ResolvedSecret::KEY',
        template: template({
          Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'app' } },
          Function: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { KEY: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } } } },
        }),
      },
      { finding: 'UnresolvedSecret::API_TOKEN', template: variables({ API_TOKEN: PARAMETER }) },
      { finding: 'UnresolvedEnvironment', template: func({ Environment: PARAMETER }) },
    ],
    mutations: [
      { name: 'replace the ARN by the secret', finding: 'PlainSecret::DB_PASSWORD', mutate: (t) => { t.Resources.Function.Properties.Environment.Variables.DB_PASSWORD = 'correct horse'; } },
      {
        name: 'resolve the secret in the template',
        finding: 'ResolvedSecret::SECRET_NAME',
        mutate: (t) => { t.Resources.Function.Properties.Environment.Variables.SECRET_NAME = '{{resolve:secretsmanager:db}}'; },
      },
    ],
  },
  {
    control: 'LAMBDA-LOG-GROUP',
    passing: {
      'a log group by reference': template({
        Logs: { Type: 'AWS::Logs::LogGroup' },
        Function: { Type: 'AWS::Lambda::Function', Properties: { LoggingConfig: { LogGroup: { Ref: 'Logs' } } } },
      }),
      'a log group of the default name': template({
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/aws/lambda/${Function}' } } },
        Function: { Type: 'AWS::Lambda::Function', Properties: {} },
      }),
      'a log group with a literal name': template({
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/worker' } },
        Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'worker' } },
      }),
      'a log group named by the same parameter': template({
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Sub': '/aws/lambda/${Parameter}' } } },
        Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: PARAMETER } },
      }),
    },
    failing: [
      { finding: 'NoLogGroup', template: func({}) },
      {
        finding: 'NoLogGroup',
        template: template({
          Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/other' } },
          Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'worker' } },
        }),
      },
      { finding: 'UnresolvedLogGroup', template: func({ LoggingConfig: { LogGroup: 'elsewhere' } }) },
    ],
    mutations: [
      { name: 'drop the configuration', finding: 'NoLogGroup', mutate: (t) => delete t.Resources.Function.Properties.LoggingConfig },
      { name: 'name another group', finding: 'UnresolvedLogGroup', mutate: (t) => { t.Resources.Function.Properties.LoggingConfig.LogGroup = PARAMETER; } },
    ],
  },
  {
    control: 'LAMBDA-PERMISSION-ACTION',
    passing: { 'a call': permission({ Principal: '111122223333' }), 'a call by URL': permission({ Action: 'lambda:InvokeFunctionUrl', Principal: '111122223333' }) },
    failing: [
      { finding: 'Action::lambda:*', template: permission({ Action: 'lambda:*' }) },
      { finding: 'Action::*', template: permission({ Action: '*' }) },
      { finding: 'UnresolvedAction', template: permission({ Action: PARAMETER }) },
    ],
    mutations: [
      { name: 'widen the action', finding: 'Action::lambda:*', mutate: (t) => { t.Resources.Permission.Properties.Action = 'lambda:*'; } },
      { name: 'change the code instead', finding: 'Action::lambda:UpdateFunctionCode', mutate: (t) => { t.Resources.Permission.Properties.Action = 'lambda:UpdateFunctionCode'; } },
    ],
  },
  {
    control: 'LAMBDA-PERMISSION-PUBLIC',
    passing: {
      'anybody of one organization': permission({ Principal: '*', PrincipalOrgID: 'o-a1b2c3d4e5' }),
      'one account': permission({ Principal: '111122223333' }),
      'a role of an account that is a parameter': permission({ Principal: { 'Fn::Sub': 'arn:aws:iam::${Parameter}:role/caller' } }),
      'anybody from one bucket': permission({ Principal: '*', SourceArn: 'arn:aws:s3:::incoming' }),
      'a layer for one organization': layerPermission({ Action: 'lambda:GetLayerVersion', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' }),
      'a policy for one account': statement({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
      'a policy for one organization': conditional({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      'a policy as text': resourcePolicy({ PolicyDocument: '{"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"lambda:InvokeFunction"}}' }),
    },
    failing: [
      { finding: 'Public', template: permission({ Principal: '*' }) },
      { finding: 'Public', template: permission({ Principal: '*', SourceArn: '*' }) },
      { finding: 'Public', template: permission({ Principal: '*', SourceArn: 'arn:aws:s3:::*' }) },
      { finding: 'Public', template: permission({ Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }) },
      {
        finding: 'Public',
        template: calledBy({
          Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: FUNCTION_ARN, AuthType: 'NONE' } },
          Permission: callPermission({ Principal: '*' }),
        }),
      },
      { finding: 'Public', template: layerPermission({ Action: 'lambda:GetLayerVersion', Principal: '*' }) },
      { finding: 'Public', template: statement({ Principal: { AWS: ['*'] } }) },
      { finding: 'Public', template: statement({ NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }) },
      { finding: 'Public', template: conditional({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }) },
      { finding: 'Public', template: conditional({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }) },
      { finding: 'Public', template: conditional({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }) },
      { finding: 'Public', template: conditional({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }) },
      { finding: 'Public', template: conditional({ Bool: { 'aws:SecureTransport': 'true' } }) },
      { finding: 'UnresolvedPrincipal', template: permission({ Principal: PARAMETER }) },
      { finding: 'UnresolvedPrincipal', template: resourcePolicy({ PolicyDocument: 'no JSON' }) },
      { finding: 'UnresolvedPrincipal', template: conditional({ StringEquals: { 'aws:PrincipalOrgID': PARAMETER } }) },
      { finding: 'UnresolvedNarrowing', template: permission({ Principal: '*', PrincipalOrgID: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the organization', finding: 'Public', mutate: (t) => delete t.Resources.Permission.Properties.PrincipalOrgID },
      { name: 'widen the organization', finding: 'Public', mutate: (t) => { t.Resources.Permission.Properties.PrincipalOrgID = 'o-*'; } },
    ],
  },
  {
    control: 'LAMBDA-PERMISSION-SOURCE',
    passing: {
      'a bucket of one account': permission({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::incoming', SourceAccount: { Ref: 'AWS::AccountId' } }),
      'an API of this account': permission({
        Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Parameter}/*/*/*' },
      }),
      'a rule by reference': template({
        Rule: { Type: 'AWS::Events::Rule' },
        Permission: callPermission({ FunctionName: 'worker', Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } }),
      }),
      'an API by reference': template({
        Topic: { Type: 'AWS::SNS::Topic' },
        Permission: callPermission({ FunctionName: 'worker', Principal: 'sns.amazonaws.com', SourceArn: { 'Fn::Join': ['', [{ Ref: 'Topic' }, '*']] } }),
      }),
      'one skill': permission({ Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'amzn1.ask.skill.1' }),
    },
    failing: [
      { finding: 'NoSource', template: permission({ Principal: 'events.amazonaws.com' }) },
      { finding: 'NoSource', template: permission({ Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:*:*:rule/*' }) },
      { finding: 'NoSource', template: permission({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::*' }) },
      { finding: 'NoSource', template: permission({ Principal: { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' } }) },
      { finding: 'NoSourceAccount', template: permission({ Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::incoming' }) },
      {
        finding: 'NoSourceAccount',
        template: template({
          Bucket: { Type: 'AWS::S3::Bucket' },
          Permission: callPermission({ FunctionName: 'worker', Principal: 's3.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } }),
        }),
      },
      { finding: 'UnresolvedPrincipal', template: permission({ Principal: PARAMETER }) },
      { finding: 'UnresolvedSource', template: permission({ Principal: 'events.amazonaws.com', SourceArn: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the account', finding: 'NoSourceAccount', mutate: (t) => delete t.Resources.Permission.Properties.SourceAccount },
      {
        name: 'drop the source',
        finding: 'NoSource',
        mutate: (t) => {
          delete t.Resources.Permission.Properties.SourceAccount;
          delete t.Resources.Permission.Properties.SourceArn;
        },
      },
      { name: 'widen the account', finding: 'NoSourceAccount', mutate: (t) => { t.Resources.Permission.Properties.SourceAccount = '*'; } },
    ],
  },
  {
    control: 'LAMBDA-QUEUE-VISIBILITY',
    passing: {
      'six timeouts': polling({}, { VisibilityTimeout: 60 }),
      'six default timeouts': polling({}, {}, {}),
      'six timeouts and the window': polling({ MaximumBatchingWindowInSeconds: 5 }, { VisibilityTimeout: '65' }),
    },
    failing: [
      { finding: 'TooShort', template: polling({}, {}) },
      { finding: 'TooShort', template: polling({ MaximumBatchingWindowInSeconds: 5 }, { VisibilityTimeout: 60 }) },
      { finding: 'UnresolvedSource', template: polling({ EventSourceArn: PARAMETER }, {}) },
      { finding: 'UnresolvedSource', template: polling({ EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:other' }, {}) },
      { finding: 'UnresolvedSource', template: polling({ FunctionName: 'other' }, {}) },
      { finding: 'UnresolvedTime', template: polling({}, { VisibilityTimeout: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the visibility timeout', finding: 'TooShort', mutate: (t) => delete t.Resources.Queue.Properties.VisibilityTimeout },
      { name: 'let the function run longer', finding: 'TooShort', mutate: (t) => { t.Resources.Function.Properties.Timeout = 11; } },
    ],
  },
  {
    control: 'LAMBDA-RUNTIME',
    passing: { 'a supported runtime': func({ Runtime: 'nodejs24.x' }), 'an operating system': func({ Runtime: 'provided.al2023' }) },
    failing: [
      { finding: 'Deprecated::python3.8', template: func({ Runtime: 'python3.8' }) },
      { finding: 'Deprecated::nodejs20.x', template: func({ Runtime: 'nodejs20.x' }) },
      { finding: 'UnknownRuntime', template: func({ Runtime: 'cobol85' }) },
      { finding: 'UnknownRuntime', template: func({ Runtime: 'constructor' }) },
      { finding: 'UnresolvedRuntime', template: func({ Runtime: PARAMETER }) },
      { finding: 'UnresolvedRuntime', template: func({}) },
    ],
    mutations: [{ name: 'go back to an old runtime', finding: 'Deprecated::nodejs18.x', mutate: (t) => { t.Resources.Function.Properties.Runtime = 'nodejs18.x'; } }],
  },
  {
    control: 'LAMBDA-STREAM-FAILURE',
    passing: {
      'a queue with redrive and single failures': polling(REPORTS, REDRIVEN),
      'a queue that is read one by one': polling({ BatchSize: 1 }, REDRIVEN),
      'a stream with a last attempt': streaming({ ...TO_QUEUE, MaximumRetryAttempts: 3 }),
      'a redrive policy as JSON text': polling(REPORTS, { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:failed","maxReceiveCount":5}' }),
      'a stream with an age limit': streaming({ ...TO_QUEUE, MaximumRecordAgeInSeconds: 3600 }),
    },
    failing: [
      { finding: 'NoRedrive', template: polling(REPORTS, {}) },
      { finding: 'NoBatchItemFailures', template: polling({}, REDRIVEN) },
      { finding: 'NoDestination', template: streaming({ MaximumRetryAttempts: 3 }) },
      { finding: 'EndlessRetries', template: streaming({ ...TO_QUEUE, BisectBatchOnFunctionError: true }) },
      { finding: 'EndlessRetries', template: streaming({ ...TO_QUEUE, MaximumRetryAttempts: -1 }) },
      { finding: 'EndlessRetries', template: streaming({ EventSourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:kinesis:eu-west-1:111122223333:stream/s' } }) },
      { finding: 'UnresolvedSource', template: streaming({ EventSourceArn: PARAMETER }) },
      { finding: 'UnresolvedQueue', template: streaming({ ...REPORTS, EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:other' }) },
      { finding: 'UnresolvedQueue', template: polling(REPORTS, { RedrivePolicy: PARAMETER }) },
      { finding: 'UnresolvedResponseTypes', template: polling({ FunctionResponseTypes: [PARAMETER] }, REDRIVEN) },
      { finding: 'UnresolvedDestination', template: streaming({ DestinationConfig: PARAMETER, MaximumRetryAttempts: 3 }) },
      { finding: 'UnresolvedRetries', template: streaming({ ...TO_QUEUE, MaximumRetryAttempts: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the redrive', finding: 'NoRedrive', mutate: (t) => delete t.Resources.Queue.Properties.RedrivePolicy },
      { name: 'drop the report', finding: 'NoBatchItemFailures', mutate: (t) => delete t.Resources.Mapping.Properties.FunctionResponseTypes },
    ],
  },
  {
    control: 'LAMBDA-TIMEOUT',
    passing: { 'a timeout': func({ Timeout: 10 }), 'a timeout as text': func({ Timeout: '10' }) },
    failing: [
      { finding: 'NoTimeout', template: func({}) },
      { finding: 'UnresolvedTimeout', template: func({ Timeout: PARAMETER }) },
    ],
    mutations: [{ name: 'drop the timeout', finding: 'NoTimeout', mutate: (t) => delete t.Resources.Function.Properties.Timeout }],
  },
  {
    control: 'LAMBDA-TRACING',
    passing: { 'active tracing': func({ TracingConfig: { Mode: 'Active' } }) },
    failing: [
      { finding: 'NotActive', template: func({}) },
      { finding: 'NotActive', template: func({ TracingConfig: { Mode: 'PassThrough' } }) },
      { finding: 'UnresolvedTracing', template: func({ TracingConfig: { Mode: PARAMETER } }) },
    ],
    mutations: [
      { name: 'pass through', finding: 'NotActive', mutate: (t) => { t.Resources.Function.Properties.TracingConfig.Mode = 'PassThrough'; } },
      { name: 'drop the mode', finding: 'NotActive', mutate: (t) => delete t.Resources.Function.Properties.TracingConfig },
    ],
  },
  {
    control: 'LAMBDA-URL-AUTH',
    passing: { 'a signature': url({ AuthType: 'AWS_IAM' }) },
    failing: [
      { finding: 'NoAuth', template: url({ AuthType: 'NONE' }) },
      { finding: 'NoAuth', template: url({}) },
      { finding: 'UnresolvedAuth', template: url({ AuthType: PARAMETER }) },
    ],
    mutations: [{ name: 'open the URL', finding: 'NoAuth', mutate: (t) => { t.Resources.Url.Properties.AuthType = 'NONE'; } }],
  },
  {
    control: 'LAMBDA-URL-CORS',
    passing: { 'one site': url({ Cors: { AllowOrigins: ['https://example.com'], AllowCredentials: true } }), 'no site': url({}) },
    failing: [
      { finding: 'AnyOrigin', template: url({ Cors: { AllowOrigins: ['*'] } }) },
      { finding: 'AnyOrigin', template: url({ Cors: { AllowOrigins: ['https://*'], AllowCredentials: 'false' } }) },
      { finding: 'AnyOriginWithCredentials', template: url({ Cors: { AllowOrigins: '*', AllowCredentials: 'true' } }) },
      { finding: 'UnresolvedOrigins', template: url({ Cors: { AllowOrigins: [PARAMETER] } }) },
    ],
    mutations: [
      { name: 'allow any site', finding: 'AnyOriginWithCredentials', mutate: (t) => { t.Resources.Url.Properties.Cors.AllowOrigins = ['*']; } },
      { name: 'allow any site besides', finding: 'AnyOriginWithCredentials', mutate: (t) => t.Resources.Url.Properties.Cors.AllowOrigins.push('*') },
    ],
  },
];
