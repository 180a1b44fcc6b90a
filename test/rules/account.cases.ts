import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const resources = (Resources: Template['Resources']): Template => ({ Parameters: { Parameter: { Type: 'String' } }, Resources });

const WATCHERS: Template['Resources'] = {
  Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: {} },
  Pack: { Type: 'AWS::Config::ConformancePack', Properties: {} },
  Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT' } },
  Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } },
};
const account = (changes: Template['Resources'] = {}): Template =>
  resources(structuredClone({ Trail: { Type: 'AWS::CloudTrail::Trail', Properties: {} }, ...WATCHERS, ...changes }));
const without = (id: string): Template => {
  const template = account();
  delete template.Resources[id];
  return template;
};

const EVERYTHING = { AllSupported: true, IncludeGlobalResourceTypes: true };
const recorder = (RecordingGroup: unknown, others: Template['Resources'] = { Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: {} } }): Template => resources({
  Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { ...(RecordingGroup !== undefined && { RecordingGroup }) } }, ...others,
});
const group = (t: Template): any => t.Resources.Recorder.Properties.RecordingGroup;

const LINKED = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig' };
const FOR_CONFIG = { Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } };
const LOOKS = { ...FOR_CONFIG, Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] } };
const WRITES = {
  ...FOR_CONFIG,
  Action: 's3:PutObject',
  Resource: { 'Fn::Sub': '${Bucket.Arn}/AWSLogs/${AWS::AccountId}/Config/*' },
  Condition: { StringEquals: { ...FOR_CONFIG.Condition.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
};
const ENCRYPTS = { ...FOR_CONFIG, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' };
/** A channel to an encrypted bucket, with what AWS Config may do with both. */
const channel = (changes: object = {}, RoleARN: unknown = LINKED, bucket: object[] = [LOOKS, WRITES], key: object[] = [ENCRYPTS]): Template => resources(structuredClone({
  Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN } },
  Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: { Ref: 'Bucket' }, S3KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] }, ...changes } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: bucket } } },
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: key } } },
}));
const statements = (t: Template): any[] => t.Resources.BucketPolicy.Properties.PolicyDocument.Statement;
const channelWithout = (id: string): Template => {
  const template = channel();
  delete template.Resources[id];
  return template;
};

const detector = (Properties: object): Template => resources({ Detector: { Type: 'AWS::GuardDuty::Detector', Properties } });

/** What watches an account as a whole. */
export const ACCOUNT_CASES: readonly ControlCase[] = [
  {
    control: 'ACCOUNT-BASELINE',
    passing: {
      'all of it': account(),
      'of the organization': account({
        Pack: { Type: 'AWS::Config::OrganizationConformancePack', Properties: {} },
        Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ORGANIZATION' } },
      }),
    },
    failing: [
      { finding: 'NoRecorder', template: without('Recorder') },
      { finding: 'NoConformancePack', template: without('Pack') },
      { finding: 'NoAnalyzer', template: without('Analyzer') },
      { finding: 'NoAnalyzer', template: account({ Analyzer: { Type: 'AWS::AccessAnalyzer::Analyzer', Properties: { Type: 'ACCOUNT_UNUSED_ACCESS' } } }) },
      { finding: 'NoDetector', template: account({ Detector: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: false } } }) },
    ],
    mutations: [
      { name: 'drop the recorder', finding: 'NoRecorder', mutate: (t) => delete t.Resources.Recorder },
      { name: 'drop the analyzer', finding: 'NoAnalyzer', mutate: (t) => delete t.Resources.Analyzer },
      { name: 'switch the detector off', finding: 'NoDetector', mutate: (t) => { t.Resources.Detector.Properties.Enable = false; } },
    ],
  },
  {
    control: 'CONFIG-RECORDER',
    passing: {
      'every type': recorder(EVERYTHING),
      'every type, by strategy': recorder({ ...EVERYTHING, RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }),
    },
    failing: [
      { finding: 'PartialRecording', template: recorder({ ResourceTypes: ['AWS::S3::Bucket'] }) },
      { finding: 'PartialRecording', template: recorder({ RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' }, ExclusionByResourceTypes: { ResourceTypes: ['AWS::IAM::User'] } }) },
      { finding: 'NoGlobalTypes', template: recorder(undefined) },
      { finding: 'NoGlobalTypes', template: recorder({ AllSupported: true }) },
      { finding: 'NoDeliveryChannel', template: recorder(EVERYTHING, {}) },
      { finding: 'UnresolvedRecording', template: recorder(PARAMETER) },
      { finding: 'UnresolvedRecording', template: recorder({ ...EVERYTHING, AllSupported: PARAMETER }) },
    ],
    mutations: [
      { name: 'some types', finding: 'PartialRecording', mutate: (t) => { group(t).AllSupported = false; } },
      { name: 'without IAM', finding: 'NoGlobalTypes', mutate: (t) => { group(t).IncludeGlobalResourceTypes = false; } },
      { name: 'no channel', finding: 'NoDeliveryChannel', mutate: (t) => delete t.Resources.Channel },
    ],
  },
  {
    control: 'DELIVERY-CONFIG',
    passing: {
      'all three statements': channel(),
      'a prefix': channel({ S3KeyPrefix: 'history' }, LINKED, [LOOKS, { ...WRITES, Resource: { 'Fn::Sub': '${Bucket.Arn}/history/AWSLogs/${AWS::AccountId}/Config/*' } }]),
      'no key': channel({ S3KmsKeyArn: undefined }),
    },
    failing: [
      { finding: 'PolicyDenies::Bucket', template: channel({}, LINKED, [WRITES]) },
      { finding: 'PolicyDenies::Bucket', template: channel({}, LINKED, [{ ...LOOKS, Action: 's3:GetBucketAcl' }, WRITES]) },
      { finding: 'PolicyDenies::Bucket', template: channel({}, LINKED, [LOOKS]) },
      { finding: 'PolicyDenies::Bucket', template: channel({ S3KeyPrefix: 'history' }) },
      { finding: 'KeyDenies::Channel', template: channel({}, LINKED, [LOOKS, WRITES], []) },
      { finding: 'KeyDenies::Channel', template: channel({}, LINKED, [LOOKS, WRITES], [{ ...ENCRYPTS, Action: 'kms:Decrypt' }]) },
      { finding: 'Untold::Bucket', template: channel({}, LINKED, [LOOKS, { ...WRITES, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }]) },
      { finding: 'Untold::Channel', template: channel({ S3KmsKeyArn: PARAMETER }) },
      { finding: 'Untold::Channel', template: channel({}, PARAMETER) },
      { finding: 'Untold::Channel', template: channelWithout('Recorder') },
      { finding: 'Untold::elsewhere', template: channel({ S3BucketName: 'elsewhere' }) },
    ],
    mutations: [
      { name: 'drop the policy', finding: 'PolicyDenies::Bucket', mutate: (t) => delete t.Resources.BucketPolicy },
      { name: 'another service writes', finding: 'PolicyDenies::Bucket', mutate: (t) => { statements(t)[1].Principal.Service = 's3.amazonaws.com'; } },
      { name: 'another folder', finding: 'PolicyDenies::Bucket', mutate: (t) => { statements(t)[1].Resource = { 'Fn::Sub': '${Bucket.Arn}/elsewhere/*' }; } },
      { name: 'another service encrypts', finding: 'KeyDenies::Channel', mutate: (t) => { t.Resources.Key.Properties.KeyPolicy.Statement[0].Principal.Service = 's3.amazonaws.com'; } },
    ],
  },
  {
    control: 'DETECTOR-ENABLED',
    passing: { 'a detector that is on': detector({ Enable: true }) },
    failing: [
      { finding: 'Disabled', template: detector({ Enable: false }) },
      { finding: 'Disabled', template: detector({}) },
      { finding: 'UnresolvedDetector', template: detector({ Enable: PARAMETER }) },
    ],
    mutations: [{ name: 'switch it off', finding: 'Disabled', mutate: (t) => { t.Resources.Detector.Properties.Enable = false; } }],
  },
];
