import { ControlCase, Template } from './control-case';

const UNKNOWN = { Ref: 'Value' };
const OWN_ROOT = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
const FOREIGN_ROOT = { AWS: 'arn:aws:iam::444455556666:root' };
const OWN_ROLE = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/reader' } };

const key = (properties: object, attributes: object = {}, others: object = {}): Template => ({
  Parameters: { Value: { Type: 'String' } },
  Resources: { Key: { Type: 'AWS::KMS::Key', ...attributes, Properties: properties }, ...others },
});
const allow = (principal: unknown, action: unknown, condition?: object) => ({
  Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...(condition && { Condition: condition }),
});
const policy = (...statements: object[]) => ({ KeyPolicy: { Version: '2012-10-17', Statement: statements } });
const administer = allow(OWN_ROOT, ['kms:PutKeyPolicy', 'kms:Describe*', 'kms:ScheduleKeyDeletion']);
const statement = (t: Template, index: number) => t.Resources.Key.Properties.KeyPolicy.Statement[index];

const ACCOUNT = { Ref: 'AWS::AccountId' };
const THROUGH_S3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:CallerAccount': ACCOUNT } };
const EVENTS = { Service: 'events.amazonaws.com' };
const ALERTS = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'Key' } } },
  Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'Topic', Arn: { Ref: 'Topic' } }] } },
};
const QUEUE = { Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Key' } } } };

export const KMS_CASES: readonly ControlCase[] = [
  {
    control: 'KEY-DUTY-SPLIT',
    passing: {
      'different principals': key(policy(allow({ AWS: 'arn:aws:iam::111122223333:role/admin' }, ['kms:PutKeyPolicy']), allow(OWN_ROLE, 'kms:Decrypt'))),
      'the account root': key(policy(allow(OWN_ROOT, 'kms:*'))),
    },
    failing: [
      { finding: 'Both::arn:aws:iam::${AWS::AccountId}:role/reader', template: key(policy(allow(OWN_ROLE, 'kms:*'))) },
      { finding: 'Both::arn:aws:iam::${AWS::AccountId}:role/reader', template: key(policy(allow(OWN_ROLE, 'kms:Put*'), allow(OWN_ROLE, ['kms:Decrypt']))) },
      { finding: 'Both::arn:aws:iam::${AWS::AccountId}:role/reader', template: key(policy({ Effect: 'Allow', Principal: OWN_ROLE, NotAction: 'kms:TagResource' })) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(OWN_ROLE, UNKNOWN))) },
    ],
    mutations: [
      {
        name: 'let the administrator decrypt',
        finding: 'Both::arn:aws:iam::111122223333:role/admin',
        mutate: (t) => statement(t, 0).Action.push('kms:Decrypt'),
      },
    ],
  },
  {
    control: 'KEY-FOREIGN-ACCOUNT',
    passing: {
      'the own account': key(policy(allow(OWN_ROLE, 'kms:Decrypt'))),
      'the own account by its number': key(policy(allow({ AWS: ACCOUNT }, 'kms:Decrypt'))),
      'everybody of the own account': key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))),
      'everybody of the account that has the key': key(policy(allow({ AWS: '*' }, 'kms:Decrypt', { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } }))),
      'roles of the own account': key(policy(allow('*', 'kms:Decrypt', { ArnLike: { 'aws:PrincipalArn': { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/*' } } }))),
      'administration from elsewhere': key(policy(allow(FOREIGN_ROOT, 'kms:DescribeKey'))),
    },
    failing: [
      { finding: 'Foreign::arn:aws:iam::444455556666:root', template: key(policy(allow(FOREIGN_ROOT, 'kms:Decrypt'))) },
      { finding: 'Foreign::444455556666', template: key(policy(allow({ AWS: ['444455556666'] }, 'kms:*'))) },
      { finding: 'Foreign::444455556666', template: key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': [ACCOUNT, '444455556666'] } }))) },
      { finding: 'Foreign::arn:aws:iam::444455556666:role/*', template: key(policy(allow('*', 'kms:*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/*' } }))) },
      { finding: 'Foreign::*', template: key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }))) },
      { finding: 'Foreign::*', template: key(policy(allow('*', 'kms:Decrypt', { StringEqualsIfExists: { 'kms:CallerAccount': ACCOUNT } }))) },
      { finding: 'Foreign::*', template: key(policy({ Effect: 'Allow', NotPrincipal: OWN_ROLE, Action: 'kms:Decrypt', Resource: '*' })) },
      { finding: 'Foreign::${Value}', template: key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': UNKNOWN } }))) },
      { finding: 'Foreign::*', template: key(policy({ ...allow('*', 'kms:Decrypt'), Condition: UNKNOWN })) },
      { finding: 'Foreign::${Value}', template: key(policy(allow({ AWS: UNKNOWN }, 'kms:Decrypt'))) },
      { finding: 'Foreign::arn:aws:iam::${Value}:root', template: key(policy(allow({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Value}:root' } }, 'kms:Decrypt'))) },
      { finding: 'UnresolvedPolicy', template: key({ KeyPolicy: UNKNOWN }) },
    ],
    mutations: [
      { name: 'share the key', finding: 'Foreign::arn:aws:iam::444455556666:root', mutate: (t) => statement(t, 0).Principal = FOREIGN_ROOT },
    ],
  },
  {
    control: 'KEY-GRANT',
    passing: {
      'grants for services': key(policy(allow(OWN_ROLE, 'kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }))),
      'no grants': key(policy(administer)),
    },
    failing: [
      { finding: 'AnyGrant', template: key(policy(allow(OWN_ROLE, 'kms:Create*'))) },
      { finding: 'AnyGrant', template: key(policy(allow(OWN_ROLE, 'kms:CreateGrant', { BoolIfExists: { 'kms:GrantIsForAWSResource': true } }))) },
      { finding: 'AnyGrant', template: key(policy({ Effect: 'Allow', Principal: OWN_ROLE, NotAction: 'kms:Decrypt' })) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(OWN_ROLE, 'kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': UNKNOWN } }))) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(OWN_ROLE, ['kms:Decrypt', UNKNOWN]))) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'AnyGrant', mutate: (t) => delete statement(t, 0).Condition },
      { name: 'flip the condition', finding: 'AnyGrant', mutate: (t) => statement(t, 0).Condition.Bool['kms:GrantIsForAWSResource'] = 'false' },
    ],
  },
  {
    control: 'KEY-LOCKOUT',
    passing: { 'an administrator': key(policy(administer)), 'the default policy': key({}) },
    failing: [
      { finding: 'SafetyCheckBypassed', template: key({ ...policy(administer), BypassPolicyLockoutSafetyCheck: 'true' }) },
      { finding: 'NobodyAdministers', template: key(policy(allow(OWN_ROLE, 'kms:Decrypt'))) },
      { finding: 'NobodyAdministers', template: key(policy(administer, { ...allow('*', 'kms:Put*'), Effect: 'Deny' })) },
      { finding: 'NobodyAdministers', template: key(policy(allow(OWN_ROOT, 'kms:*', THROUGH_S3))) },
      { finding: 'UnresolvedBypass', template: key({ ...policy(administer), BypassPolicyLockoutSafetyCheck: UNKNOWN }) },
      { finding: 'UnresolvedPolicy', template: key({ KeyPolicy: UNKNOWN }) },
    ],
    mutations: [
      { name: 'bypass the safety check', finding: 'SafetyCheckBypassed', mutate: (t) => t.Resources.Key.Properties.BypassPolicyLockoutSafetyCheck = true },
      { name: 'drop kms:PutKeyPolicy', finding: 'NobodyAdministers', mutate: (t) => statement(t, 0).Action.shift() },
    ],
  },
  {
    control: 'KEY-MULTI-REGION',
    passing: { 'a key of one Region': key({ MultiRegion: false }), 'a key that does not say': key({}) },
    failing: [
      { finding: 'MultiRegion', template: key({ MultiRegion: 'true' }) },
      { finding: 'UnresolvedRegions', template: key({ MultiRegion: UNKNOWN }) },
    ],
    mutations: [{ name: 'replicate', finding: 'MultiRegion', mutate: (t) => t.Resources.Key.Properties.MultiRegion = true }],
  },
  {
    control: 'KEY-PENDING-WINDOW',
    passing: { 'thirty days': key({ PendingWindowInDays: 30 }), 'the default': key({}) },
    failing: [
      { finding: 'ShortWindow', template: key({ PendingWindowInDays: '7' }) },
      { finding: 'UnresolvedWindow', template: key({ PendingWindowInDays: UNKNOWN }) },
    ],
    mutations: [{ name: 'shorten the window', finding: 'ShortWindow', mutate: (t) => t.Resources.Key.Properties.PendingWindowInDays = 29 }],
  },
  {
    control: 'KEY-POLICY-PUBLIC',
    passing: {
      'everyone of the account': key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': ACCOUNT } }))),
      'named principals': key(policy(administer, allow(OWN_ROLE, 'kms:Decrypt'))),
      'the default policy': key({}),
    },
    failing: [
      { finding: 'PublicPrincipal', template: key(policy(allow('*', 'kms:*'))) },
      { finding: 'PublicPrincipal', template: key(policy(allow({ AWS: '*' }, 'kms:*', { StringLike: { 'kms:CallerAccount': '*' } }))) },
      { finding: 'PublicPrincipal', template: key(policy(allow({ AWS: ['*'] }, 'kms:*', { 'ForAllValues:StringEquals': { 'kms:CallerAccount': ACCOUNT } }))) },
      { finding: 'PublicPrincipal', template: key(policy(allow('*', 'kms:*', { StringEquals: { 'kms:CallerAccount': '${aws:PrincipalAccount}' } }))) },
      { finding: 'PublicPrincipal', template: key(policy(allow('*', 'kms:*', { StringNotEquals: { 'kms:CallerAccount': '444455556666' } }))) },
      { finding: 'PublicPrincipal', template: key(policy(allow('*', 'kms:*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } }))) },
      { finding: 'NotPrincipal', template: key(policy({ Effect: 'Allow', NotPrincipal: FOREIGN_ROOT, Action: 'kms:*' })) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow('*', 'kms:*', { StringLike: { 'aws:PrincipalOrgID': UNKNOWN } }))) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(UNKNOWN, 'kms:*'))) },
      { finding: 'PublicPrincipal', template: { Resources: { Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: policy(allow('*', 'kms:*')) } } } },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'PublicPrincipal', mutate: (t) => delete statement(t, 0).Condition },
      { name: 'add a wildcard', finding: 'PublicPrincipal', mutate: (t) => statement(t, 0).Condition.StringEquals['kms:CallerAccount'] = [ACCOUNT, '*'] },
      {
        name: 'weaken the operator',
        finding: 'PublicPrincipal',
        mutate: (t) => statement(t, 0).Condition = { StringEqualsIfExists: statement(t, 0).Condition.StringEquals },
      },
    ],
  },
  {
    control: 'KEY-RETAIN',
    passing: { 'a retained key': key({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) },
    failing: [
      { finding: 'DeletedWithStack', template: key({}, { UpdateReplacePolicy: 'Retain' }) },
      { finding: 'DeletedOnReplacement', template: key({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' }) },
    ],
    mutations: [
      { name: 'delete with the stack', finding: 'DeletedWithStack', mutate: (t) => t.Resources.Key.DeletionPolicy = 'Delete' },
      { name: 'delete on replacement', finding: 'DeletedOnReplacement', mutate: (t) => delete t.Resources.Key.UpdateReplacePolicy },
    ],
  },
  {
    control: 'KEY-ROOT-SPLIT',
    passing: {
      'a root that administers': key(policy(administer, allow(OWN_ROLE, 'kms:Decrypt'))),
      'use through a service': key(policy(administer, allow(OWN_ROOT, ['kms:Decrypt', 'kms:GenerateDataKey*'], THROUGH_S3))),
    },
    failing: [
      { finding: 'DefaultPolicy', template: key({}) },
      { finding: 'RootMayUse', template: key(policy(allow(OWN_ROOT, 'kms:*'))) },
      { finding: 'RootMayUse', template: key(policy(allow({ AWS: ACCOUNT }, 'kms:GenerateDataKey*'))) },
      { finding: 'RootMayUse', template: key(policy(allow(OWN_ROOT, 'kms:Create*'))) },
      { finding: 'RootMayUse', template: key(policy(allow(OWN_ROOT, 'kms:Decrypt', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }))) },
      { finding: 'RootMayUse', template: key(policy(allow(OWN_ROOT, 'kms:Decrypt', { StringLike: { 'kms:ViaService': '*', 'kms:CallerAccount': ACCOUNT } }))) },
      { finding: 'RootMayUse', template: key(policy({ Effect: 'Allow', Principal: OWN_ROOT, NotAction: 'kms:ScheduleKeyDeletion' })) },
      { finding: 'RootMayUse', template: key(policy(allow('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': ACCOUNT } }))) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(OWN_ROOT, ['kms:DescribeKey', UNKNOWN]))) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Value}:root' } }, 'kms:*'))) },
      { finding: 'UnresolvedPolicy', template: key({ KeyPolicy: UNKNOWN }) },
    ],
    mutations: [
      { name: 'let the root decrypt', finding: 'RootMayUse', mutate: (t) => statement(t, 0).Action.push('kms:Decrypt') },
      { name: 'let the root do everything', finding: 'RootMayUse', mutate: (t) => statement(t, 0).Action = 'kms:*' },
      { name: 'drop the policy', finding: 'DefaultPolicy', mutate: (t) => delete t.Resources.Key.Properties.KeyPolicy },
    ],
  },
  {
    control: 'KEY-ROTATION',
    passing: {
      'yearly by default': key({ EnableKeyRotation: true }),
      'quarterly': key({ EnableKeyRotation: 'true', RotationPeriodInDays: 90, KeySpec: 'SYMMETRIC_DEFAULT' }),
      'an asymmetric key beside it': key({ EnableKeyRotation: true }, {}, { Signer: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' } } }),
      'imported material beside it': key({ EnableKeyRotation: true }, {}, { Imported: { Type: 'AWS::KMS::Key', Properties: { Origin: 'EXTERNAL' } } }),
    },
    failing: [
      { finding: 'NoRotation', template: key({}) },
      { finding: 'RotationPeriod', template: key({ EnableKeyRotation: true, RotationPeriodInDays: 366 }) },
      { finding: 'RotationPeriod', template: key({ EnableKeyRotation: true, RotationPeriodInDays: '89' }) },
      { finding: 'UnresolvedRotation', template: key({ EnableKeyRotation: UNKNOWN }) },
      { finding: 'UnresolvedRotation', template: key({ EnableKeyRotation: true, RotationPeriodInDays: UNKNOWN }) },
      { finding: 'UnresolvedRotation', template: key({ KeySpec: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop rotation', finding: 'NoRotation', mutate: (t) => delete t.Resources.Key.Properties.EnableKeyRotation },
      { name: 'flip rotation', finding: 'NoRotation', mutate: (t) => t.Resources.Key.Properties.EnableKeyRotation = 'false' },
      { name: 'rotate every other year', finding: 'RotationPeriod', mutate: (t) => t.Resources.Key.Properties.RotationPeriodInDays = 730 },
    ],
  },
  {
    control: 'KEY-SERVICE-SOURCE',
    passing: {
      'a named source': key(policy(allow({ Service: 'cloudtrail.amazonaws.com' }, 'kms:GenerateDataKey*', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }))),
      'an encryption context': key(policy(allow({ Service: { 'Fn::Sub': 'logs.${AWS::Region}.amazonaws.com' } }, ['kms:Decrypt*'], {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:*' } },
      }))),
      'a description without source': key(policy(allow({ Service: 'cloudtrail.amazonaws.com' }, 'kms:DescribeKey'))),
      'events to topics of their own key': key(policy(allow(EVENTS, ['kms:Decrypt', 'kms:GenerateDataKey*'])), {}, ALERTS),
    },
    failing: [
      { finding: 'Service::sns.amazonaws.com', template: key(policy(allow({ Service: ['sns.amazonaws.com'] }, 'kms:Decrypt'))) },
      { finding: 'Service::s3.amazonaws.com', template: key(policy(allow({ Service: 's3.amazonaws.com' }, 'kms:*', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }))) },
      { finding: 'Service::s3.amazonaws.com', template: key(policy(allow({ Service: 's3.amazonaws.com' }, 'kms:*', { ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:s3:::in' } }))) },
      { finding: 'Service::s3.amazonaws.com', template: key(policy(allow({ Service: 's3.amazonaws.com' }, 'kms:*', { ArnLike: { 'aws:SourceArn': UNKNOWN } }))) },
      { finding: 'Service::events.amazonaws.com', template: key(policy(allow(EVENTS, 'kms:Decrypt'))) },
      { finding: 'Service::events.amazonaws.com', template: key(policy(allow(EVENTS, 'kms:Decrypt')), {}, { ...ALERTS, ...QUEUE }) },
      { finding: 'Service::events.amazonaws.com', template: key(policy(allow(EVENTS, 'kms:Decrypt')), {}, { Topic: ALERTS.Topic }) },
      { finding: 'UnresolvedPolicy', template: key(policy(allow(UNKNOWN, 'kms:Decrypt'))) },
    ],
    mutations: [
      { name: 'drop the source', finding: 'Service::cloudtrail.amazonaws.com', mutate: (t) => delete statement(t, 0).Condition },
      {
        name: 'widen the source',
        finding: 'Service::cloudtrail.amazonaws.com',
        mutate: (t) => statement(t, 0).Condition = { StringLike: { 'aws:SourceAccount': '*' } },
      },
    ],
  },
];
