import { App, Fn, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { sftp } from '../../src';
import { bodyOf, lineOf } from '../formats/ssh-lines';

let stack: Stack;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const ROLE = 'arn:aws:iam::111122223333:role/connector';
const connector = (props: Partial<transfer.CfnConnectorProps> = {}): transfer.CfnConnector => new transfer.CfnConnector(stack, 'Connector', { accessRole: ROLE, ...props });
const user = (keys?: string[]): transfer.CfnUser =>
  new transfer.CfnUser(stack, 'User', { role: ROLE, serverId: 's-0123456789abcdef0', userName: 'acme', sshPublicKeys: keys });
const propertiesOf = (type: string): any => Object.values<any>(Template.fromStack(stack).findResources(`AWS::Transfer::${type}`))[0].Properties;

describe('the security policy of a connector', () => {
  test('is the newest one, or that of FIPS', () => {
    connector({ securityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2023-07' }).with(new sftp.mixins.ConnectorSecurityPolicy());
    expect(propertiesOf('Connector').SecurityPolicyName).toBe('TransferSFTPConnectorSecurityPolicy-2024-03');
    stack = new Stack(new App(), 'Stack');
    connector().with(new sftp.mixins.ConnectorSecurityPolicy(true));
    expect(propertiesOf('Connector').SecurityPolicyName).toBe('TransferSFTPConnectorSecurityPolicy-FIPS-2024-10');
  });

  test('is none of one that speaks AS2', () => {
    connector({ as2Config: {} }).with(new sftp.mixins.ConnectorSecurityPolicy());
    expect(propertiesOf('Connector').SecurityPolicyName).toBeUndefined();
  });

  test('is missed where an override resets it', () => {
    const made = connector();
    made.with(new sftp.mixins.ConnectorSecurityPolicy());
    made.addPropertyOverride('SecurityPolicyName', 'TransferSFTPConnectorSecurityPolicy-2023-07');
    expect(() => Template.fromStack(stack)).toThrow("'SecurityPolicyName' must be TransferSFTPConnectorSecurityPolicy-2024-03");
  });
});

describe('the keys of a connector\'s server', () => {
  test('are pinned without their comments, beside what the connector has', () => {
    connector({ sftpConfig: { userSecretId: 'arn:secret', trustedHostKeys: ['old'] } }).with(new sftp.mixins.ConnectorHostKeys([lineOf('ecdsa256'), bodyOf('rsa2048')]));
    expect(propertiesOf('Connector').SftpConfig).toEqual({ UserSecretId: 'arn:secret', TrustedHostKeys: [bodyOf('ecdsa256'), bodyOf('rsa2048')] });
  });

  test.each<[string, string[], string]>([
    ['none', [], "'keys' must be 1 to 10 keys, got 0; ask the partner for the public keys of the server"],
    ['eleven', Array(11).fill(bodyOf('ecdsa256')), "'keys' must be 1 to 10 keys, got 11; ask the partner for the public keys of the server"],
    ['an Ed25519 key', [bodyOf('ed25519')], "'keys[0]' must be an RSA key of 2048 bits or more, or an ECDSA key, got one that is an Ed25519 key, which connectors do not take"],
    ['a weak one', [bodyOf('ecdsa256'), bodyOf('rsa1024')], "'keys[1]' must be an RSA key of 2048 bits or more, or an ECDSA key, got one that is an RSA key of 1024 bits"],
  ])('are not %s', (_what, keys, message) => {
    expect(() => connector().with(new sftp.mixins.ConnectorHostKeys(keys))).toThrow(message);
  });

  test('are not what deployment alone knows', () => {
    const keys = Token.asList(Fn.ref('AWS::NotificationARNs'));
    expect(() => connector().with(new sftp.mixins.ConnectorHostKeys(keys))).toThrow('got a list that deployment alone knows');
  });

  test('are missed where a later line resets them', () => {
    const made = connector();
    made.with(new sftp.mixins.ConnectorHostKeys([bodyOf('ecdsa256')]));
    made.addPropertyOverride('SftpConfig.TrustedHostKeys', []);
    expect(() => Template.fromStack(stack)).toThrow("'TrustedHostKeys' must be the keys that were given");
  });
});

describe('the keys of a user', () => {
  test('are left to others', () => {
    user([bodyOf('ed25519')]).with(new sftp.mixins.UserKeysElsewhere());
    expect(propertiesOf('User')).not.toHaveProperty('SshPublicKeys');
  });

  test('are missed to be left where an override writes them', () => {
    const made = user();
    made.with(new sftp.mixins.UserKeysElsewhere());
    made.addPropertyOverride('SshPublicKeys', []);
    expect(() => Template.fromStack(stack)).toThrow("'SshPublicKeys' must be left out");
  });
});
