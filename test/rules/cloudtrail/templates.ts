import { Template } from '../control-case';

export const PARAMETER = { Ref: 'Parameter' };
export const attribute = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });
export const TRAIL_ARN = { 'Fn::Sub': 'arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/audit' };
export const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const SERVICE = { Service: 'cloudtrail.amazonaws.com' };
const OWN = { StringEquals: { 'aws:SourceArn': TRAIL_ARN } };

/** The statements of a bucket's policy by which a trail writes. */
export const ACL = { Effect: 'Allow', Principal: SERVICE, Action: 's3:GetBucketAcl', Resource: attribute('Bucket', 'Arn'), Condition: OWN };
export const PUT = {
  Effect: 'Allow',
  Principal: SERVICE,
  Action: 's3:PutObject',
  Resource: { 'Fn::Sub': '${Bucket.Arn}/AWSLogs/${AWS::AccountId}/*' },
  Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' } },
};

/** What a trail of the examples has. */
const TRAIL = {
  TrailName: 'audit',
  CloudWatchLogsLogGroupArn: attribute('Log', 'Arn'),
  CloudWatchLogsRoleArn: attribute('Role', 'Arn'),
  EnableLogFileValidation: true,
  IncludeGlobalServiceEvents: true,
  IsLogging: true,
  IsMultiRegionTrail: true,
  KMSKeyId: attribute('Key', 'Arn'),
  S3BucketName: { Ref: 'Bucket' },
};

/** What the trail of the examples refers to. */
const BESIDE = {
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: [ACL, PUT] } } },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: SERVICE,
            Action: 'kms:GenerateDataKey*',
            Resource: '*',
            Condition: { ...OWN, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': { 'Fn::Sub': 'arn:${AWS::Partition}:cloudtrail:*:${AWS::AccountId}:trail/*' } } },
          },
          { Effect: 'Allow', Principal: SERVICE, Action: 'kms:DescribeKey', Resource: '*', Condition: OWN },
        ],
      },
    },
  },
  Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 400 } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: SERVICE, Action: 'sts:AssumeRole' } },
      Policies: [{
        PolicyName: 'log',
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Log}:log-stream:${AWS::AccountId}_CloudTrail_${AWS::Region}*' },
          },
        },
      }],
    },
  },
};

/** A trail with properties of its own, and resources beside it; a property that is undefined is left out. */
export function trail(properties: object = {}, beside: Record<string, any> = {}): Template {
  const all = Object.entries({ ...TRAIL, ...properties }).filter(([, value]) => value !== undefined);
  return {
    Parameters: { Parameter: { Type: 'String' } },
    Resources: { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: Object.fromEntries(all) }, ...structuredClone(BESIDE), ...beside },
  };
}

/** A trail whose bucket has some statements. */
export const guarded = (...statements: object[]): Template => trail({}, {
  BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: statements } } },
});

export const trailIn = (t: Template): any => t.Resources.Trail.Properties;
export const statementsIn = (t: Template): any[] => t.Resources.BucketPolicy.Properties.PolicyDocument.Statement;
