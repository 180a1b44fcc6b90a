import { check, RULES } from '../../../src/rules';

const RULE = RULES.filter(({ control }) => control === 'DELIVERY-CONFIG');

test.each<[string, unknown]>([
  ['of the app', { 'Fn::GetAtt': ['Role', 'Arn'] }],
  ['of somebody else', 'arn:aws:iam::111122223333:role/aws-controltower-ConfigRecorderRole'],
])('says nothing of a channel that a role of its own writes to, %s: its rights are those of the role', (_whose, RoleARN) => {
  const template = {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN } },
      Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'elsewhere' } },
    },
  };
  expect(check([{ name: 'Stack', template }], RULE).map(({ outcome }) => outcome)).toEqual(['not-applicable']);
});
