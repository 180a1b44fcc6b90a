import { attribute, PARAMETER } from './templates';
import { Template } from '../control-case';

/** A server as one finds it, and every finding of SFTP controls that a reviewer expects, as `logical id: CONTROL[finding]`. */
export interface BadServer {
  readonly name: string;
  readonly template: Template;
  readonly found: readonly string[];
}

const UNWATCHED = [
  ...['AUTH_FAILURE', 'KEX_FAILURE', 'CONNECTION_REJECTED', 'ERROR'].map((each) => `SFTP-AUTH-ALARM[Unwatched::${each}]`),
];
const UNHEARD = [
  ...[
    'DeleteHostKey', 'DeleteServer', 'DeleteSshPublicKey', 'ImportHostKey', 'ImportSshPublicKey', 'StopServer', 'TestIdentityProvider', 'UpdateHostKey',
    'UpdateServer', 'UpdateUser',
  ].map((each) => `SFTP-ADMIN-EVENT[Unheard::${each}]`),
  ...['Delete', 'Download', 'Rename', 'Upload'].map((each) => `SFTP-FAILURE-EVENT[Unheard::${each}]`),
  'SFTP-KEY-AGE[Unwatched::HostKeys]',
  'SFTP-KEY-AGE[Unwatched::PartnerKeys]',
];
const FORGOTTEN = ['SFTP-RETAIN[DeletedWithStack]', 'SFTP-RETAIN[DeletedOnReplacement]', 'SFTP-BANNER[NoBanner]', 'SFTP-DOMAIN[NotStated]'];
const SILENT = ['SFTP-LOG[NoLog]', ...UNHEARD];

const of = (id: string, findings: readonly string[]): readonly string[] => findings.map((each) => `${id}: ${each}`);
const group = (...SecurityGroupIngress: object[]): object => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'sftp', SecurityGroupIngress } });
const PEM = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEpAIBAAKCAQEA'].join(' ');

export const BAD_SERVERS: readonly BadServer[] = [
  {
    name: 'the shortest template that deploys',
    template: { Resources: { Server: { Type: 'AWS::Transfer::Server' } } },
    found: of('Server', [
      'SFTP-ENDPOINT[NotStated]', 'SFTP-IDENTITY[NotStated]', 'SFTP-PROTOCOL[NotStated]', 'SFTP-SECURITY-POLICY[NotStated]', ...FORGOTTEN, ...SILENT,
    ]),
  },
  {
    name: 'a public server with the policy of 2018 and users of the service',
    template: {
      Resources: {
        Server: {
          Type: 'AWS::Transfer::Server',
          Properties: {
            EndpointType: 'PUBLIC',
            IdentityProviderType: 'SERVICE_MANAGED',
            Protocols: ['SFTP'],
            SecurityPolicyName: 'TransferSecurityPolicy-2018-11',
            LoggingRole: 'arn:aws:iam::111122223333:role/sftp-log',
            Tags: [{ Key: 'aws:transfer:customHostname', Value: 'sftp.example.com' }],
          },
        },
      },
    },
    found: of('Server', [
      'SFTP-ENDPOINT[Public]', 'SFTP-SECURITY-POLICY[Outdated::TransferSecurityPolicy-2018-11]', 'SFTP-TAGS[Reserved]', ...FORGOTTEN, ...SILENT,
    ]),
  },
  {
    name: 'FTP in the default group, for users of a directory',
    template: {
      Resources: {
        Server: {
          Type: 'AWS::Transfer::Server',
          Properties: {
            EndpointType: 'VPC',
            EndpointDetails: { VpcId: 'vpc-0a1b2c3d', SubnetIds: ['subnet-0a1b2c3d'] },
            IdentityProviderType: 'AWS_DIRECTORY_SERVICE',
            IdentityProviderDetails: { DirectoryId: 'd-0123456789' },
            Protocols: ['FTP', 'FTPS'],
            SecurityPolicyName: 'TransferSecurityPolicy-2022-03',
          },
        },
      },
    },
    found: of('Server', [
      'SFTP-ENDPOINT[OneZone]', 'SFTP-IDENTITY[PasswordAlone]', 'SFTP-PROTOCOL[Plain]', 'SFTP-PROTOCOL[Other::FTPS]',
      'SFTP-SECURITY-GROUP[DefaultGroup]', 'SFTP-SECURITY-POLICY[Outdated::TransferSecurityPolicy-2022-03]', ...FORGOTTEN, ...SILENT,
    ]),
  },
  {
    name: 'a server that is open to the world, with one address for two subnets',
    template: {
      Resources: {
        Group: group(
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
          { IpProtocol: '-1', CidrIp: '10.0.0.0/8', Description: 'inside' },
        ),
        Server: {
          Type: 'AWS::Transfer::Server',
          Properties: {
            Domain: 'S3',
            EndpointType: 'VPC',
            EndpointDetails: {
              AddressAllocationIds: ['eipalloc-0a1b2c3d'],
              SecurityGroupIds: [attribute('Group', 'GroupId')],
              SubnetIds: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'],
              VpcId: 'vpc-0a1b2c3d',
            },
            IdentityProviderType: 'SERVICE_MANAGED',
            Protocols: ['SFTP'],
            SecurityPolicyName: 'TransferSecurityPolicy-2023-05',
          },
        },
      },
    },
    found: of('Server', [
      'SFTP-ADDRESSES[NotOneEach]', 'SFTP-SECURITY-GROUP[NoDescription]', 'SFTP-SECURITY-GROUP[Port]', 'SFTP-SECURITY-GROUP[Wide::10.0.0.0/8]',
      'SFTP-SECURITY-GROUP[World]', 'SFTP-SECURITY-POLICY[Aging::TransferSecurityPolicy-2023-05]', ...FORGOTTEN.slice(0, 3), ...SILENT,
    ]),
  },
  {
    name: 'a function that takes passwords, that anybody may call, and that reads every partner',
    template: {
      Resources: {
        Provider: { Type: 'AWS::Lambda::Function', Properties: { Role: attribute('Role', 'Arn') } },
        Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { Ref: 'Provider' } } },
        Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Provider' }, Principal: 'transfer.amazonaws.com' } },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:Scan', 'secretsmanager:GetSecretValue'], Resource: '*' }] } }] },
        },
        Server: {
          Type: 'AWS::Transfer::Server',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            Domain: 'S3',
            EndpointType: 'PUBLIC',
            IdentityProviderType: 'AWS_LAMBDA',
            IdentityProviderDetails: { Function: attribute('Provider', 'Arn') },
            PreAuthenticationLoginBanner: 'Welcome',
            Protocols: ['SFTP'],
            SecurityPolicyName: 'TransferSecurityPolicy-2025-03',
          },
        },
      },
    },
    found: [
      ...of('Server', ['SFTP-ENDPOINT[Public]', 'SFTP-IDENTITY[PasswordAlone]', ...SILENT]),
      ...of('Provider', [
        'SFTP-IDP-ALARM[Unwatched::Errors]', 'SFTP-IDP-ALARM[Unwatched::Throttles]', 'SFTP-IDP-ALARM[Unwatched::Duration]', 'SFTP-IDP-CALLER[FunctionUrl]',
        'SFTP-IDP-CALLER[NoSourceAccount]', 'SFTP-IDP-CALLER[NoSourceArn]', 'SFTP-IDP-RIGHTS[ReadsAll::dynamodb:Scan]',
        'SFTP-IDP-RIGHTS[Wide::secretsmanager:GetSecretValue]', 'SFTP-IDP-TIMEOUT[TooShort]',
      ]),
    ],
  },
  {
    name: 'a host key in the template, and rights to replace it everywhere',
    template: {
      Outputs: { HostKey: { Value: PEM } },
      Resources: {
        Key: { Type: 'AWS::Transfer::HostKey', Properties: { HostKeyBody: PEM, ServerId: attribute('Server', 'ServerId') } },
        Operator: { Type: 'AWS::IAM::Policy', Properties: { Groups: ['operators'], PolicyName: 'sftp', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'transfer:*', Resource: '*' }] } } },
        Server: { Type: 'AWS::Transfer::Server', Properties: { Domain: 'S3', EndpointType: 'PUBLIC', IdentityProviderType: 'SERVICE_MANAGED', Protocols: ['SFTP'], SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' } },
      },
    },
    found: [
      ...of('Key', ['SFTP-HOST-KEY[PlainKey]', 'SFTP-PRIVATE-KEY[PrivateKey::Resources.Key.Properties.HostKeyBody]']),
      ...of('Operator', ['SFTP-ADMIN-RIGHTS[AnyServer]', 'SFTP-ADMIN-RIGHTS[NotRole]', 'SFTP-ADMIN-RIGHTS[Wildcard]']),
      ...of('Server', [
        'SFTP-ENDPOINT[Public]', 'SFTP-PRIVATE-KEY[PrivateKey::Outputs.HostKey.Value]',
        ...FORGOTTEN.slice(0, 3), ...SILENT,
      ]),
    ],
  },
  {
    name: 'a server of which only parameters tell anything: nothing is taken as compliant',
    template: {
      Parameters: { Parameter: { Type: 'String' } },
      Resources: {
        Server: {
          Type: 'AWS::Transfer::Server',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: Object.fromEntries([
            'Domain', 'EndpointType', 'EndpointDetails', 'IdentityProviderType', 'IdentityProviderDetails', 'PreAuthenticationLoginBanner', 'ProtocolDetails', 'Protocols',
            'SecurityPolicyName', 'StructuredLogDestinations', 'Tags', 'CreateWithHostKey',
          ].map((name) => [name, PARAMETER])),
        },
      },
    },
    found: of('Server', [
      'SFTP-ADDRESSES[UnresolvedAddresses]', 'SFTP-BANNER[UnresolvedBanner]', 'SFTP-DOMAIN[UnresolvedDomain]', 'SFTP-ENDPOINT[UnresolvedEndpoint]',
      'SFTP-HOST-KEY[UnresolvedHostKey]', 'SFTP-IDENTITY[UnresolvedProvider]', 'SFTP-LOG[UnresolvedLog]', 'SFTP-PORTS[UnresolvedPorts]',
      'SFTP-PROTOCOL[UnresolvedProtocols]', 'SFTP-PROXY-PROTOCOL[UnresolvedMode]', 'SFTP-SECURITY-GROUP[UnresolvedGroup]', 'SFTP-SECURITY-POLICY[UnresolvedPolicy]',
      'SFTP-TAGS[UnresolvedTags]',
      ...UNHEARD,
      ...UNWATCHED.map((each) => each.replace('Unwatched', 'UnresolvedWatch')),
    ]),
  },
];
