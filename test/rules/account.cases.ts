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
