import { ControlCase, Template } from './control-case';

type Json = Record<string, any>;

const arn = (id: string): Json => ({ 'Fn::GetAtt': [id, 'Arn'] });
const ref = (id: string): Json => ({ Ref: id });
const ACCOUNT = ref('AWS::AccountId');
const ROOT = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
const ELSEWHERE = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const OTHER_KEY = 'arn:aws:kms:eu-west-1:111122223333:alias/other';

const through = (service: string, more: Json = {}): Json => ({
  StringEquals: { 'kms:ViaService': { 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` }, 'kms:CallerAccount': ACCOUNT }, ...more,
});
const FOR_RESOURCE = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const allow = (principal: unknown, actions: string | string[], condition?: Json): Json =>
  ({ Effect: 'Allow', Principal: principal, Action: actions, Resource: '*', ...(condition && { Condition: condition }) });
const account = (actions: string | string[], condition?: Json): Json => allow({ AWS: ROOT }, actions, condition);
const deny = (principal: unknown, actions: string, condition?: Json): Json => ({ ...allow(principal, actions, condition), Effect: 'Deny' });
const grant = (actions: string | string[], resource: unknown): Json => ({ Effect: 'Allow', Action: actions, Resource: resource });

const key = (...statements: Json[]): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: statements } } });
const role = (...statements: Json[]): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: statements } }],
  },
});

const template = (Resources: Json): Template => ({ Resources });
/** A copy of a template with some resources changed; undefined takes one away. */
const but = (base: Template, changes: Json): Template =>
  ({ ...base, Resources: Object.fromEntries(Object.entries({ ...base.Resources, ...changes }).filter(([, resource]) => resource !== undefined)) });
const withParameter = (base: Template): Template => ({ Parameters: { Given: { Type: 'String' } }, ...base });
const keyStatements = (t: Template): Json[] => t.Resources.Key.Properties.KeyPolicy.Statement;
const roleStatements = (t: Template): Json[] => t.Resources.Role.Properties.Policies[0].PolicyDocument.Statement;

const STORAGE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

const TABLE = template({
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arn('Key') } } },
  Role: role(grant('dynamodb:GetItem', arn('Table')), grant('kms:Decrypt', arn('Key'))),
  Key: key(account(STORAGE, through('dynamodb')), account('kms:CreateGrant', through('dynamodb', FOR_RESOURCE))),
});
const tableKey = (...statements: Json[]): Template => but(TABLE, { Key: key(...statements) });
const tableWith = (keyId: unknown): Template => but(TABLE, { Table: { Type: 'AWS::DynamoDB::Table', Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: keyId } } } });
/** A role that is kept from what carries a tag, and a key with tags. */
const KEPT_FROM_PRODUCTION = {
  Effect: 'Deny', Action: ['kms:*', 'dynamodb:*'], Resource: '*', Condition: { StringEqualsIgnoreCase: { 'aws:ResourceTag/environment': ['prod', 'production'] } },
};
const developer = role(grant('dynamodb:GetItem', arn('Table')), grant('kms:Decrypt', arn('Key')), KEPT_FROM_PRODUCTION);
const taggedKey = (Tags: unknown): Json => ({ Type: 'AWS::KMS::Key', Properties: { ...key(account('kms:*')).Properties, Tags } });
const TABLE_NAME = { 'kms:EncryptionContext:aws:dynamodb:tableName': ref('Table'), 'kms:EncryptionContext:aws:dynamodb:subscriberId': ACCOUNT };
const globalTable = (region: unknown): Template => but(TABLE, {
  Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: region, SSESpecification: { KMSMasterKeyId: arn('Key') } }] } },
});

const FUNCTION = template({
  Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), KmsKeyArn: arn('Key'), Environment: { Variables: { TABLE: 'orders' } } } },
  Role: role(grant('dynamodb:GetItem', '*')),
  Key: key(account(STORAGE, through('lambda')), account('kms:CreateGrant', through('lambda', FOR_RESOURCE))),
});
const functionKey = (...statements: Json[]): Template => but(FUNCTION, { Key: key(...statements) });

const SECRET = template({
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'partners/acme', KmsKeyId: arn('Key') } },
  Role: role(grant('secretsmanager:GetSecretValue', ref('Secret')), grant('kms:Decrypt', arn('Key'))),
  Key: key(account(STORAGE, through('secretsmanager', {
    ArnLike: { 'kms:EncryptionContext:SecretARN': { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:partners/*' } },
  }))),
});
const secretKey = (...statements: Json[]): Template => but(SECRET, { Key: key(...statements) });
const secretNamed = (pattern: string): Json => through('secretsmanager', {
  StringLike: { 'kms:EncryptionContext:SecretARN': { 'Fn::Sub': `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${pattern}` } },
});

export const DELIVERY_KEY_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-FUNCTION-KEY',
    passing: {
      'a key that the account uses through Lambda': FUNCTION,
      'a key that is left to IAM': functionKey(account('kms:*')),
      'the policy of a key that states none': but(FUNCTION, { Key: { Type: 'AWS::KMS::Key', Properties: {} } }),
      'a deployer by name': functionKey(allow({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/deployer' } }, ['kms:CreateGrant', 'kms:Encrypt'])),
      'a role of another template': but(FUNCTION, { Role: undefined }),
      'the context of the function': functionKey(account(['kms:Encrypt', 'kms:CreateGrant'], { ArnEquals: { 'kms:EncryptionContext:aws:lambda:FunctionArn': arn('Function') } })),
      'denies that hit others': functionKey(
        account('kms:*'),
        deny('*', 'kms:*', { StringNotEquals: { 'kms:CallerAccount': ACCOUNT } }),
        deny({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:user/intern' } }, 'kms:*'),
        deny({ Service: 'ec2.amazonaws.com' }, 'kms:*'),
      ),
    },
    failing: [
      { finding: 'DeploymentDenied', template: functionKey(account(STORAGE, through('lambda'))) },
      { finding: 'DeploymentDenied', template: functionKey(account([...STORAGE, 'kms:CreateGrant'], through('dynamodb'))) },
      { finding: 'DeploymentDenied', template: functionKey(account(STORAGE, FOR_RESOURCE), account('kms:CreateGrant')) },
      { finding: 'DeploymentDenied', template: functionKey(allow({ AWS: arn('Role') }, 'kms:*')) },
      { finding: 'DeploymentDenied', template: functionKey(allow({ Service: 'lambda.amazonaws.com' }, 'kms:*')) },
      { finding: 'DeploymentDenied', template: functionKey(account('kms:*'), deny('*', 'kms:CreateGrant')) },
      { finding: 'UntoldDeployment', template: withParameter(functionKey(allow({ AWS: ref('Given') }, 'kms:*'))) },
      { finding: 'UntoldDeployment', template: functionKey(account('kms:*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deployer' } })) },
      { finding: 'UntoldDeployment', template: functionKey(account('kms:*'), { ...deny('', 'kms:*'), Principal: undefined, NotPrincipal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/deployer' } } }) },
      { finding: 'UserDenied::Role', template: functionKey(account('kms:*'), deny({ AWS: arn('Role') }, 'kms:Decrypt')) },
      { finding: 'UserDenied::Role', template: but(FUNCTION, { Role: role({ Effect: 'Deny', Action: 'kms:*', Resource: '*' }) }) },
      { finding: 'UntoldUser::Role', template: but(FUNCTION, { Role: role({ Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }) }) },
      { finding: 'UntoldKey', template: but(FUNCTION, { Function: { Type: 'AWS::Lambda::Function', Properties: { Role: arn('Role'), KmsKeyArn: ELSEWHERE } } }) },
    ],
    mutations: [
      { name: 'drop the grant', finding: 'DeploymentDenied', mutate: (t) => keyStatements(t).pop() },
      { name: 'drop the use', finding: 'DeploymentDenied', mutate: (t) => keyStatements(t).shift() },
      { name: 'through another service', finding: 'DeploymentDenied', mutate: (t) => { keyStatements(t)[0].Condition = through('s3'); } },
      { name: 'deny the role', finding: 'UserDenied::Role', mutate: (t) => keyStatements(t).push(deny({ AWS: arn('Role') }, 'kms:*')) },
    ],
  },
  {
    control: 'DELIVERY-SECRET-KEY',
    passing: {
      'a key that the account uses through Secrets Manager': SECRET,
      'a key that is left to IAM': secretKey(account('kms:*')),
      'a pattern for the name and its suffix': secretKey(account(STORAGE, secretNamed('partners/acme-??????'))),
      'a writer that may make data keys': but(SECRET, { Role: role(grant(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], ref('Secret')), grant(['kms:Decrypt', 'kms:GenerateDataKey'], arn('Key'))) }),
      'a role for every secret there is': but(SECRET, { Role: role(grant('secretsmanager:GetSecretValue', ['*', 'arn:aws:secretsmanager:*:*:secret:*'])) }),
    },
    failing: [
      { finding: 'DeploymentDenied', template: secretKey(account(STORAGE, through('dynamodb'))) },
      { finding: 'DeploymentDenied', template: secretKey(account(STORAGE, secretNamed('other-??????'))) },
      { finding: 'DeploymentDenied', template: secretKey(account('kms:Decrypt')) },
      { finding: 'UntoldDeployment', template: secretKey(account(STORAGE, secretNamed('partners/acme-a1b2c3'))) },
      { finding: 'UserDenied::Role', template: but(SECRET, { Role: role(grant('secretsmanager:GetSecretValue', ref('Secret'))) }) },
      { finding: 'UserDenied::Role', template: but(SECRET, { Role: role(grant('secretsmanager:PutSecretValue', ref('Secret')), grant('kms:Decrypt', arn('Key'))) }) },
      { finding: 'UserDenied::Role', template: but(SECRET, { Role: role(grant('secretsmanager:Get*', { 'Fn::Sub': 'arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:partners/acme-*' })) }) },
      { finding: 'UntoldUser::Role', template: but(SECRET, { Role: { ...role(grant('secretsmanager:GetSecretValue', ref('Secret'))), Properties: { ...role(grant('secretsmanager:GetSecretValue', ref('Secret'))).Properties, ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Other'] } } }) },
      { finding: 'UntoldKey', template: but(SECRET, { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { KmsKeyId: ELSEWHERE } } }) },
    ],
    mutations: [
      { name: 'drop the key statement', finding: 'DeploymentDenied', mutate: (t) => keyStatements(t).pop() },
      { name: 'drop the role\'s grant', finding: 'UserDenied::Role', mutate: (t) => roleStatements(t).pop() },
      { name: 'another secret', finding: 'DeploymentDenied', mutate: (t) => { t.Resources.Secret.Properties.Name = 'other'; } },
      { name: 'deny decryption', finding: 'UserDenied::Role', mutate: (t) => roleStatements(t).push({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }) },
    ],
  },
  {
    control: 'DELIVERY-TABLE-KEY',
    passing: {
      'a key that the account uses through DynamoDB': TABLE,
      'a key that is left to IAM': tableKey(account('kms:*')),
      'everybody of the account, in any Region': tableKey(allow({ AWS: '*' }, [...STORAGE, 'kms:CreateGrant'], { StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' }, StringEquals: { 'kms:CallerAccount': ACCOUNT } })),
      'a role that the key policy names': but(tableKey(account([...STORAGE, 'kms:CreateGrant'], { ...through('dynamodb'), Bool: { 'aws:PrincipalIsAWSService': 'false' } }), allow({ AWS: arn('Role') }, 'kms:Decrypt')), {
        Role: role(grant('dynamodb:Query', { 'Fn::Sub': '${Table.Arn}/index/*' })),
      }),
      'the context of the table': tableKey(account(STORAGE, { StringEquals: { ...TABLE_NAME, ...through('dynamodb').StringEquals } }), account(['kms:CreateGrant', 'kms:DescribeKey'])),
      'a role for every table there is': but(TABLE, { Role: role(grant('dynamodb:*', ['*', 'arn:aws:dynamodb:*:*:table/*'])) }),
      'a role that manages the table': but(TABLE, { Role: role(grant(['dynamodb:DescribeTable', 'dynamodb:UpdateTable'], arn('Table'))) }),
      'a role that is kept from production': but(TABLE, { Role: developer }),
      'a role that is kept from production, and a key of test': but(TABLE, { Role: developer, Key: taggedKey([{ Key: 'Environment', Value: 'test' }]) }),
      'a role that may give no tags': but(TABLE, {
        Role: role(...roleStatements(TABLE), { ...KEPT_FROM_PRODUCTION, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'training' } } }),
      }),
      'a replica in the Region of the stack': globalTable(ref('AWS::Region')),
      'a role of CloudFormation that deploys': but(tableKey(allow({ AWS: arn('Deployer') }, 'kms:*'), account('kms:Decrypt')), {
        Deployer: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' } } } },
      }),
    },
    failing: [
      { finding: 'DeploymentDenied', template: tableKey(account(STORAGE, through('dynamodb'))) },
      { finding: 'DeploymentDenied', template: tableKey(account(['kms:Decrypt', 'kms:CreateGrant'])) },
      { finding: 'DeploymentDenied', template: tableKey(account('kms:Describe*'), allow({ AWS: arn('Role') }, 'kms:*')) },
      { finding: 'DeploymentDenied', template: tableKey(account('kms:CreateGrant'), account(STORAGE, { StringEquals: TABLE_NAME })) },
      { finding: 'DeploymentDenied', template: tableKey(allow({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*', through('s3'))) },
      { finding: 'UserDenied::Role', template: but(TABLE, { Role: role(grant('dynamodb:PutItem', arn('Table'))) }) },
      { finding: 'UserDenied::Role', template: but(TABLE, { Role: role(grant('dynamodb:*', { 'Fn::Sub': '${Table.Arn}*' }), grant('kms:Decrypt', OTHER_KEY)) }) },
      { finding: 'UserDenied::Role', template: tableKey(account('kms:*'), deny({ AWS: arn('Role') }, 'kms:Decrypt')) },
      { finding: 'UserDenied::Role', template: but(TABLE, { Role: developer, Key: taggedKey([{ Key: 'team', Value: 'orders' }, { Key: 'environment', Value: 'Production' }]) }) },
      { finding: 'UntoldUser::Role', template: withParameter(but(TABLE, { Role: developer, Key: taggedKey([{ Key: 'environment', Value: ref('Given') }]) })) },
      { finding: 'UntoldUser::Role', template: withParameter(but(TABLE, { Role: developer, Key: taggedKey([{ Key: ref('Given'), Value: 'production' }]) })) },
      { finding: 'UntoldUser::Role', template: withParameter(but(TABLE, { Role: developer, Key: taggedKey(ref('Given')) })) },
      { finding: 'UntoldUser::Role', template: tableKey(account([...STORAGE, 'kms:CreateGrant'], { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } })) },
      { finding: 'UntoldDeployment', template: tableKey(account([...STORAGE, 'kms:CreateGrant'], { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } })) },
      { finding: 'UntoldKey', template: tableWith(ELSEWHERE) },
      { finding: 'UntoldKey', template: withParameter(tableWith(ref('Given'))) },
      { finding: 'UntoldKey', template: globalTable('ap-southeast-2') },
    ],
    mutations: [
      { name: 'drop the grant', finding: 'DeploymentDenied', mutate: (t) => keyStatements(t).pop() },
      { name: 'drop the use', finding: 'DeploymentDenied', mutate: (t) => keyStatements(t).shift() },
      ...STORAGE.map((action, index) => ({
        name: `drop ${action}`, finding: 'DeploymentDenied', mutate: (t: Template) => keyStatements(t)[0].Action.splice(index, 1),
      })),
      { name: 'drop the role\'s grant', finding: 'UserDenied::Role', mutate: (t) => roleStatements(t).pop() },
      { name: 'grant on another key', finding: 'UserDenied::Role', mutate: (t) => { roleStatements(t)[1].Resource = OTHER_KEY; } },
      { name: 'through another service', finding: 'DeploymentDenied', mutate: (t) => { keyStatements(t)[0].Condition = through('s3'); } },
    ],
  },
];
