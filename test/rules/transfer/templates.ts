import { Template } from '../control-case';

export const PARAMETER = { Ref: 'Parameter' };
export const ACCOUNT = { Ref: 'AWS::AccountId' };
export const attribute = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });

/** What a server of the examples has: in a network, by a function, with a log. */
export const SERVER = {
  Domain: 'S3',
  EndpointType: 'VPC',
  EndpointDetails: { VpcId: 'vpc-0a1b2c3d', SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: [attribute('Group', 'GroupId')] },
  IdentityProviderType: 'AWS_LAMBDA',
  IdentityProviderDetails: { Function: attribute('Provider', 'Arn'), SftpAuthenticationMethods: 'PUBLIC_KEY' },
  PreAuthenticationLoginBanner: 'Authorized partners only.',
  Protocols: ['SFTP'],
  SecurityPolicyName: 'TransferSecurityPolicy-2025-03',
  StructuredLogDestinations: [attribute('Log', 'Arn')],
};

export const LOG = { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { RetentionInDays: 365 } };
export const PROVIDER = { Type: 'AWS::Lambda::Function', Properties: { Role: attribute('Role', 'Arn'), Timeout: 10 } };

/** What the server of the examples refers to. */
const BESIDE = {
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'sftp' } },
  Log: LOG,
  Provider: PROVIDER,
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
};

/** A server with properties of its own, and resources beside it; a property that is undefined is left out. */
export function server(properties: object = {}, beside: Record<string, any> = {}): Template {
  const all = Object.entries({ ...SERVER, ...properties }).filter(([, value]) => value !== undefined);
  return {
    Parameters: { Parameter: { Type: 'String' } },
    Resources: {
      Server: { Type: 'AWS::Transfer::Server', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: Object.fromEntries(all) },
      ...BESIDE,
      ...beside,
    },
  };
}

/** The endpoint of the examples with some of its details changed. */
export function endpoint(details: object): object {
  return { EndpointDetails: { ...SERVER.EndpointDetails, ...details } };
}
