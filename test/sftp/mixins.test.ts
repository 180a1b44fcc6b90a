import { App, Duration, Fn, Mixin, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { sftp } from '../../src';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const server = (props: transfer.CfnServerProps = {}): transfer.CfnServer => new transfer.CfnServer(stack, 'Server', props);
const serverWith = (mixin: Mixin, props: transfer.CfnServerProps = {}): transfer.CfnServer => {
  const made = server(props);
  made.with(mixin);
  return made;
};
const rendered = (): any => Object.values<any>(Template.fromStack(stack).findResources('AWS::Transfer::Server'))[0];
const propertiesOf = (props: transfer.CfnServerProps, mixin: Mixin): any => {
  server(props).with(mixin);
  return rendered().Properties;
};

describe('the security policy', () => {
  test('is the newest one', () => {
    expect(propertiesOf({ securityPolicyName: 'TransferSecurityPolicy-2018-11' }, new sftp.mixins.ServerSecurityPolicy()))
      .toEqual({ SecurityPolicyName: 'TransferSecurityPolicy-2025-03' });
  });

  test('stays where it is a current one', () => {
    expect(propertiesOf({ securityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' }, new sftp.mixins.ServerSecurityPolicy()))
      .toEqual({ SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' });
  });

  test('is that of FIPS where it is asked for', () => {
    expect(propertiesOf({ securityPolicyName: 'TransferSecurityPolicy-2025-03' }, new sftp.mixins.ServerSecurityPolicy(true)))
      .toEqual({ SecurityPolicyName: 'TransferSecurityPolicy-FIPS-2025-03' });
  });

  test('is missed where a later line resets it', () => {
    serverWith(new sftp.mixins.ServerSecurityPolicy()).securityPolicyName = 'TransferSecurityPolicy-2024-01';
    expect(() => Template.fromStack(stack)).toThrow(
      "SFTP-SECURITY-POLICY does not hold although sftp.mixins.ServerSecurityPolicy applied it: 'SecurityPolicyName' must be TransferSecurityPolicy-2025-03");
  });
});

describe('protocols', () => {
  test('are SFTP alone', () => {
    expect(propertiesOf({ protocols: ['FTP', 'SFTP'] }, new sftp.mixins.ServerProtocol())).toEqual({ Protocols: ['SFTP'] });
  });

  test('are missed where an override adds one', () => {
    serverWith(new sftp.mixins.ServerProtocol()).addPropertyOverride('Protocols', ['SFTP', 'FTPS']);
    expect(() => Template.fromStack(stack)).toThrow("'Protocols' must be SFTP alone");
  });
});

describe('the notice', () => {
  test('is shown', () => {
    expect(propertiesOf({}, new sftp.mixins.ServerBanner('Partners only.\nUse is recorded.'))).toEqual({ PreAuthenticationLoginBanner: 'Partners only.\nUse is recorded.' });
  });

  test.each(['', ' \n', 'nur für Partner', 'x'.repeat(4097)])('is refused where clients cannot show it', (notice) => {
    expect(() => server().with(new sftp.mixins.ServerBanner(notice))).toThrow("'notice' must be up to 4096 printable characters of ASCII");
  });
});

describe('the log', () => {
  test('goes to the group', () => {
    const group = logs.LogGroup.fromLogGroupName(stack, 'Group', 'sftp');
    const { StructuredLogDestinations: [arn] } = propertiesOf({ structuredLogDestinations: ['arn:aws:logs:eu-west-1:111122223333:log-group:old:*'] }, new sftp.mixins.ServerLog(group));
    expect(JSON.stringify(arn)).toContain(':log-group:sftp:*');
  });

  test('is missed where a later line drops it', () => {
    serverWith(new sftp.mixins.ServerLog(logs.LogGroup.fromLogGroupName(stack, 'Group', 'sftp'))).structuredLogDestinations = [];
    expect(() => Template.fromStack(stack)).toThrow("'StructuredLogDestinations' must name the log group");
  });
});

describe('what a server keeps', () => {
  test('is itself', () => {
    server().with(new sftp.mixins.ServerRetain());
    expect(rendered()).toEqual({ Type: 'AWS::Transfer::Server', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is the storage that it states', () => {
    expect(propertiesOf({ domain: 'EFS' }, new sftp.mixins.ServerDomain())).toEqual({ Domain: 'EFS' });
  });

  test('is the storage that it has by itself', () => {
    expect(propertiesOf({}, new sftp.mixins.ServerDomain())).toEqual({ Domain: 'S3' });
  });
});

describe('who signs in', () => {
  const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:provider';
  const byFunction = (sftpAuthenticationMethods?: string): transfer.CfnServerProps =>
    ({ identityProviderType: 'AWS_LAMBDA', identityProviderDetails: { function: FUNCTION, sftpAuthenticationMethods } });
  const methodsOf = (props: transfer.CfnServerProps, mixin: Mixin): unknown => propertiesOf(props, mixin).IdentityProviderDetails?.SftpAuthenticationMethods;

  test.each([undefined, 'PASSWORD', 'PUBLIC_KEY_OR_PASSWORD', 'PUBLIC_KEY'])('needs a key, where %s was asked for', (methods) => {
    expect(methodsOf(byFunction(methods), new sftp.mixins.ServerAuthentication())).toBe('PUBLIC_KEY');
  });

  test('still needs both where both were asked for', () => {
    expect(methodsOf(byFunction('PUBLIC_KEY_AND_PASSWORD'), new sftp.mixins.ServerAuthentication())).toBe('PUBLIC_KEY_AND_PASSWORD');
  });

  test('needs both where a password is asked for', () => {
    expect(methodsOf(byFunction('PUBLIC_KEY'), new sftp.mixins.ServerAuthentication(true))).toBe('PUBLIC_KEY_AND_PASSWORD');
  });

  test.each(['SERVICE_MANAGED', 'AWS_DIRECTORY_SERVICE'])('is left to %s', (identityProviderType) => {
    expect(methodsOf({ identityProviderType }, new sftp.mixins.ServerAuthentication())).toBeUndefined();
  });

  test('is told to be unsure where only deployment knows the details', () => {
    server({ identityProviderType: 'AWS_LAMBDA', identityProviderDetails: Fn.conditionIf('Asked', { Function: FUNCTION }, { Ref: 'AWS::NoValue' }) })
      .with(new sftp.mixins.ServerAuthentication());
    expect(() => Template.fromStack(stack)).toThrow("'SftpAuthenticationMethods' must be PUBLIC_KEY or PUBLIC_KEY_AND_PASSWORD");
  });

  test('is missed where a later line takes the password away', () => {
    serverWith(new sftp.mixins.ServerAuthentication(true), byFunction()).addPropertyOverride('IdentityProviderDetails.SftpAuthenticationMethods', 'PUBLIC_KEY');
    expect(() => Template.fromStack(stack)).toThrow("'SftpAuthenticationMethods' must be PUBLIC_KEY_AND_PASSWORD");
  });
});

describe('the function that decides', () => {
  const decides = (mixin: Mixin): void => {
    new lambda.CfnFunction(stack, 'Provider', { code: { zipFile: '' }, role: 'arn:aws:iam::111122223333:role/provider' }).with(mixin);
  };

  test('has ten seconds', () => {
    decides(new sftp.mixins.IdentityProviderTimeout());
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Timeout: 10 });
  });

  test.each([4, 16])('is not given %d seconds', (seconds) => {
    expect(() => decides(new sftp.mixins.IdentityProviderTimeout(Duration.seconds(seconds)))).toThrow(`'timeout' must be between 5 and 15 seconds, got ${seconds}`);
  });
});

test.each(Object.entries(sftp.mixins))('%s leaves other resources alone', (_name, mixinClass) => {
  const bucket = new s3.CfnBucket(stack, 'Bucket');
  const mixin = new (mixinClass as new (...args: any[]) => Mixin)();
  expect(mixin.supports(bucket)).toBe(false);
  mixin.applyTo(bucket);
  expect(Template.fromStack(stack).findResources('AWS::S3::Bucket')).toEqual({ Bucket: { Type: 'AWS::S3::Bucket' } });
});
