import { ControlCase, Template } from './control-case';
import { bodyOf, lineOf } from '../formats/ssh-lines';
import { ACCOUNT, arn, BUCKET, Json, OBJECTS, over, PARAMETER, resource, role, sub, template } from './transfer/partner-templates';

const TRUST: Json = {
  Effect: 'Allow',
  Principal: { Service: 'transfer.amazonaws.com' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:transfer:${AWS::Region}:${AWS::AccountId}:connector/*') } },
};
const READ: Json = { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Secret' } };
const WRITE: Json = { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arn('Log') };
const CONNECTOR: Json = {
  AccessRole: arn('Access'),
  LoggingRole: arn('Logging'),
  SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03',
  SftpConfig: { TrustedHostKeys: [bodyOf('ecdsa256')], UserSecretId: { Ref: 'Secret' }, MaxConcurrentConnections: 1 },
  Url: 'sftp://sftp.example.com',
};
const BESIDE: Json = {
  Access: role([READ, OBJECTS], [TRUST]),
  Bucket: BUCKET,
  Logging: role([WRITE], [TRUST]),
  Log: resource('Logs::LogGroup', { LogGroupName: sub('/aws/transfer/${Connector.ConnectorId}') }),
  Secret: resource('SecretsManager::Secret', {}),
  Schedule: resource('SecretsManager::RotationSchedule', { SecretId: { Ref: 'Secret' } }),
};
const connector = (changes: Json = {}, beside: Json = {}): Template =>
  template(over({ Connector: resource('Transfer::Connector', over(CONNECTOR, changes)), ...BESIDE, ...beside }, {}));
const config = (changes: Json, beside: Json = {}, more: Json = {}): Template =>
  connector({ SftpConfig: over(CONNECTOR.SftpConfig, changes), ...more }, beside);
const SERVER_ARN = 'arn:aws:vpc-lattice:eu-west-1:111122223333:resourceconfiguration/rcfg-0a';
const lattice = (changes: Json = {}, keys: Json = {}): Template => config(keys, {}, {
  Url: undefined, EgressType: 'VPC_LATTICE', EgressConfig: { VpcLattice: { ResourceConfigurationArn: SERVER_ARN } }, ...changes,
});
const access = (statements: readonly Json[], trust: Json = TRUST, more: Json = {}): Template =>
  connector({}, { Access: role(statements, [trust], more) });
const PRIVATE = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIE'].join(' ');

const workflow = (properties: Json): Template => template({ Workflow: resource('Transfer::Workflow', properties) });
const step = (Type: unknown): Json => ({ Type });

const app = (endpoint: unknown, group: Json = { SecurityGroupIngress: [{ CidrIp: '192.0.2.0/24' }] }, beside: Json = {}): Template => template({
  App: resource('Transfer::WebApp', endpoint === undefined ? {} : { EndpointDetails: endpoint }), Group: resource('EC2::SecurityGroup', group), ...beside,
});
const VPC = { Vpc: { VpcId: 'vpc-0a', SubnetIds: ['subnet-0a'], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } };

/** Controls of SFTP connectors, workflows and web apps. */
export const SFTP_CONNECTOR_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-CONNECTOR-EGRESS',
    passing: { 'a server by URL': connector(), 'a server in a network': lattice(), 'a URL of deployment': connector({ Url: sub('sftp://${AWS::Region}.example.com') }) },
    failing: [
      { finding: 'NoServer', template: connector({ Url: undefined }) },
      { finding: 'NoServer', template: lattice({ EgressConfig: undefined }) },
      { finding: 'TwoServers', template: lattice({ Url: 'sftp://sftp.example.com' }) },
      { finding: 'NotSftp', template: connector({ Url: 'https://sftp.example.com' }) },
      { finding: 'Connections', template: config({ MaxConcurrentConnections: 6 }) },
      { finding: 'Connections', template: config({ MaxConcurrentConnections: 0 }) },
      { finding: 'UnresolvedEgress', template: connector({ Url: PARAMETER }) },
      { finding: 'UnresolvedEgress', template: connector({ EgressType: PARAMETER }) },
      { finding: 'UnresolvedEgress', template: config({ MaxConcurrentConnections: PARAMETER }) },
    ],
    mutations: [{ name: 'name a second server', finding: 'NoServer', mutate: (t) => t.Resources.Connector.Properties.EgressType = 'VPC_LATTICE' }],
  },
  {
    control: 'SFTP-CONNECTOR-HOST-KEYS',
    passing: {
      'an ECDSA key': connector(),
      'keys as ssh-keyscan writes them': config({ TrustedHostKeys: [`sftp.example.com ${bodyOf('rsa2048')}`, bodyOf('ecdsa521')] }),
      'a key without a name, in a network': lattice(),
    },
    failing: [
      { finding: 'NoKey', template: config({ TrustedHostKeys: undefined }) },
      { finding: 'NoKey', template: config({ TrustedHostKeys: [] }) },
      ...['ed25519', 'rsa1024', 'rsa2040', 'dsa'].map((name) => ({ finding: 'WeakKey', template: config({ TrustedHostKeys: [bodyOf('ecdsa256'), lineOf(name)] }) })),
      { finding: 'WeakKey', template: config({ TrustedHostKeys: ['sftp.example.com'] }) },
      { finding: 'PrivateKey', template: config({ TrustedHostKeys: [PRIVATE] }) },
      { finding: 'HostName', template: lattice({}, { TrustedHostKeys: [`sftp.example.com ${bodyOf('ecdsa256')}`] }) },
      { finding: 'UnresolvedKey', template: config({ TrustedHostKeys: PARAMETER }) },
      { finding: 'UnresolvedKey', template: config({ TrustedHostKeys: [PARAMETER] }) },
    ],
    mutations: [
      { name: 'pin no key', finding: 'NoKey', mutate: (t) => delete t.Resources.Connector.Properties.SftpConfig.TrustedHostKeys },
      { name: 'pin a weak key', finding: 'WeakKey', mutate: (t) => t.Resources.Connector.Properties.SftpConfig.TrustedHostKeys = [bodyOf('rsa1024')] },
    ],
  },
  {
    control: 'SFTP-CONNECTOR-LOG',
    passing: {
      'a group of its own': connector(),
      'a role of another template': connector({ LoggingRole: 'arn:aws:iam::111122223333:role/logging' }),
      'a role as AWS shows it': connector({}, { Logging: role([{ ...WRITE, Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/transfer/*' }], [TRUST]) }),
      'a role with a policy of AWS': connector({}, { Logging: role([], [TRUST], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSTransferLoggingAccess'] }) }),
      'a group named by a join': connector({}, {
        Log: resource('Logs::LogGroup', { LogGroupName: { 'Fn::Join': ['', ['/aws/transfer/', { 'Fn::GetAtt': ['Connector', 'ConnectorId'] }]] } }),
      }),
    },
    failing: [
      { finding: 'NoLog', template: connector({ LoggingRole: undefined }) },
      { finding: 'NoLogGroup', template: connector({}, { Log: undefined }) },
      { finding: 'NoLogGroup', template: connector({}, { Log: resource('Logs::LogGroup', { LogGroupName: '/aws/transfer/c-0a' }) }) },
      { finding: 'NoLogGroup', template: connector({}, { Log: resource('Logs::LogGroup', { LogGroupName: sub('/aws/transfer/${Connector.Arn}') }) }) },
      { finding: 'RoleDenied', template: connector({}, { Logging: role([], [TRUST]) }) },
      { finding: 'RoleDenied', template: connector({}, { Logging: role([{ ...WRITE, Action: 'logs:CreateLogStream' }], [TRUST]) }) },
      { finding: 'RoleDenied', template: connector({}, { Logging: role([{ ...WRITE, Resource: arn('Others') }], [TRUST]), Others: resource('Logs::LogGroup') }) },
      { finding: 'UnresolvedLog', template: connector({}, { Log: resource('Logs::LogGroup', { LogGroupName: PARAMETER }) }) },
      { finding: 'UnresolvedLog', template: connector({ LoggingRole: PARAMETER }, { Log: undefined }) },
    ],
    mutations: [
      { name: 'log nothing', finding: 'NoLog', mutate: (t) => delete t.Resources.Connector.Properties.LoggingRole },
      { name: 'take the right to write', finding: 'RoleDenied', mutate: (t) => t.Resources.Logging.Properties.Policies.pop() },
    ],
  },
  {
    control: 'SFTP-CONNECTOR-POLICY',
    passing: { 'the newest': connector(), 'that of FIPS': connector({ SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-FIPS-2024-10' }) },
    failing: [
      { finding: 'NotStated', template: connector({ SecurityPolicyName: undefined }) },
      { finding: 'Outdated', template: connector({ SecurityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2023-07' }) },
      { finding: 'Unknown', template: connector({ SecurityPolicyName: 'TransferSecurityPolicy-2025-03' }) },
      { finding: 'Unknown', template: connector({ SecurityPolicyName: 'constructor' }) },
      { finding: 'UnresolvedPolicy', template: connector({ SecurityPolicyName: PARAMETER }) },
    ],
    mutations: [{ name: 'state the oldest', finding: 'Outdated', mutate: (t) => t.Resources.Connector.Properties.SecurityPolicyName = 'TransferSFTPConnectorSecurityPolicy-2023-07' }],
  },
  {
    control: 'SFTP-CONNECTOR-ROLE',
    passing: { 'one secret and one folder': connector(), 'a secret by its ARN': access([{ ...READ, Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:aws/transfer/acme-??????' }]) },
    failing: [
      { finding: 'AnyAccount', template: access([READ], { ...TRUST, Condition: { ArnLike: TRUST.Condition.ArnLike } }) },
      { finding: 'AnySource', template: access([READ], { ...TRUST, Condition: { StringEquals: TRUST.Condition.StringEquals } }) },
      { finding: 'UnresolvedTrust', template: access([READ], { ...TRUST, Condition: PARAMETER }) },
      ...['*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:aws/transfer/*', 'arn:aws:secretsmanager:*:111122223333:secret:acme-abcdef']
        .map((Resource) => ({ finding: 'AnySecret', template: access([{ ...READ, Resource }]) })),
      { finding: 'AnySecret', template: access([over(READ, { Resource: undefined, NotResource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:a' })]) },
      { finding: 'WholeBucket', template: access([{ ...OBJECTS, Resource: sub('${Bucket.Arn}/*') }]) },
      { finding: 'Siblings', template: access([{ ...OBJECTS, Resource: sub('${Bucket.Arn}/acme*') }]) },
      { finding: 'Action::s3:*', template: access([{ ...OBJECTS, Action: 's3:*' }]) },
      { finding: 'AnyKey', template: access([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }]) },
      { finding: 'Managed::AWSTransferFullAccess', template: access([READ], TRUST, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSTransferFullAccess'] }) },
      { finding: 'UnresolvedScope', template: access([READ], TRUST, { ManagedPolicyArns: [PARAMETER] }) },
      { finding: 'UnresolvedScope', template: access([{ ...READ, Resource: PARAMETER }]) },
      { finding: 'UnresolvedScope', template: connector({ AccessRole: 'arn:aws:iam::111122223333:role/elsewhere' }) },
    ],
    mutations: [{ name: 'read every secret', finding: 'AnySecret', mutate: (t) => t.Resources.Access.Properties.Policies[0].PolicyDocument.Statement[0].Resource = '*' }],
  },
  {
    control: 'SFTP-CONNECTOR-SECRET',
    passing: { 'a secret that is rotated': connector(), 'with its old version': config({ OrderedUserSecretVersionStages: ['AWSCURRENT', 'AWSPREVIOUS'] }) },
    failing: [
      { finding: 'NoSecret', template: config({ UserSecretId: undefined }) },
      { finding: 'NotRotated', template: connector({}, { Schedule: undefined }) },
      { finding: 'OldAccepted', template: config({ OrderedUserSecretVersionStages: ['AWSCURRENT', 'AWSPREVIOUS'] }, { Schedule: undefined }) },
      { finding: 'UnresolvedSecret', template: config({ UserSecretId: PARAMETER }) },
      { finding: 'UnresolvedSecret', template: connector({}, { Schedule: resource('SecretsManager::RotationSchedule', { SecretId: PARAMETER }) }) },
      { finding: 'UnresolvedSecret', template: config({ OrderedUserSecretVersionStages: PARAMETER }, { Schedule: undefined }) },
    ],
    mutations: [{ name: 'rotate nothing', finding: 'NotRotated', mutate: (t) => delete t.Resources.Schedule }],
  },
  {
    control: 'SFTP-WEB-APP',
    passing: { 'named networks': app(VPC), 'a group of somebody else': app(VPC, { SecurityGroupIngress: [{ SourceSecurityGroupId: 'sg-0b' }] }), 'a rule of its own': app(VPC, {}, { Rule: resource('EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIpv6: '2001:db8::/32' }) }) },
    failing: [
      { finding: 'Public', template: app(undefined) },
      { finding: 'Public', template: app({}) },
      { finding: 'DefaultGroup', template: app({ Vpc: { VpcId: 'vpc-0a', SubnetIds: ['subnet-0a'] } }) },
      { finding: 'OpenGroup', template: app(VPC, { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0' }] }) },
      { finding: 'OpenGroup', template: app(VPC, {}, { Rule: resource('EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIpv6: '::/0' }) }) },
      { finding: 'OpenGroup', template: app(VPC, { SecurityGroupIngress: [{ CidrIp: '0.0.0.0/1' }] }) },
      {
        finding: 'OpenGroup',
        template: app(VPC, { SecurityGroupIngress: [{ SourcePrefixListId: { Ref: 'List' } }] }, { List: resource('EC2::PrefixList', { Entries: [{ Cidr: '::/0' }] }) }),
      },
      { finding: 'UnresolvedEndpoint', template: app(PARAMETER) },
      { finding: 'UnresolvedEndpoint', template: app({ Vpc: { SecurityGroupIds: ['sg-0a'] } }) },
      { finding: 'UnresolvedEndpoint', template: app(VPC, { SecurityGroupIngress: [{ CidrIp: PARAMETER }] }) },
      { finding: 'UnresolvedEndpoint', template: app(VPC, { SecurityGroupIngress: PARAMETER }) },
      { finding: 'UnresolvedEndpoint', template: app(VPC, { SecurityGroupIngress: [{ SourcePrefixListId: 'pl-0a' }] }) },
    ],
    mutations: [{ name: 'put it on the internet', finding: 'Public', mutate: (t) => delete t.Resources.App.Properties.EndpointDetails }],
  },
  {
    control: 'SFTP-WORKFLOW-EXCEPTION',
    passing: { 'a copy that may fail': workflow({ Steps: [step('COPY')], OnExceptionSteps: [step('TAG')] }) },
    failing: [
      ...['COPY', 'DECRYPT', 'CUSTOM'].map((type) => ({ finding: 'NoException', template: workflow({ Steps: [step('TAG'), step(type)] }) })),
      { finding: 'NoException', template: workflow({ Steps: [step('COPY')], OnExceptionSteps: [] }) },
      { finding: 'UnresolvedSteps', template: workflow({ Steps: PARAMETER }) },
      { finding: 'UnresolvedSteps', template: workflow({ Steps: [step(PARAMETER)] }) },
      { finding: 'UnresolvedSteps', template: workflow({ Steps: [step('COPY')], OnExceptionSteps: PARAMETER }) },
    ],
    mutations: [{ name: 'let it fail', finding: 'NoException', mutate: (t) => delete t.Resources.Workflow.Properties.OnExceptionSteps }],
  },
];
