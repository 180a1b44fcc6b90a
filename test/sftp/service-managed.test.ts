import { ECDSA } from './public-keys';
import { acme, key, recordOf, rightsOf, serving, the, variablesOf } from './serving';
import { sftp } from '../../src';
import { propertiesOf } from '../storage/templates';

describe('by default', () => {
  const { stack, server } = serving(sftp.SftpUsers.serviceManaged());
  server.addPartner('acme', acme({ access: sftp.PartnerAccess.exchange() }));
  server.addPartner('gone', acme({ keys: [key(ECDSA)], disabled: true }));

  test('the server manages users itself, and asks no function', () => {
    const { IdentityProviderType, IdentityProviderDetails } = the(stack, 'AWS::Transfer::Server', 'Sftp');
    expect([IdentityProviderType, IdentityProviderDetails]).toEqual(['SERVICE_MANAGED', undefined]);
    expect(Object.keys(propertiesOf(stack, 'AWS::Lambda::Function')).filter((id) => id.includes('IdentityProvider'))).toEqual([]);
  });

  test('a partner is a user without keys, in its own directories, under a session policy', () => {
    const user = the(stack, 'AWS::Transfer::User', 'SftpUsersacme');
    expect(user).toEqual({
      ServerId: stack.resolve(server.serverId),
      UserName: 'acme',
      Role: { 'Fn::GetAtt': [expect.stringMatching(/^SftpUsersacmeRole/), 'Arn'] },
      HomeDirectoryType: 'LOGICAL',
      HomeDirectoryMappings: [
        { Entry: '/incoming', Target: { 'Fn::Join': ['', ['/', { Ref: expect.stringMatching(/^Incoming/) }, '/partners/acme']] } },
        { Entry: '/outgoing', Target: { 'Fn::Join': ['', ['/', { Ref: expect.stringMatching(/^Outgoing/) }, '/partners/acme']] } },
      ],
      Policy: expect.anything(),
    });
    expect(JSON.stringify(user.Policy)).toContain('partners/acme/*');
  });

  test('a disabled partner has a record and no user', () => {
    expect(recordOf(stack, 'gone').disabled).toBe(true);
    expect(Object.values(propertiesOf(stack, 'AWS::Transfer::User')).map(({ UserName }) => UserName)).toEqual(['acme']);
  });

  test('a function compares keys each hour and when a partner changes, one run at a time', () => {
    expect(the(stack, 'AWS::Events::Rule', 'SftpUsersReconcilerHourly').ScheduleExpression).toBe('rate(1 hour)');
    expect(the(stack, 'AWS::Lambda::EventSourceMapping', 'SftpUsersReconciler')).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^SftpUsersPartners/), 'StreamArn'] },
      DestinationConfig: { OnFailure: expect.anything() },
      MaximumRetryAttempts: 3,
    });
    expect(the(stack, 'AWS::Lambda::Function', 'SftpUsersReconcilerFunction').ReservedConcurrentExecutions).toBe(1);
    expect(variablesOf(stack, 'Reconciler')).toMatchObject({ MODE: 'enforce', EVENT_BUS_NAME: 'default', SERVER_ID: stack.resolve(server.serverId) });
  });

  test('the function changes keys of this server\'s users alone', () => {
    expect(rightsOf(stack, 'Reconciler')).toEqual([
      'Allow: transfer:ListUsers, transfer:DescribeServer',
      'Allow: transfer:DescribeUser, transfer:ImportSshPublicKey, transfer:DeleteSshPublicKey',
      'Allow: dynamodb:Scan, dynamodb:UpdateItem',
      'Allow: events:PutEvents',
      'Allow: dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator',
      'Allow: dynamodb:ListStreams',
    ]);
    const { PolicyDocument } = the(stack, 'AWS::IAM::Policy', 'SftpUsersReconcilerRoleDefaultPolicy');
    expect(JSON.stringify(PolicyDocument)).toContain(':user/');
  });

  test.each([['Fault'], ['Complaint'], ['Failure'], ['Unattended']])('alarm %s reaches somebody', (id) => {
    expect(the(stack, 'AWS::CloudWatch::Alarm', `SftpUsersReconcilerAlarms${id}`).AlarmActions).toHaveLength(1);
  });

  test('keys that were taken away, and partners without one, alert', () => {
    expect(the(stack, 'AWS::Events::Rule', 'SftpUsersReconcilerChanged').EventPattern).toEqual({
      'source': ['cdk-secure-integrations.sftp'],
      'detail-type': ['SFTP Partner Key Removed', 'SFTP Partner Without Key'],
      'detail': { serverId: [stack.resolve(server.serverId)] },
    });
  });
});

test('without enforcement, keys of nobody are told of', () => {
  const { stack } = serving(sftp.SftpUsers.serviceManaged({ enforce: false }));
  expect(variablesOf(stack, 'Reconciler').MODE).toBe('report');
});

test('there is no password', () => {
  const { stack, server } = serving(sftp.SftpUsers.serviceManaged());
  expect(server.addPartner('acme', acme()).password).toBeUndefined();
  expect(recordOf(stack, 'acme').passwordRequired).toBe(false);
});
