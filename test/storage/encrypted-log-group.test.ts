import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { identityActions, keyStatements } from './templates';
import { foundation, storage } from '../../src';

function logGroup(props?: storage.EncryptedLogGroupProps): { stack: Stack; log: storage.EncryptedLogGroup } {
  const stack = new Stack(new App(), 'Stack');
  return { stack, log: new storage.EncryptedLogGroup(stack, 'Log', props) };
}

/** Statements that let CloudWatch Logs encrypt; what it may describe stands in another one. */
const encrypting = (stack: Stack) => keyStatements(stack, 'logs.').filter((statement) => statement.Action.includes('kms:Encrypt'));
const conditionOf = (stack: Stack) => JSON.stringify(encrypting(stack)[0].Condition);

test('by default is encrypted with the audit key, kept for a year, and outlives the stack', () => {
  const { stack } = logGroup();
  Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      KmsKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.AUDIT).keyArn),
      RetentionInDays: 365,
    },
  });
});

test('lets CloudWatch Logs use the key for the log groups of the account', () => {
  const { stack } = logGroup();

  expect(encrypting(stack)).toHaveLength(1);
  expect(conditionOf(stack)).toMatch(/kms:EncryptionContext:aws:logs:arn.*:log-group:\*"/);
});

test('lets CloudWatch Logs use a key of its own for the one log group that has a name', () => {
  const stack = new Stack(new App(), 'Stack');
  new storage.EncryptedLogGroup(stack, 'Log', { logGroupName: 'aws-waf-logs-orders', encryptionKey: new kms.Key(stack, 'Own') });

  expect(conditionOf(stack)).toMatch(/:log-group:aws-waf-logs-orders"/);
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: 'aws-waf-logs-orders' });
});

test('keeps one statement for many log groups', () => {
  const { stack } = logGroup();
  new storage.EncryptedLogGroup(stack, 'Second');
  new storage.EncryptedLogGroup(stack, 'Third', { logGroupName: 'aws-waf-logs-orders' });

  expect(encrypting(stack)).toHaveLength(1);
});

test('covers the log groups of the account for a name that only deployment knows', () => {
  const { stack } = logGroup({ logGroupName: Token.asString({ Ref: 'Name' }) });

  expect(conditionOf(stack)).toMatch(/:log-group:\*"/);
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: { Ref: 'Name' } });
});

test('uses key and retention given', () => {
  const stack = new Stack(new App(), 'Stack');
  const encryptionKey = new kms.Key(stack, 'Own');
  new storage.EncryptedLogGroup(stack, 'Log', { encryptionKey, retention: logs.RetentionDays.TEN_YEARS });

  Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(encryptionKey.keyArn), RetentionInDays: 3653 });
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  expect(encrypting(stack)).toHaveLength(1);
});

test('refuses to keep events for ever', () => {
  expect(() => logGroup({ retention: logs.RetentionDays.INFINITE })).toThrow(
    "[Stack/Log] 'retention' must be a number of days, got INFINITE; choose how long the events are needed, up to TEN_YEARS");
});

test.each<[string, (log: storage.EncryptedLogGroup, role: iam.Role) => iam.Grant, string[]]>([
  ['grantWrite', (log, role) => log.grantWrite(role), ['logs:CreateLogStream', 'logs:PutLogEvents']],
  ['grantRead', (log, role) => log.grantRead(role), ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents']],
])('%s names single actions and no key', (_name, grant, actions) => {
  const { stack, log } = logGroup();
  grant(log, new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();

  expect(identityActions(stack)).toEqual(actions);
});
