import { ControlCase, Template } from './control-case';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const UNKNOWN = { Ref: 'Value' };

const group = (properties: object, others: object = {}): Template => ({
  Parameters: { Value: { Type: 'String' } },
  Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: properties }, ...others },
});
const trail = (arn: unknown) => ({ Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { CloudWatchLogsLogGroupArn: arn } } });
const GROUP_ARN = { 'Fn::GetAtt': ['Group', 'Arn'] };

export const LOGS_CASES: readonly ControlCase[] = [
  {
    control: 'LOG-CMK',
    passing: {
      'a key by ARN': group({ KmsKeyId: KEY_ARN }),
      'a key of the template': group({ KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, { Key: { Type: 'AWS::KMS::Key', Properties: {} } }),
    },
    failing: [
      { finding: 'NoKey', template: group({}) },
      { finding: 'AliasKey', template: group({ KmsKeyId: 'alias/logs' }) },
      { finding: 'UnresolvedKey', template: group({ KmsKeyId: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the key', finding: 'NoKey', mutate: (t) => delete t.Resources.Group.Properties.KmsKeyId },
    ],
  },
  {
    control: 'LOG-RETENTION',
    passing: {
      'a year for a trail': group({ RetentionInDays: 365 }, trail(GROUP_ARN)),
      'a month': group({ RetentionInDays: '30' }),
    },
    failing: [
      { finding: 'NoRetention', template: group({}) },
      { finding: 'TooShort', template: group({ RetentionInDays: 14 }) },
      { finding: 'TooShortForAudit', template: group({ RetentionInDays: 180 }, trail(GROUP_ARN)) },
      {
        finding: 'TooShortForAudit',
        template: group({ LogGroupName: 'trail', RetentionInDays: 180 }, trail('arn:aws:logs:eu-west-1:111122223333:log-group:trail:*')),
      },
      {
        finding: 'TooShortForAudit',
        template: group({ RetentionInDays: 90 }, { Server: { Type: 'AWS::Transfer::Server', Properties: { StructuredLogDestinations: [{ 'Fn::GetAtt': ['Group', 'Arn'] }] } } }),
      },
      { finding: 'UnresolvedRetention', template: group({ RetentionInDays: UNKNOWN }) },
    ],
    mutations: [
      { name: 'keep for ever', finding: 'NoRetention', mutate: (t) => delete t.Resources.Group.Properties.RetentionInDays },
      { name: 'keep for half a year', finding: 'TooShortForAudit', mutate: (t) => t.Resources.Group.Properties.RetentionInDays = 180 },
      { name: 'keep for a week', finding: 'TooShort', mutate: (t) => t.Resources.Group.Properties.RetentionInDays = 7 },
    ],
  },
];
