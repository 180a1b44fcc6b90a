import { CIS_FILTERS } from './cis-filters';
import { TemplateSource } from '../../../src/rules';

const attribute = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const HOME = { account: '111122223333', region: 'eu-west-1' };
const KEY = 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WRITES = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const writer = (resource: unknown, properties: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    ...properties,
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: ['cloudtrail.amazonaws.com'] }, Action: ['sts:AssumeRole'] }] },
    Policies: [{ PolicyName: 'log', PolicyDocument: { Version: '2012-10-17', Statement: WRITES.map((Action) => ({ Effect: 'Allow', Action, Resource: resource })) } }],
  },
});

const filters = (group: unknown, namespace: string) => Object.fromEntries(Object.entries(CIS_FILTERS).map(([name, FilterPattern]) => [`${name}Filter`, {
  Type: 'AWS::Logs::MetricFilter',
  Properties: { LogGroupName: group, FilterPattern, MetricTransformations: [{ MetricName: name, MetricNamespace: namespace, MetricValue: '1' }] },
}]));

const alarms = (topic: unknown, namespace: string) => Object.fromEntries(Object.keys(CIS_FILTERS).map((name) => [`${name}Alarm`, {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmActions: [topic],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: '1',
    MetricName: name,
    Namespace: namespace,
    Period: '300',
    Statistic: 'Sum',
    Threshold: '1',
    TreatMissingData: 'notBreaching',
  },
}]));

/** As the baseline of AWS Control Tower has it in an account: bucket and key are of the archive's account, which parameters name (AWS Control Tower User Guide, "Resources created in the shared accounts"). */
export const ENROLLED_ACCOUNT: readonly TemplateSource[] = [{
  name: 'Baseline',
  template: {
    Parameters: { ArchiveBucket: { Type: 'String' }, OrganizationId: { Type: 'String' }, KeyArn: { Type: 'String', Default: '' } },
    Conditions: { HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'KeyArn' }, ''] }] } },
    Resources: {
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'aws-controltower/CloudTrailLogs', RetentionInDays: 14 } },
      Writer: writer(attribute('Group'), { Path: '/service-role/', RoleName: 'AWSControlTowerCloudTrailRole' }),
      Trail: {
        Type: 'AWS::CloudTrail::Trail',
        Properties: {
          TrailName: 'aws-controltower-BaselineCloudTrail',
          S3BucketName: { Ref: 'ArchiveBucket' },
          S3KeyPrefix: { Ref: 'OrganizationId' },
          CloudWatchLogsLogGroupArn: { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:aws-controltower/CloudTrailLogs:*' },
          CloudWatchLogsRoleArn: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/service-role/AWSControlTowerCloudTrailRole' },
          EnableLogFileValidation: true,
          IncludeGlobalServiceEvents: true,
          IsLogging: true,
          IsMultiRegionTrail: true,
          KMSKeyId: { 'Fn::If': ['HasKey', { Ref: 'KeyArn' }, { Ref: 'AWS::NoValue' }] },
        },
      },
    },
  },
}];

/** As the Landing Zone Accelerator deploys it: a trail of the organization, its filters and their alarms in a stack each, which know each other by name. */
export const LANDING_ZONE: readonly TemplateSource[] = [
  {
    name: 'Organizations',
    ...HOME,
    template: {
      Resources: {
        Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'accelerator-cloudtrail-logs', KmsKeyId: KEY, RetentionInDays: 3653 } },
        Writer: writer(attribute('Group')),
        Trail: {
          Type: 'AWS::CloudTrail::Trail',
          Properties: {
            CloudWatchLogsLogGroupArn: attribute('Group'),
            CloudWatchLogsRoleArn: attribute('Writer'),
            EnableLogFileValidation: true,
            EventSelectors: [
              { DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::'] }] },
              { DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }], IncludeManagementEvents: true, ReadWriteType: 'All' },
            ],
            IncludeGlobalServiceEvents: true,
            InsightSelectors: [{ InsightType: 'ApiErrorRateInsight' }, { InsightType: 'ApiCallRateInsight' }],
            IsLogging: true,
            IsMultiRegionTrail: true,
            IsOrganizationTrail: true,
            KMSKeyId: KEY,
            S3BucketName: 'accelerator-central-logs-444455556666-eu-west-1',
          },
        },
      },
    },
  },
  { name: 'Security', ...HOME, template: { Resources: filters('accelerator-cloudtrail-logs', 'LogMetrics') } },
  { name: 'SecurityAlarms', ...HOME, template: { Resources: alarms('arn:aws:sns:eu-west-1:111122223333:accelerator-Security', 'LogMetrics') } },
];

/** As what was converted from Terraform looks: everything by literal name and ARN, truth as text, the policies of modules that are older than `aws:SourceArn`. */
export const CONVERTED: readonly TemplateSource[] = [{
  name: 'Converted',
  ...HOME,
  template: {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'acme-trail' } },
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'acme-trail',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Sid: 'AclCheck', Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::acme-trail' },
              {
                Sid: 'Write',
                Effect: 'Allow',
                Principal: { Service: ['config.amazonaws.com', 'cloudtrail.amazonaws.com'] },
                Action: 's3:PutObject',
                Resource: 'arn:aws:s3:::acme-trail/*',
                Condition: { StringEquals: { 's3:x-amz-acl': ['bucket-owner-full-control'] } },
              },
            ],
          }),
        },
      },
      Key: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: [
              { Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::111122223333:root'] }, Action: 'kms:*', Resource: '*' },
              {
                Effect: 'Allow',
                Principal: { Service: ['cloudtrail.amazonaws.com'] },
                Action: 'kms:GenerateDataKey*',
                Resource: '*',
                Condition: { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': ['arn:aws:cloudtrail:*:111122223333:trail/*'] } },
              },
              { Effect: 'Allow', Principal: { Service: ['cloudtrail.amazonaws.com'] }, Action: 'kms:DescribeKey', Resource: '*' },
            ],
          },
        },
      },
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'audit/trail' } },
      Writer: writer('arn:aws:logs:eu-west-1:111122223333:log-group:audit/trail:*', { RoleName: 'trail-writer' }),
      Trail: {
        Type: 'AWS::CloudTrail::Trail',
        Properties: {
          TrailName: 'acme',
          S3BucketName: 'acme-trail',
          CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:audit/trail:*',
          CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/trail-writer',
          EnableLogFileValidation: 'true',
          EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: 'true', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
          IncludeGlobalServiceEvents: 'true',
          IsLogging: 'true',
          IsMultiRegionTrail: 'true',
          KMSKeyId: attribute('Key'),
        },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'cis' } },
      ...filters('audit/trail', 'CISBenchmark'),
      ...alarms('arn:aws:sns:eu-west-1:111122223333:cis', 'CISBenchmark'),
    },
  },
}];
