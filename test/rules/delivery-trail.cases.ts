import { ACL, guarded, KEY_ARN, PARAMETER, PUT, statementsIn, trail, trailIn } from './cloudtrail/templates';
import { ControlCase, Template } from './control-case';

const ORGANIZATION = { ...PUT, Resource: { 'Fn::Sub': '${Bucket.Arn}/AWSLogs/o-a1b2c3d4e5/*' } };
const ofOrganization = (template: Template): Template => {
  trailIn(template).IsOrganizationTrail = true;
  return template;
};
const keyStatements = (t: Template): any[] => t.Resources.Key.Properties.KeyPolicy.Statement;
const roleIn = (t: Template): any => t.Resources.Role.Properties;
const trustIn = (t: Template): any => roleIn(t).AssumeRolePolicyDocument.Statement;
const writeIn = (t: Template): any => roleIn(t).Policies[0].PolicyDocument.Statement;
const changed = (change: (template: Template) => void): Template => {
  const template = trail();
  change(template);
  return template;
};

const CONFIG = { Service: 'config.amazonaws.com' };
const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const WITH_ACL = { StringEquals: { ...OWN_ACCOUNT.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } };
const SERVICE_LINKED = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig' };
const HISTORY = { 'Fn::Sub': '${Bucket.Arn}/AWSLogs/${AWS::AccountId}/Config/*' };
const RECORDS = [
  { Effect: 'Allow', Principal: CONFIG, Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] }, Condition: OWN_ACCOUNT },
  { Effect: 'Allow', Principal: CONFIG, Action: 's3:PutObject', Resource: HISTORY, Condition: WITH_ACL },
];
const ENCRYPTS = { Effect: 'Allow', Principal: CONFIG, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: OWN_ACCOUNT };
const ADMINISTERS = { Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 'kms:PutKeyPolicy', Resource: '*' };

/** A channel of AWS Config, with the role of its recorder, and statements of bucket and key. */
const channel = (role: unknown, bucket: readonly object[], key: readonly object[], properties: object = {}, beside: Template['Resources'] = {}): Template => structuredClone({
  Parameters: { Parameter: { Type: 'String' } },
  Resources: {
    Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: { Ref: 'Bucket' }, S3KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] }, ...properties } },
    ...(role !== undefined && { Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN: role } } }),
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: bucket } } },
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [ADMINISTERS, ...key] } } },
    ...beside,
  },
});
const RECORDER_ROLE = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Policies: [{
        PolicyDocument: {
          Statement: [
            { Effect: 'Allow', Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
            { Effect: 'Allow', Action: 's3:PutObject', Resource: HISTORY },
          ],
        },
      }],
    },
  },
};
const OF_ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ROLE_ENCRYPTS = { ...ENCRYPTS, Principal: { AWS: OF_ROLE }, Condition: {} };

/** Delivery of what a trail and AWS Config record. */
export const DELIVERY_TRAIL_CASES: readonly ControlCase[] = [
  {
    control: 'DELIVERY-CONFIG-CHANNEL',
    passing: {
      'in its own name': channel(SERVICE_LINKED, RECORDS, [ENCRYPTS]),
      'in its own name, whatever the recorder': channel(undefined, RECORDS, [ENCRYPTS]),
      'by the role of the recorder': channel(OF_ROLE, [], [ROLE_ENCRYPTS], {}, RECORDER_ROLE),
      'without a key': channel(SERVICE_LINKED, RECORDS, [], { S3KmsKeyArn: undefined }),
      'below a prefix': channel(SERVICE_LINKED, [RECORDS[0], { ...RECORDS[1], Resource: { 'Fn::Sub': '${Bucket.Arn}/history/AWSLogs/${AWS::AccountId}/Config/*' } }], [ENCRYPTS], { S3KeyPrefix: 'history' }),
    },
    failing: [
      { finding: 'PolicyDenies::Bucket', template: channel(SERVICE_LINKED, RECORDS.slice(1), [ENCRYPTS]) },
      { finding: 'PolicyDenies::Bucket', template: channel(SERVICE_LINKED, RECORDS.slice(0, 1), [ENCRYPTS]) },
      { finding: 'PolicyDenies::Bucket', template: channel(SERVICE_LINKED, RECORDS, [ENCRYPTS], { S3KeyPrefix: 'history' }) },
      { finding: 'PolicyDenies::Bucket', template: channel(OF_ROLE, [], [ROLE_ENCRYPTS], { S3KeyPrefix: 'history' }, RECORDER_ROLE) },
      { finding: 'KeyDenies::Channel', template: channel(SERVICE_LINKED, RECORDS, []) },
      { finding: 'KeyDenies::Channel', template: channel(OF_ROLE, [], [], {}, RECORDER_ROLE) },
      { finding: 'Untold::Bucket', template: channel(undefined, [], [ENCRYPTS]) },
      { finding: 'Untold::Bucket', template: channel({ Ref: 'Parameter' }, [], [ENCRYPTS]) },
      { finding: 'Untold::Channel', template: channel(SERVICE_LINKED, RECORDS, [], { S3KmsKeyArn: KEY_ARN }) },
      { finding: 'Untold::elsewhere', template: channel(SERVICE_LINKED, RECORDS, [ENCRYPTS], { S3BucketName: 'elsewhere' }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'PolicyDenies::Bucket', mutate: (t) => delete t.Resources.BucketPolicy },
      { name: 'another folder', finding: 'PolicyDenies::Bucket', mutate: (t) => { statementsIn(t)[1].Resource = { 'Fn::Sub': '${Bucket.Arn}/elsewhere/*' }; } },
      { name: 'drop the key statement', finding: 'KeyDenies::Channel', mutate: (t) => keyStatements(t).pop() },
    ],
  },
  {
    control: 'DELIVERY-TRAIL-BUCKET',
    passing: {
      'both statements': trail(),
      'a prefix': trail({ S3KeyPrefix: 'audit' }, {
        BucketPolicy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [ACL, { ...PUT, Resource: { 'Fn::Sub': '${Bucket.Arn}/audit/AWSLogs/${AWS::AccountId}/*' } }] } },
        },
      }),
      'a trail of the organization': ofOrganization(guarded(ACL, PUT, ORGANIZATION)),
    },
    failing: [
      { finding: 'PolicyDenies::Bucket', template: guarded(PUT) },
      { finding: 'PolicyDenies::Bucket', template: guarded(ACL) },
      { finding: 'PolicyDenies::Bucket', template: trail({ S3KeyPrefix: 'audit' }) },
      { finding: 'PolicyDenies::Bucket', template: trail({ TrailName: 'other' }) },
      { finding: 'PolicyDenies::Bucket', template: guarded(ACL, PUT, { ...PUT, Effect: 'Deny', Condition: { StringNotEquals: { 's3:x-amz-acl': 'private' } } }) },
      { finding: 'Untold::Bucket', template: ofOrganization(guarded(ACL, PUT, { ...ORGANIZATION, Action: 's3:GetObject' })) },
      { finding: 'Untold::Bucket', template: ofOrganization(trail()) },
      { finding: 'Untold::Bucket', template: trail({ IsOrganizationTrail: PARAMETER }) },
      { finding: 'Untold::elsewhere', template: trail({ S3BucketName: 'elsewhere' }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'PolicyDenies::Bucket', mutate: (t) => delete t.Resources.BucketPolicy },
      { name: 'another trail', finding: 'PolicyDenies::Bucket', mutate: (t) => { statementsIn(t)[1].Condition.StringEquals['aws:SourceArn'] = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/other'; } },
      { name: 'another account', finding: 'PolicyDenies::Bucket', mutate: (t) => { statementsIn(t)[1].Resource = { 'Fn::Sub': '${Bucket.Arn}/elsewhere/*' }; } },
    ],
  },
  {
    control: 'DELIVERY-TRAIL-KEY',
    passing: { 'both statements': trail() },
    failing: [
      { finding: 'KeyDenies::Trail', template: changed((t) => keyStatements(t).shift()) },
      { finding: 'KeyDenies::Trail', template: changed((t) => keyStatements(t).pop()) },
      { finding: 'KeyDenies::Trail', template: trail({ KMSKeyId: 'alias/aws/s3' }) },
      { finding: 'Untold::Trail', template: trail({ KMSKeyId: KEY_ARN }) },
    ],
    mutations: [
      { name: 'another trail', finding: 'KeyDenies::Trail', mutate: (t) => { keyStatements(t)[0].Condition.StringEquals['aws:SourceArn'] = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/other'; } },
      {
        name: 'an encryption context on what has none',
        finding: 'KeyDenies::Trail',
        mutate: (t) => { keyStatements(t)[1].Condition = keyStatements(t)[0].Condition; },
      },
    ],
  },
  {
    control: 'DELIVERY-TRAIL-LOG',
    passing: {
      'its own streams': trail(),
      'all streams of the group': changed((t) => { writeIn(t).Resource = { 'Fn::GetAtt': ['Log', 'Arn'] }; }),
    },
    failing: [
      { finding: 'PolicyDenies::Log', template: changed((t) => { writeIn(t).Action = 'logs:PutLogEvents'; }) },
      { finding: 'PolicyDenies::Log', template: changed((t) => { roleIn(t).Policies = []; }) },
      { finding: 'RoleDenies::Role', template: changed((t) => { trustIn(t).Principal = { Service: 'logs.amazonaws.com' }; }) },
      { finding: 'RoleDenies::Role', template: changed((t) => { trustIn(t).Condition = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }; }) },
      { finding: 'Untold::Role', template: changed((t) => { roleIn(t).AssumeRolePolicyDocument = PARAMETER; }) },
      { finding: 'Untold::Log', template: trail({ CloudWatchLogsRoleArn: PARAMETER }) },
      { finding: 'Untold::${Parameter}', template: trail({ CloudWatchLogsLogGroupArn: PARAMETER }) },
    ],
    mutations: [
      { name: 'something else', finding: 'PolicyDenies::Log', mutate: (t) => { writeIn(t).Resource = { 'Fn::GetAtt': ['Bucket', 'Arn'] }; } },
      { name: 'nobody assumes the role', finding: 'RoleDenies::Role', mutate: (t) => { trustIn(t).Effect = 'Deny'; } },
    ],
  },
];
