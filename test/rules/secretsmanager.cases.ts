import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ELSEWHERE = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate';
const ACCOUNT = { Ref: 'AWS::AccountId' };
const UNKNOWN = { Ref: 'Value' };

const ref = (id: string): Json => ({ Ref: id });
const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const withParameter = (Resources: Json, parameter: Json = {}): Template => ({ Parameters: { Value: { Type: 'String', ...parameter } }, Resources });
const resource = (type: string, Properties: Json, attributes: Json = {}): Json => ({ Type: `AWS::${type}`, ...attributes, Properties });

const secret = (properties: Json = {}, attributes: Json = {}): Template => withParameter({ Secret: resource('SecretsManager::Secret', properties, attributes) });
const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const schedule = (properties: Json): Json => resource('SecretsManager::RotationSchedule', properties);
const rotated = (properties: Json = {}): Template => withParameter({
  Secret: resource('SecretsManager::Secret', { Name: 'partners/acme' }),
  Schedule: schedule({ SecretId: ref('Secret'), RotationLambdaARN: ELSEWHERE, ...properties }),
});
const every = (rules?: unknown): Template => withParameter({ Schedule: schedule({ SecretId: 'partners/acme', RotationRules: rules }) });
const cron = (expression: string): Template => every({ ScheduleExpression: `cron(${expression})` });

const hosted = (type: unknown, fields: unknown = { ssl: true }, secretId: unknown = ref('Secret'), more: Json = {}): Template => withParameter({
  Secret: resource('SecretsManager::Secret', {
    GenerateSecretString: fields === null ? {} : { SecretStringTemplate: typeof fields === 'string' ? fields : JSON.stringify(fields) }, ...more,
  }),
  Attachment: resource('SecretsManager::SecretTargetAttachment', { SecretId: ref('Secret'), TargetId: 'orders', TargetType: 'AWS::RDS::DBCluster' }),
  Schedule: schedule({ SecretId: secretId, HostedRotationLambda: { RotationType: type } }),
});
/** A template of the secret that only deployment puts together. */
const rebuilt = (t: Template, written: Json): Template => {
  const copy = structuredClone(t) as Json;
  copy.Resources.Secret.Properties.GenerateSecretString.SecretStringTemplate = written;
  return copy as Template;
};

const policy = (statement: Json | string, more: Json = {}): Template => withParameter({
  Secret: resource('SecretsManager::Secret', {}),
  Policy: resource('SecretsManager::ResourcePolicy', {
    SecretId: ref('Secret'), BlockPublicPolicy: true, ResourcePolicy: typeof statement === 'string' ? statement : { Statement: [statement] }, ...more,
  }),
});
const reader = (principal: unknown, more: Json = {}): Json => ({ Effect: 'Allow', Principal: principal, Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more });
const statementOf = (t: Template): Json => t.Resources.Policy.Properties.ResourcePolicy.Statement[0];

const permission = (properties: Json): Template => withParameter({
  Permission: resource('Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'rotate', Principal: 'secretsmanager.amazonaws.com', ...properties }),
});

const STEPS = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];
const KEY_STEPS = ['kms:Decrypt', 'kms:GenerateDataKey'];
const grant = (actions: string[], target: unknown): Json => ({ Effect: 'Allow', Action: actions, Resource: target });
const ROTATION = withParameter({
  Secret: resource('SecretsManager::Secret', { Name: 'partners/acme', KmsKeyId: arn('Key') }),
  Schedule: schedule({ SecretId: ref('Secret'), RotationLambdaARN: arn('Function'), RotationRules: { ScheduleExpression: 'rate(30 days)' } }),
  Function: resource('Lambda::Function', { Role: arn('Role') }),
  Permission: resource('Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: arn('Function'), Principal: 'secretsmanager.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: ref('Secret'),
  }),
  Role: resource('IAM::Role', { Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [grant(STEPS, ref('Secret')), grant(KEY_STEPS, arn('Key'))] } }] }),
  Key: resource('KMS::Key', {
    KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: KEY_STEPS, Resource: '*' }] },
  }),
});
/** The rotation with some resources added or replaced; undefined takes one away. */
const rotationWith = (changes: Json): Template =>
  ({ ...ROTATION, Resources: Object.fromEntries(Object.entries({ ...ROTATION.Resources, ...changes }).filter(([, each]) => each !== undefined)) });
/** The rotation with some properties of one resource changed. */
const but = (id: string, properties: Json): Template => {
  const before = ROTATION.Resources[id];
  return rotationWith({ [id]: { ...before, Properties: { ...before.Properties, ...properties } } });
};
/** The same role rotates a managed external secret. */
const EXTERNAL = but('Schedule', { RotationLambdaARN: undefined, ExternalSecretRotationRoleArn: arn('Role') });
const externalBut = (id: string, properties: Json): Template => ({
  ...EXTERNAL,
  Resources: { ...EXTERNAL.Resources, [id]: but(id, properties).Resources[id] },
});
const secretPolicy = (statement: Json): Json => resource('SecretsManager::ResourcePolicy', { SecretId: ref('Secret'), ResourcePolicy: { Statement: statement } });
const ONLY_KEY = but('Role', { Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [grant(KEY_STEPS, arn('Key'))] } }] });

export const SECRETSMANAGER_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-SECRET-ROTATION',
    passing: {
      'a function that may do each step': ROTATION,
      'a permission for the account': but('Permission', { SourceArn: undefined }),
      'the function by its name': but('Schedule', { RotationLambdaARN: ref('Function') }),
      'a secret that the AWS managed key encrypts': but('Secret', { KmsKeyId: undefined }),
      'the rights by the policy of the secret': rotationWith({ Role: ONLY_KEY.Resources.Role, Policy: secretPolicy({ ...grant(STEPS, '*'), Principal: { AWS: arn('Role') } }) }),
      'a role in which a provider rotates': EXTERNAL,
      'the secret by its attachment': rotationWith({
        Schedule: but('Schedule', { SecretId: ref('Attachment') }).Resources.Schedule,
        Attachment: resource('SecretsManager::SecretTargetAttachment', { SecretId: ref('Secret'), TargetId: 'orders', TargetType: 'AWS::RDS::DBCluster' }),
      }),
    },
    failing: [
      { finding: 'PolicyDenies::Function', template: rotationWith({ Permission: undefined }) },
      { finding: 'PolicyDenies::Function', template: but('Permission', { SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:other-a1b2c3' } }) },
      { finding: 'PolicyDenies::Function', template: but('Permission', { Principal: 'events.amazonaws.com' }) },
      { finding: 'Untold::Function', template: but('Permission', { SourceAccount: UNKNOWN }) },
      { finding: `Untold::${ELSEWHERE}`, template: but('Schedule', { RotationLambdaARN: ELSEWHERE }) },
      { finding: 'Untold::partners/other', template: but('Schedule', { SecretId: 'partners/other' }) },
      { finding: 'UserDenied::Role', template: but('Role', { Policies: [] }) },
      { finding: 'UserDenied::Role', template: but('Key', { KeyPolicy: { Statement: [] } }) },
      { finding: 'UserDenied::Role', template: rotationWith({ Policy: secretPolicy({ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:PutSecretValue', Resource: '*' }) }) },
      { finding: 'UntoldUser::Role', template: but('Role', { Policies: [], ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Other'] }) },
      { finding: 'UserDenied::Role', template: externalBut('Role', { Policies: [] }) },
      { finding: 'UserDenied::Role', template: externalBut('Key', { KeyPolicy: { Statement: [] } }) },
      { finding: 'Untold::arn:aws:iam::111122223333:role/rotate', template: but('Schedule', { ExternalSecretRotationRoleArn: 'arn:aws:iam::111122223333:role/rotate' }) },
      { finding: 'Untold::partners/other', template: but('Schedule', { ExternalSecretRotationRoleArn: arn('Role'), SecretId: 'partners/other' }) },
      { finding: 'UntoldUser::Function', template: but('Function', { Role: 'arn:aws:iam::111122223333:role/rotate' }) },
    ],
    mutations: [
      { name: 'drop the permission', finding: 'PolicyDenies::Function', mutate: (t) => delete t.Resources.Permission },
      ...STEPS.map((action, index) => ({
        name: `drop ${action}`, finding: 'UserDenied::Role', mutate: (t: Template) => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Action.splice(index, 1),
      })),
      { name: 'drop the use of the key', finding: 'UserDenied::Role', mutate: (t) => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement.pop() },
      { name: 'drop the key statement', finding: 'UserDenied::Role', mutate: (t) => t.Resources.Key.Properties.KeyPolicy.Statement.pop() },
    ],
  },
  {
    control: 'SECRET-BLOCK-PUBLIC-POLICY',
    passing: { 'a policy that is checked': policy(reader({ AWS: '111122223333' })), 'true as text': policy(reader({ AWS: '111122223333' }), { BlockPublicPolicy: 'true' }) },
    failing: [
      { finding: 'NotBlocked', template: policy(reader({ AWS: '111122223333' }), { BlockPublicPolicy: undefined }) },
      { finding: 'NotBlocked', template: policy(reader({ AWS: '111122223333' }), { BlockPublicPolicy: false }) },
      { finding: 'UnresolvedBlock', template: policy(reader({ AWS: '111122223333' }), { BlockPublicPolicy: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop BlockPublicPolicy', finding: 'NotBlocked', mutate: (t) => delete t.Resources.Policy.Properties.BlockPublicPolicy },
      { name: 'switch it off', finding: 'NotBlocked', mutate: (t) => t.Resources.Policy.Properties.BlockPublicPolicy = false },
    ],
  },
  {
    control: 'SECRET-CMK',
    passing: {
      'a key by ARN': secret({ KmsKeyId: KEY_ARN, ReplicaRegions: [{ Region: 'us-east-1', KmsKeyId: KEY_ARN }] }),
      'a customer\'s alias': secret({ KmsKeyId: 'alias/secrets' }),
    },
    failing: [
      { finding: 'AwsManagedKey', template: secret() },
      { finding: 'AwsManagedKey', template: secret({ KmsKeyId: 'alias/aws/secretsmanager' }) },
      { finding: 'AwsManagedKey', template: secret({ KmsKeyId: KEY_ARN, ReplicaRegions: [{ Region: 'us-east-1' }] }) },
      { finding: 'UnresolvedKey', template: secret({ KmsKeyId: UNKNOWN }) },
      { finding: 'UnresolvedKey', template: secret({ KmsKeyId: KEY_ARN, ReplicaRegions: UNKNOWN }) },
      { finding: 'UnresolvedKey', template: secret({ KmsKeyId: KEY_ARN, ReplicaRegions: [{ Region: 'us-east-1', KmsKeyId: UNKNOWN }] }) },
    ],
    mutations: [
      { name: 'drop the key', finding: 'AwsManagedKey', mutate: (t) => delete t.Resources.Secret.Properties.KmsKeyId },
      { name: 'use the AWS managed key', finding: 'AwsManagedKey', mutate: (t) => t.Resources.Secret.Properties.KmsKeyId = 'alias/aws/secretsmanager' },
      { name: 'drop the key of a replica', finding: 'AwsManagedKey', mutate: (t) => delete t.Resources.Secret.Properties.ReplicaRegions[0].KmsKeyId },
    ],
  },
  {
    control: 'SECRET-PLAINTEXT',
    passing: {
      'a generated value': secret({ GenerateSecretString: { SecretStringTemplate: '{"username":"orders","ssl":true}', GenerateStringKey: 'password' } }),
      'no value yet': secret(),
      'a dynamic reference': secret({ SecretString: '{{resolve:ssm-secure:/partners/acme}}' }),
      'a dynamic reference among settings': secret({ SecretString: '{"username":"orders","password":"{{resolve:secretsmanager:other:SecretString:password}}"}' }),
      'what another resource gives away': { Resources: { Secret: resource('SecretsManager::Secret', { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }), Key: resource('IAM::AccessKey', {}) } },
      'a setting and what another resource gives away': {
        Resources: {
          Secret: resource('SecretsManager::Secret', { SecretString: { 'Fn::Sub': '{"id":"${Key}","secretKey":"${Key.SecretAccessKey}","region":"eu-west-1"}' } }), Key: resource('IAM::AccessKey', {}),
        },
      },
      'a parameter that shows nowhere': withParameter({ Secret: resource('SecretsManager::Secret', { SecretString: UNKNOWN }) }, { NoEcho: true }),
      'a parameter that shows nowhere among settings': withParameter({ Secret: resource('SecretsManager::Secret', { SecretString: { 'Fn::Sub': '{"user":"orders","password":"${Value}"}' } }) }, { NoEcho: 'true' }),
    },
    failing: [
      { finding: 'PlainSecret', template: secret({ SecretString: 'correct horse battery staple' }) },
      { finding: 'PlainSecret', template: secret({ SecretString: '{"username":"orders","password":"correct horse"}' }) },
      { finding: 'PlainSecret', template: secret({ SecretString: '{"password":"correct horse","old":"{{resolve:secretsmanager:other}}"}' }) },
      { finding: 'PlainSecret', template: secret({ SecretString: '12345678' }) },
      { finding: 'PlainSecret', template: secret({ GenerateSecretString: { SecretStringTemplate: '{"apiKey":"correct horse"}', GenerateStringKey: 'other' } }) },
      { finding: 'PlainSecret', template: withParameter({ Secret: resource('SecretsManager::Secret', { SecretString: UNKNOWN }) }, { NoEcho: true, Default: 'correct horse' }) },
      { finding: 'ShownParameter', template: secret({ SecretString: UNKNOWN }) },
      { finding: 'PlainSecret', template: secret({ SecretString: { 'Fn::Sub': 'correct-horse-${AWS::Region}' } }) },
      { finding: 'PlainSecret', template: secret({ SecretString: { 'Fn::Sub': 'AKIAIOSFODNN7EXAMPLE ${Value}' } }) },
      { finding: 'ShownParameter', template: secret({ SecretString: { 'Fn::Sub': 'prefix-${Value}' } }) },
      { finding: 'ShownParameter', template: secret({ SecretString: { 'Fn::Sub': '{"password":"prefix-${Value}"}' } }) },
      { finding: 'UnresolvedSecret', template: secret({ SecretString: { 'Fn::ImportValue': 'Token' } }) },
    ],
    mutations: [
      { name: 'write a value', finding: 'PlainSecret', mutate: (t) => t.Resources.Secret.Properties = { SecretString: 'correct horse' } },
      { name: 'write a value beside the generated one', finding: 'PlainSecret', mutate: (t) => t.Resources.Secret.Properties.GenerateSecretString.SecretStringTemplate = '{"token":"correct horse"}' },
    ],
  },
  {
    control: 'SECRET-POLICY-PUBLIC',
    passing: {
      'a named account': policy(reader({ AWS: '111122223333' })),
      'everyone of the organization': policy(reader('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } })),
      'a Deny for everyone': policy({ ...reader('*'), Effect: 'Deny' }),
      'JSON text': policy(JSON.stringify({ Statement: reader({ AWS: '111122223333' }) })),
      'a secret of another app': policy(reader({ AWS: '111122223333' }), { SecretId: 'partners/acme' }),
    },
    failing: [
      { finding: 'PublicAllow', template: policy(reader('*')) },
      { finding: 'PublicAllow', template: policy(reader({ AWS: '*' }), { SecretId: 'partners/acme' }) },
      { finding: 'PublicAllow', template: policy(JSON.stringify({ Statement: reader('*') })) },
      { finding: 'AllowNotPrincipal', template: policy({ ...reader(undefined), NotPrincipal: { AWS: '111122223333' } }) },
      { finding: 'UntoldStatement', template: policy(reader(UNKNOWN)) },
      { finding: 'UntoldStatement', template: policy('{') },
    ],
    mutations: [
      { name: 'let everyone in', finding: 'PublicAllow', mutate: (t) => { statementOf(t).Principal = '*'; } },
      { name: 'let everyone in by AWS', finding: 'PublicAllow', mutate: (t) => { statementOf(t).Principal = { AWS: '*' }; } },
    ],
  },
  {
    control: 'SECRET-RETAIN',
    passing: { 'a retained secret': secret({}, RETAINED), 'retained except on creation': secret({}, { ...RETAINED, DeletionPolicy: 'RetainExceptOnCreate' }) },
    failing: [
      { finding: 'DeletedWithStack', template: secret({}, { UpdateReplacePolicy: 'Retain' }) },
      { finding: 'DeletedOnReplacement', template: secret({}, { DeletionPolicy: 'Retain' }) },
    ],
    mutations: [
      { name: 'delete with the stack', finding: 'DeletedWithStack', mutate: (t) => t.Resources.Secret.DeletionPolicy = 'Delete' },
      { name: 'delete on replacement', finding: 'DeletedOnReplacement', mutate: (t) => delete t.Resources.Secret.UpdateReplacePolicy },
    ],
  },
  {
    control: 'SECRET-ROTATION',
    passing: {
      'a schedule with a function': rotated(),
      'the secret by its name': rotated({ SecretId: 'partners/acme' }),
      'the provider of a managed external secret': rotated({ RotationLambdaARN: undefined, ExternalSecretRotationRoleArn: 'arn:aws:iam::111122223333:role/rotate' }),
      'a hosted function': rotated({ RotationLambdaARN: undefined, HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' } }),
    },
    failing: [
      { finding: 'NoSchedule', template: secret() },
      { finding: 'NoSchedule', template: rotated({ SecretId: 'others/partners/acme' }) },
      { finding: 'NoFunction', template: rotated({ RotationLambdaARN: undefined }) },
      { finding: 'UnresolvedSecret', template: rotated({ SecretId: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the schedule', finding: 'NoSchedule', mutate: (t) => delete t.Resources.Schedule },
      { name: 'drop the function', finding: 'NoFunction', mutate: (t) => delete t.Resources.Schedule.Properties.RotationLambdaARN },
      { name: 'rotate another secret', finding: 'NoSchedule', mutate: (t) => t.Resources.Schedule.Properties.SecretId = 'other' },
    ],
  },
  {
    control: 'SECRET-ROTATION-AGE',
    passing: {
      'a rate': every({ ScheduleExpression: 'rate(30 days)', Duration: '3h' }),
      'a rate of hours': every({ ScheduleExpression: 'rate(4 hours)' }),
      'a number of days': every({ AutomaticallyAfterDays: 90 }),
      'a number as text': every({ AutomaticallyAfterDays: '30' }),
      'the first of each month': cron('0 8 1 * ? *'),
      'the last Sunday of each month': cron('0 8 ? * SUNL *'),
    },
    failing: [
      { finding: 'NoInterval', template: every() },
      { finding: 'NoInterval', template: every({ Duration: '3h' }) },
      { finding: 'TooRare', template: every({ ScheduleExpression: 'rate(365 days)' }) },
      { finding: 'TooRare', template: every({ AutomaticallyAfterDays: 91 }) },
      { finding: 'TooRare', template: cron('0 8 1 1,4,7,10 ? *') },
      { finding: 'TooRare', template: cron('0 8 30 2 ? *') },
      { finding: 'UnresolvedInterval', template: every(UNKNOWN) },
      { finding: 'UnresolvedInterval', template: every({ AutomaticallyAfterDays: UNKNOWN }) },
      { finding: 'UnresolvedInterval', template: every({ AutomaticallyAfterDays: 0 }) },
      { finding: 'UnresolvedInterval', template: every({ ScheduleExpression: UNKNOWN }) },
      { finding: 'UnresolvedInterval', template: every({ ScheduleExpression: 'every week' }) },
      { finding: 'UnresolvedInterval', template: every({ ScheduleExpression: 'rate(30 days)', AutomaticallyAfterDays: 30 }) },
    ],
    mutations: [
      { name: 'once a year', finding: 'TooRare', mutate: (t) => t.Resources.Schedule.Properties.RotationRules.ScheduleExpression = 'rate(365 days)' },
      { name: 'drop the rules', finding: 'NoInterval', mutate: (t) => delete t.Resources.Schedule.Properties.RotationRules },
      { name: 'drop the expression', finding: 'NoInterval', mutate: (t) => delete t.Resources.Schedule.Properties.RotationRules.ScheduleExpression },
    ],
  },
  {
    control: 'SECRET-ROTATION-PERMISSION',
    passing: {
      'the own account': permission({ SourceAccount: ACCOUNT }),
      'a literal account': permission({ SourceAccount: '111122223333' }),
      'the suffix of the partition': permission({ SourceAccount: ACCOUNT, Principal: { 'Fn::Sub': 'secretsmanager.${AWS::URLSuffix}' } }),
    },
    failing: [
      { finding: 'NoSourceAccount', template: permission({}) },
      { finding: 'NoSourceAccount', template: permission({ Principal: { 'Fn::Join': ['', ['secretsmanager.', ref('AWS::URLSuffix')]] } }) },
      { finding: 'ForeignAccount', template: permission({ SourceAccount: '*' }) },
      { finding: 'UnresolvedPrincipal', template: permission({ Principal: UNKNOWN, SourceAccount: ACCOUNT }) },
      { finding: 'UnresolvedSource', template: permission({ SourceAccount: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop SourceAccount', finding: 'NoSourceAccount', mutate: (t) => delete t.Resources.Permission.Properties.SourceAccount },
      { name: 'any account', finding: 'ForeignAccount', mutate: (t) => t.Resources.Permission.Properties.SourceAccount = '*' },
    ],
  },
  {
    control: 'SECRET-ROTATION-TLS',
    passing: {
      'a secret that asks for TLS': hosted('PostgreSQLMultiUser'),
      'TLS as text': hosted('MySQLSingleUser', { ssl: 'True' }),
      'the secret by its attachment': hosted('SQLServerMultiUser', { ssl: true }, ref('Attachment')),
      'a template with a reference': rebuilt(hosted('MariaDBMultiUser'), { 'Fn::Sub': '{"ssl":true,"masterarn":"${Value}"}' }),
    },
    failing: [
      { finding: 'FallsBack', template: hosted('PostgreSQLMultiUser', { username: 'orders' }) },
      { finding: 'FallsBack', template: hosted('MongoDBSingleUser', null) },
      { finding: 'FallsBack', template: hosted('MySQLMultiUser', { ssl: 'yes' }) },
      { finding: 'NoTls', template: hosted('MySQLMultiUser', { ssl: false }) },
      { finding: 'NoTls', template: hosted('OracleMultiUser') },
      { finding: 'UnresolvedSecret', template: hosted(UNKNOWN) },
      { finding: 'UnresolvedSecret', template: hosted('PostgreSQLMultiUser', { ssl: true }, 'elsewhere') },
      { finding: 'UnresolvedSecret', template: hosted('PostgreSQLMultiUser', 'no JSON') },
      { finding: 'UnresolvedSecret', template: rebuilt(hosted('PostgreSQLMultiUser'), UNKNOWN) },
      { finding: 'UnresolvedSecret', template: rebuilt(hosted('PostgreSQLMultiUser'), { 'Fn::Sub': '{"ssl":"${Value}"}' }) },
      { finding: 'UnresolvedSecret', template: hosted('PostgreSQLMultiUser', { ssl: true }, ref('Secret'), { SecretString: UNKNOWN }) },
    ],
    mutations: [
      { name: 'say nothing of TLS', finding: 'FallsBack', mutate: (t) => t.Resources.Secret.Properties.GenerateSecretString.SecretStringTemplate = '{}' },
      { name: 'switch TLS off', finding: 'NoTls', mutate: (t) => t.Resources.Secret.Properties.GenerateSecretString.SecretStringTemplate = '{"ssl":false}' },
      { name: 'Oracle', finding: 'NoTls', mutate: (t) => t.Resources.Schedule.Properties.HostedRotationLambda.RotationType = 'OracleMultiUser' },
    ],
  },
];
