import { App, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { identityActions, identityStatements, keyStatements } from './templates';
import { foundation, storage } from '../../src';

const id = { name: 'id', type: dynamodb.AttributeType.STRING };
const at = { name: 'at', type: dynamodb.AttributeType.NUMBER };

const READ = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:DescribeTable', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

function table(props: Partial<storage.IntegrationTableProps> = {}): { stack: Stack; seen: storage.IntegrationTable } {
  const stack = new Stack(new App(), 'Stack');
  return { stack, seen: new storage.IntegrationTable(stack, 'Seen', { partitionKey: id, ...props }) };
}

test('by default is encrypted, paid by request, restorable, protected and kept', () => {
  const { stack } = table();
  Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: stack.resolve(foundation.Foundation.of(stack).key(foundation.DataDomain.DATA).keyArn),
      },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      DeletionProtectionEnabled: true,
      TimeToLiveSpecification: Match.absent(),
      StreamSpecification: Match.absent(),
    },
  });
});

test('takes over keys, expiry and stream', () => {
  const { stack } = table({ sortKey: at, timeToLiveAttribute: 'expires', stream: dynamodb.StreamViewType.KEYS_ONLY });
  Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }],
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
  });
});

test('uses the key given, and then needs no foundation', () => {
  const stack = new Stack(new App(), 'Stack');
  const encryptionKey = new kms.Key(stack, 'Own');
  new storage.IntegrationTable(stack, 'Seen', { partitionKey: id, encryptionKey });

  Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: stack.resolve(encryptionKey.keyArn) } });
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
});

describe('grants', () => {
  const cases: Array<[string, (seen: storage.IntegrationTable, role: iam.Role) => iam.Grant, string[]]> = [
    ['grantRead', (seen, role) => seen.grantRead(role), READ],
    ['grantWrite', (seen, role) => seen.grantWrite(role), WRITE],
    ['grantReadWrite', (seen, role) => seen.grantReadWrite(role), [...new Set([...READ, ...WRITE])].sort()],
  ];

  test.each(cases)('%s names single actions, and decrypts', (_name, grant, actions) => {
    const { stack, seen } = table();
    grant(seen, new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })).assertSuccess();

    expect(identityActions(stack)).toEqual([...actions, 'kms:Decrypt']);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('grant lets a role do what it names, and decrypt', () => {
    const { stack, seen } = table();
    seen.grant(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), 'dynamodb:PutItem', Token.asString({ Ref: 'Action' }))
      .assertSuccess();

    expect(identityActions(stack)).toEqual([{ Ref: 'Action' }, 'dynamodb:PutItem', 'kms:Decrypt']);
    expect(keyStatements(stack, 'Role')).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test.each([
    [[], 'none'],
    [['dynamodb:*', 'dynamodb:GetItem', 's3:GetObject'], 'dynamodb:*, s3:GetObject'],
  ])('grant refuses %j', (actions, got) => {
    const { stack, seen } = table();
    expect(() => seen.grant(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), ...actions))
      .toThrow(`[Stack/Seen] 'actions' must be single actions of DynamoDB, got ${got}; spell out what the grantee does, such as dynamodb:PutItem`);
  });

  test('cover an index that is added later', () => {
    const { stack, seen } = table();
    seen.grantRead(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
    seen.addIndex({ indexName: 'byTime', partitionKey: at });

    Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', { GlobalSecondaryIndexes: [Match.objectLike({ IndexName: 'byTime' })] });
    expect(JSON.stringify(identityStatements(stack)[0].Resource)).toContain('/index/*');
  });
});
