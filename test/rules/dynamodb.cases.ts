import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const PARAMETER = { Parameters: { Value: { Type: 'String' } } };
const UNKNOWN = { Ref: 'Value' };

const table = (properties: object, attributes: object = {}): Template => ({
  ...PARAMETER, Resources: { Table: { Type: 'AWS::DynamoDB::Table', ...attributes, Properties: properties } },
});
const globalTable = (properties: object): Template => ({ Resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: properties } } });
const policy = (statement: object | string) => ({ ResourcePolicy: { PolicyDocument: typeof statement === 'string' ? statement : { Statement: [statement] } } });
const reader = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' };
const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

export const DYNAMODB_CASES: readonly ControlCase[] = [
  {
    control: 'TABLE-CMK',
    passing: {
      'a key by ARN': table({ SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY_ARN } }),
      'true as text': table({ SSESpecification: { SSEEnabled: 'true', KMSMasterKeyId: KEY_ARN } }),
      'a key on each replica': globalTable({
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: KEY_ARN } }],
      }),
    },
    failing: [
      { finding: 'AwsOwnedKey', template: table({}) },
      { finding: 'AwsOwnedKey', template: table({ SSESpecification: { SSEEnabled: false, KMSMasterKeyId: KEY_ARN } }) },
      { finding: 'AwsManagedKey', template: table({ SSESpecification: { SSEEnabled: true } }) },
      { finding: 'AwsManagedKey', template: table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'alias/aws/dynamodb' } }) },
      {
        finding: 'AwsManagedKey',
        template: globalTable({
          SSESpecification: { SSEEnabled: true },
          Replicas: [{ Region: 'eu-west-1', SSESpecification: { KMSMasterKeyId: KEY_ARN } }, { Region: 'eu-central-1' }],
        }),
      },
      { finding: 'UnresolvedKey', template: table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: UNKNOWN } }) },
      { finding: 'UnresolvedKey', template: table({ SSESpecification: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the key', finding: 'AwsManagedKey', mutate: (t) => delete t.Resources.Table.Properties.SSESpecification.KMSMasterKeyId },
      { name: 'switch encryption off', finding: 'AwsOwnedKey', mutate: (t) => t.Resources.Table.Properties.SSESpecification.SSEEnabled = false },
    ],
  },
  {
    control: 'TABLE-DELETION-PROTECTION',
    passing: {
      'a protected table': table({ DeletionProtectionEnabled: true }),
      'protected replicas': globalTable({ Replicas: [{ Region: 'eu-west-1', DeletionProtectionEnabled: true }] }),
    },
    failing: [
      { finding: 'NoProtection', template: table({}) },
      { finding: 'NoProtection', template: globalTable({ Replicas: [{ Region: 'eu-west-1', DeletionProtectionEnabled: true }, { Region: 'eu-central-1' }] }) },
      { finding: 'NoProtection', template: globalTable({ DeletionProtectionEnabled: true }) },
      { finding: 'UnresolvedProtection', template: table({ DeletionProtectionEnabled: UNKNOWN }) },
    ],
    mutations: [
      { name: 'switch protection off', finding: 'NoProtection', mutate: (t) => t.Resources.Table.Properties.DeletionProtectionEnabled = 'false' },
    ],
  },
  {
    control: 'TABLE-PITR',
    passing: {
      'a table with recovery': table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
      'replicas with recovery': globalTable({ Replicas: [{ Region: 'eu-west-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }] }),
    },
    failing: [
      { finding: 'NoRecovery', template: table({}) },
      { finding: 'NoRecovery', template: globalTable({ Replicas: [{ Region: 'eu-west-1' }] }) },
      { finding: 'UnresolvedRecovery', template: table({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: UNKNOWN } }) },
    ],
    mutations: [
      { name: 'drop recovery', finding: 'NoRecovery', mutate: (t) => delete t.Resources.Table.Properties.PointInTimeRecoverySpecification },
    ],
  },
  {
    control: 'TABLE-POLICY-PUBLIC',
    passing: {
      'everyone in the organization': table(policy({ ...reader, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } })),
      'no policy': table({}),
      'a named role': table(policy({ ...reader, Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' } })),
    },
    failing: [
      { finding: 'PublicPrincipal', template: table(policy({ ...reader, Principal: { AWS: ['*'] } })) },
      { finding: 'PublicPrincipal', template: table(policy({ ...reader, Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1234567890' } } })) },
      { finding: 'PublicPrincipal', template: globalTable({ Replicas: [{ Region: 'eu-west-1', ...policy({ ...reader, Principal: '*' }) }] }) },
      { finding: 'PublicPrincipal', template: table({ StreamSpecification: policy({ ...reader, Principal: '*' }) }) },
      { finding: 'NotPrincipal', template: table(policy({ ...reader, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } })) },
      { finding: 'UnresolvedPolicy', template: table(policy({ ...reader, Principal: { AWS: UNKNOWN } })) },
      { finding: 'UnresolvedPolicy', template: table({ ResourcePolicy: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the condition', finding: 'PublicPrincipal', mutate: (t) => delete t.Resources.Table.Properties.ResourcePolicy.PolicyDocument.Statement[0].Condition },
      {
        name: 'widen the organization',
        finding: 'PublicPrincipal',
        mutate: (t) => t.Resources.Table.Properties.ResourcePolicy.PolicyDocument.Statement[0].Condition = { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
      },
    ],
  },
  {
    control: 'TABLE-RETAIN',
    passing: { 'a retained table': table({}, RETAINED), 'retained except on creation': table({}, { ...RETAINED, DeletionPolicy: 'RetainExceptOnCreate' }) },
    failing: [
      { finding: 'DeletedWithStack', template: table({}, { UpdateReplacePolicy: 'Retain' }) },
      { finding: 'DeletedOnReplacement', template: table({}, { DeletionPolicy: 'Retain' }) },
    ],
    mutations: [
      { name: 'delete with the stack', finding: 'DeletedWithStack', mutate: (t) => t.Resources.Table.DeletionPolicy = 'Delete' },
      { name: 'delete on replacement', finding: 'DeletedOnReplacement', mutate: (t) => delete t.Resources.Table.UpdateReplacePolicy },
    ],
  },
];
