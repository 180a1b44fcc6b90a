import { Control } from '../control';

/** Controls of what watches an account as a whole. */
export const ACCOUNT_CONTROLS: readonly Control[] = [
  {
    id: 'ACCOUNT-BASELINE',
    title: 'An account that keeps its own trail has its settings, its access and its threats watched too',
    rationale: 'A trail tells what was done; what stands open, who could get in, and who is in already are for AWS Config, IAM Access Analyzer and Amazon GuardDuty to say.',
    remedy: 'Add audit.ComplianceBaseline, or the missing resources, to the app; where the organization or another app has them, waive the finding with that as reason.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::CloudTrail::Trail'],
    findings: {
      NoRecorder: 'No template has a recorder of AWS Config.',
      NoConformancePack: 'No template has a conformance pack of AWS Config.',
      NoAnalyzer: 'No template has an analyzer of IAM Access Analyzer for access from outside.',
      NoDetector: 'No template has a detector of Amazon GuardDuty.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'Config.1' },
      { framework: 'AWS FSBP', clause: 'GuardDuty.1' },
      { framework: 'CIS AWS 5.0', clause: '3.3' },
      { framework: 'SOC 2 TSC', clause: 'CC7.1' },
    ],
    source: 'AWS Security Hub, Config.1, GuardDuty.1 and IAM.28',
    mixin: { impossible: 'What watches the account is made of resources of their own; audit.ComplianceBaseline makes them.' },
  },
  {
    id: 'CONFIG-RECORDER',
    title: 'AWS Config records every type of resource',
    rationale: 'What is not recorded is judged by no rule of a conformance pack and of no standard, and they say so by being silent.',
    remedy: 'Record all supported types in RecordingGroup and leave out none, and add a delivery channel.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::Config::ConfigurationRecorder'],
    findings: {
      PartialRecording: 'The recorder leaves out types of resources.',
      NoGlobalTypes: 'The recorder leaves out users, groups, roles and policies of IAM.',
      NoDeliveryChannel: 'No template has a delivery channel, without which the recorder does not start.',
      UnresolvedRecording: 'The template does not tell what is recorded.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'Config.1' },
      { framework: 'CIS AWS 5.0', clause: '3.3' },
      { framework: 'PCI DSS 4.0.1', clause: '10.5.1' },
    ],
    source: 'AWS Security Hub, Config.1',
    mixin: { impossible: 'What a recorder records is what the account pays for, and a delivery channel needs a bucket; audit.ComplianceBaseline makes both.' },
  },
  {
    id: 'DETECTOR-ENABLED',
    title: 'A detector of Amazon GuardDuty is switched on',
    rationale: 'A detector that is off finds nothing and looks like one that finds nothing.',
    remedy: 'Set Enable to true.',
    severity: 'high',
    waivable: true,
    resourceTypes: ['AWS::GuardDuty::Detector'],
    findings: {
      Disabled: 'The detector is switched off.',
      UnresolvedDetector: 'The template does not tell whether the detector is on.',
    },
    requirements: [
      { framework: 'AWS FSBP', clause: 'GuardDuty.1' },
      { framework: 'PCI DSS 4.0.1', clause: '11.5.1' },
    ],
    source: 'AWS Security Hub, GuardDuty.1; Checkov CKV_AWS_238',
    mixin: { name: 'audit.mixins.DetectorEnabled' },
  },
];
