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

/** Delivery of what a trail records. */
export const DELIVERY_TRAIL_CASES: readonly ControlCase[] = [
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
