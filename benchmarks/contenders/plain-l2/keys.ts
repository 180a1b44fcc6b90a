import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const ADMINISTRATION = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*',
  'kms:PutKeyPolicy', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];
const STORAGE_ACTIONS = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const DELIVERY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

function retainedKey(scope: Construct, id: string, description: string, statements: iam.PolicyStatementProps[]): kms.Key {
  return new kms.Key(scope, id, {
    description,
    alias: `alias/orders-${id}`,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new iam.PolicyDocument({
      statements: [
        { sid: 'AccountAdministers', principals: [new iam.AccountRootPrincipal()], actions: ADMINISTRATION },
        ...statements,
      ].map((statement) => new iam.PolicyStatement({ resources: ['*'], ...statement })),
    }),
  });
}

/** Key of queues: principals of the account use it through SQS and SNS, and SNS for undelivered alerts. */
export function messagingKey(stack: Stack): kms.Key {
  return retainedKey(stack, 'MessagingKey', 'Encrypts queues', [
    {
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
      actions: DELIVERY_ACTIONS,
      conditions: { ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sns', resource: '*' }) } },
    },
    {
      principals: [new iam.AccountRootPrincipal()],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': stack.account,
          'kms:ViaService': [`sns.${stack.region}.amazonaws.com`, `sqs.${stack.region}.amazonaws.com`],
        },
      },
    },
  ]);
}

/** Key of the topic that alarms publish to. */
export function alertsKey(stack: Stack): kms.Key {
  return retainedKey(stack, 'AlertsKey', 'Encrypts alerts', [{
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: DELIVERY_ACTIONS,
    conditions: {
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  }]);
}

/** Key of log groups. */
export function auditKey(stack: Stack): kms.Key {
  const principals = [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)];
  return retainedKey(stack, 'AuditKey', 'Encrypts logs', [
    {
      principals,
      actions: STORAGE_ACTIONS,
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }) } },
    },
    { principals, actions: ['kms:DescribeKey'], conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } },
  ]);
}

/** Key of the environment of functions. */
export function dataKey(stack: Stack): kms.Key {
  const principals = [new iam.AccountRootPrincipal()];
  const viaLambda = { 'kms:CallerAccount': stack.account, 'kms:ViaService': `lambda.${stack.region}.amazonaws.com` };
  return retainedKey(stack, 'DataKey', 'Encrypts the environment of functions', [
    {
      principals,
      actions: STORAGE_ACTIONS,
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': stack.formatArn({ service: 'lambda', resource: 'function:*' }) },
        StringEquals: viaLambda,
      },
    },
    { principals, actions: ['kms:DescribeKey'], conditions: { StringEquals: viaLambda } },
    { principals, actions: ['kms:CreateGrant'], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' }, StringEquals: viaLambda } },
  ]);
}
