import { ControlCase, Template } from './control-case';
import { attribute, LOG, PARAMETER, server } from './transfer/templates';

const SERVICE_ROLE = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/transfer.amazonaws.com/AWSServiceRoleForTransfer' };
const BODY = '{{resolve:secretsmanager:sftp/host-key:SecretString:body::}}';
const PEM = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA'].join(' ');

const WORKFLOW = { ExecutionRole: 'arn:aws:iam::111122223333:role/workflow', WorkflowId: 'w-0123456789abcdef0' };

const hostKey = (properties: object = {}): object => ({ Type: 'AWS::Transfer::HostKey', Properties: { ServerId: attribute('Server', 'ServerId'), HostKeyBody: BODY, ...properties } });
const keys = (count: number): Record<string, object> => Object.fromEntries(Array.from({ length: count }, (_, i) => [`Key${i}`, hostKey()]));
const kmsKey = (principal: unknown): object => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:Decrypt', Resource: '*' }] } },
});
const stored = (properties: object, beside: Record<string, object> = {}): Template =>
  server({}, { Key: hostKey({ StorageType: 'SECRETS_MANAGER', ...properties }), ...beside });
const parameter = (properties: object): Template => ({ ...server({}, { Key: hostKey({ HostKeyBody: { Ref: 'Given' } }) }), Parameters: { Given: { Type: 'String', ...properties } } });
const holding = (sections: object): Template => ({ ...server(), ...sections });

export const SFTP_SERVER_CASES: readonly ControlCase[] = [
  {
    control: 'SFTP-BANNER',
    passing: { 'a notice': server() },
    failing: [
      { finding: 'NoBanner', template: server({ PreAuthenticationLoginBanner: undefined }) },
      { finding: 'NoBanner', template: server({ PreAuthenticationLoginBanner: ' \n' }) },
      { finding: 'UnresolvedBanner', template: server({ PreAuthenticationLoginBanner: PARAMETER }) },
    ],
    mutations: [{ name: 'show nothing', finding: 'NoBanner', mutate: (t) => delete t.Resources.Server.Properties.PreAuthenticationLoginBanner }],
  },
  {
    control: 'SFTP-DOMAIN',
    passing: { S3: server(), EFS: server({ Domain: 'EFS' }) },
    failing: [
      { finding: 'NotStated', template: server({ Domain: undefined }) },
      { finding: 'UnresolvedDomain', template: server({ Domain: PARAMETER }) },
    ],
    mutations: [{ name: 'leave it to the service', finding: 'NotStated', mutate: (t) => delete t.Resources.Server.Properties.Domain }],
  },
  {
    control: 'SFTP-HOST-KEY',
    passing: {
      'a key out of a secret': server({ CreateWithHostKey: false }, { Key: hostKey() }),
      'a key out of a secret of the template': server({}, {
        Secret: { Type: 'AWS::SecretsManager::Secret' },
        Key: hostKey({ HostKeyBody: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}']] } }),
      }),
      'a key that stays in a secret': stored({ KmsKey: attribute('Kms', 'Arn') }, { Kms: kmsKey(SERVICE_ROLE) }),
      'the active key and the next one': server({}, keys(2)),
    },
    failing: [
      { finding: 'PlainKey', template: server({}, { Key: hostKey({ HostKeyBody: PEM }) }) },
      { finding: 'PlainKey', template: server({}, { Key: hostKey({ HostKeyBody: '{{resolve:ssm:/sftp/host-key}}' }) }) },
      { finding: 'PlainKey', template: server({}, { Key: hostKey({ HostKeyBody: `${PEM} {{resolve:secretsmanager:rest}}` }) }) },
      { finding: 'PlainKey', template: server({}, { Key: hostKey({ HostKeyBody: undefined }) }) },
      { finding: 'PlainKey', template: parameter({}) },
      { finding: 'PlainKey', template: parameter({ NoEcho: true, Default: PEM }) },
      { finding: 'UnresolvedHostKey', template: parameter({ NoEcho: true }) },
      { finding: 'UnresolvedHostKey', template: server({ CreateWithHostKey: PARAMETER }) },
      { finding: 'NoHostKey', template: server({ CreateWithHostKey: false }) },
      { finding: 'NoHostKey', template: server({ CreateWithHostKey: 'false' }, { Key: hostKey({ ServerId: 's-0123456789abcdef0' }) }) },
      { finding: 'UnresolvedHostKey', template: server({ CreateWithHostKey: false }, { Key: hostKey({ ServerId: PARAMETER }) }) },
      { finding: 'UntoldTypes', template: server({}, keys(3)) },
      { finding: 'TooManyKeys', template: server({}, keys(11)) },
      { finding: 'NoKmsKey', template: stored({}) },
      { finding: 'KeyDenies', template: stored({ KmsKey: attribute('Kms', 'Arn') }, { Kms: kmsKey({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' }) }) },
      { finding: 'UnresolvedStorage', template: stored({ KmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d' }) },
      { finding: 'UnresolvedStorage', template: stored({ KmsKey: attribute('Kms', 'Arn') }, { Kms: kmsKey(PARAMETER) }) },
      { finding: 'UnresolvedStorage', template: stored({ StorageType: PARAMETER }) },
    ],
    mutations: [
      { name: 'write the key down', finding: 'PlainKey', mutate: (t) => { t.Resources.Key.Properties.HostKeyBody = PEM; } },
      { name: 'drop the key', finding: 'NoHostKey', mutate: (t) => delete t.Resources.Key },
      { name: 'keep it with the key of the service', finding: 'NoKmsKey', mutate: (t) => { t.Resources.Key.Properties.StorageType = 'SECRETS_MANAGER'; } },
    ],
  },
  {
    control: 'SFTP-LOG',
    passing: {
      'a group that stays': server({}, { Log: LOG }),
      'a workflow with a role': server({ WorkflowDetails: { OnUpload: [WORKFLOW] }, LoggingRole: 'arn:aws:iam::111122223333:role/log' }, { Log: LOG }),
      'a group by its name': server(
        { StructuredLogDestinations: ['arn:aws:logs:eu-west-1:111122223333:log-group:sftp:*'] }, { Log: { ...LOG, Properties: { LogGroupName: 'sftp' } } },
      ),
    },
    failing: [
      { finding: 'NoLog', template: server({ StructuredLogDestinations: undefined }) },
      { finding: 'NoLog', template: server({ StructuredLogDestinations: [] }) },
      { finding: 'LogDeleted', template: server({}, { Log: { Type: 'AWS::Logs::LogGroup' } }) },
      { finding: 'NoLoggingRole', template: server({ WorkflowDetails: { OnPartialUpload: [WORKFLOW] } }, { Log: LOG }) },
      { finding: 'UnresolvedLog', template: server({ WorkflowDetails: PARAMETER }, { Log: LOG }) },
      { finding: 'UnresolvedLog', template: server({ WorkflowDetails: { OnUpload: [WORKFLOW] }, LoggingRole: PARAMETER }, { Log: LOG }) },
      { finding: 'UnresolvedLog', template: server({ StructuredLogDestinations: PARAMETER }) },
      { finding: 'UnresolvedLog', template: server({ StructuredLogDestinations: ['arn:aws:logs:eu-west-1:111122223333:log-group:elsewhere:*'] }) },
    ],
    mutations: [
      { name: 'drop the log', finding: 'NoLog', mutate: (t) => delete t.Resources.Server.Properties.StructuredLogDestinations },
      { name: 'let the log go with the stack', finding: 'LogDeleted', mutate: (t) => delete t.Resources.Log.DeletionPolicy },
    ],
  },
  {
    control: 'SFTP-PRIVATE-KEY',
    passing: {
      'no key': server(),
      'a public key and a certificate': holding({ Outputs: { Key: { Value: 'ssh-ed25519 AAAAC3Nza' }, Certificate: { Value: '-----BEGIN CERTIFICATE-----\nMIIB' } } }),
    },
    failing: [
      { finding: 'PrivateKey::Outputs.Key.Value', template: holding({ Outputs: { Key: { Value: PEM } } }) },
      { finding: 'PrivateKey::Metadata.keys.0', template: holding({ Metadata: { keys: [PEM] } }) },
      { finding: 'PrivateKey::Parameters.Key.Default', template: holding({ Parameters: { Key: { Type: 'String', NoEcho: true, Default: PEM } } }) },
      { finding: 'PrivateKey::Mappings.Keys.eu.body', template: holding({ Mappings: { Keys: { eu: { body: PEM } } } }) },
      { finding: 'PrivateKey::Resources.Key.Properties.HostKeyBody', template: server({}, { Key: hostKey({ HostKeyBody: PEM }) }) },
      {
        finding: 'PrivateKey::Resources.Watch.Properties.Environment.Variables.KEY.Fn::Join.1.0',
        template: server({}, { Watch: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { KEY: { 'Fn::Join': ['', [PEM, PARAMETER]] } } } } } }),
      },
      { finding: 'PrivateKey::Outputs.Key.Value', template: holding({ Outputs: { Key: { Value: Buffer.from(PEM).toString('base64') } } }) },
      { finding: 'UnresolvedText::Outputs', template: holding({ Outputs: { 'Fn::Transform': { Name: 'Macro' } } }) },
      { finding: 'PrivateKey::Outputs.Key.Value', template: holding({ Outputs: { Key: { Value: 'PuTTY-User-Key-File-3: ssh-ed25519' } } }) },
    ],
    mutations: [{ name: 'put a key in an output', finding: 'PrivateKey::Outputs.Key.Value', mutate: (t) => { t.Outputs = { Key: { Value: PEM } }; } }],
  },
  {
    control: 'SFTP-PROTOCOL',
    passing: { 'SFTP alone': server() },
    failing: [
      { finding: 'Plain', template: server({ Protocols: ['SFTP', 'FTP'] }) },
      { finding: 'Other::FTPS', template: server({ Protocols: ['FTPS'] }) },
      { finding: 'Other::AS2', template: server({ Protocols: ['SFTP', 'AS2'] }) },
      { finding: 'NotStated', template: server({ Protocols: undefined }) },
      { finding: 'UnresolvedProtocols', template: server({ Protocols: PARAMETER }) },
      { finding: 'UnresolvedProtocols', template: server({ Protocols: ['SFTP', PARAMETER] }) },
    ],
    mutations: [
      { name: 'speak FTP', finding: 'Plain', mutate: (t) => t.Resources.Server.Properties.Protocols.push('FTP') },
      { name: 'leave it to the service', finding: 'NotStated', mutate: (t) => delete t.Resources.Server.Properties.Protocols },
    ],
  },
  {
    control: 'SFTP-RETAIN',
    passing: { kept: server() },
    failing: [
      { finding: 'DeletedWithStack', template: { Resources: { Server: { Type: 'AWS::Transfer::Server', UpdateReplacePolicy: 'Retain' } } } },
      { finding: 'DeletedOnReplacement', template: { Resources: { Server: { Type: 'AWS::Transfer::Server', DeletionPolicy: 'Retain' } } } },
    ],
    mutations: [{ name: 'delete it with the stack', finding: 'DeletedWithStack', mutate: (t) => { t.Resources.Server.DeletionPolicy = 'Delete'; } }],
  },
  {
    control: 'SFTP-SECURITY-POLICY',
    passing: {
      'the newest': server(),
      'the newest of FIPS': server({ SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' }),
      'that of AS2': server({ SecurityPolicyName: 'TransferSecurityPolicy-AS2Restricted-2025-07' }),
    },
    failing: [
      { finding: 'NotStated', template: server({ SecurityPolicyName: undefined }) },
      { finding: 'Outdated::TransferSecurityPolicy-2018-11', template: server({ SecurityPolicyName: 'TransferSecurityPolicy-2018-11' }) },
      { finding: 'Outdated::TransferSecurityPolicy-FIPS-2024-01', template: server({ SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2024-01' }) },
      { finding: 'Aging::TransferSecurityPolicy-2024-01', template: server({ SecurityPolicyName: 'TransferSecurityPolicy-2024-01' }) },
      { finding: 'Unknown::TransferSecurityPolicy-2099-01', template: server({ SecurityPolicyName: 'TransferSecurityPolicy-2099-01' }) },
      { finding: 'Unknown::toString', template: server({ SecurityPolicyName: 'toString' }) },
      { finding: 'UnresolvedPolicy', template: server({ SecurityPolicyName: PARAMETER }) },
    ],
    mutations: [
      { name: 'leave it to CloudFormation', finding: 'NotStated', mutate: (t) => delete t.Resources.Server.Properties.SecurityPolicyName },
      {
        name: 'go back to 2018',
        finding: 'Outdated::TransferSecurityPolicy-2018-11',
        mutate: (t) => { t.Resources.Server.Properties.SecurityPolicyName = 'TransferSecurityPolicy-2018-11'; },
      },
    ],
  },
  {
    control: 'SFTP-TAGS',
    passing: { 'a name for the console': server({ Tags: [{ Key: 'transfer:customHostname', Value: 'sftp.example.com' }] }) },
    failing: [
      { finding: 'Reserved', template: server({ Tags: [{ Key: 'aws:transfer:customHostname', Value: 'sftp.example.com' }] }) },
      { finding: 'UnresolvedTags', template: server({ Tags: PARAMETER }) },
      { finding: 'UnresolvedTags', template: server({ Tags: [{ Key: PARAMETER, Value: 'x' }] }) },
    ],
    mutations: [{ name: 'use the old name', finding: 'Reserved', mutate: (t) => { t.Resources.Server.Properties.Tags[0].Key = 'aws:transfer:customHostname'; } }],
  },
];
