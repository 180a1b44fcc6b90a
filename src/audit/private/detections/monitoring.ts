import type { Calls, Detection } from './detection';
import { patternOf } from './patterns';

const SELECTORS: Calls = [['cloudtrail', 'PutEventSelectors', 'PutInsightSelectors']];

const LOGS: Calls = [[
  'logs', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'DisassociateKmsKey', 'DeleteSubscriptionFilter',
  'PutDataProtectionPolicy', 'DeleteDataProtectionPolicy', 'DeleteAccountPolicy',
]];

const ALERTING: Calls = [
  ['logs', 'DeleteMetricFilter'],
  ['monitoring', 'DeleteAlarms', 'DisableAlarmActions'],
  ['sns', 'DeleteTopic', 'SetTopicAttributes', 'RemovePermission', 'Unsubscribe'],
  ['events', 'DeleteRule', 'DisableRule', 'RemoveTargets'],
];

/** By which a filter or an alarm is written over, or an alarm made to look well; deployments and scaling do the first two all the time. */
const OVERWRITING: Calls = [['logs', 'PutMetricFilter'], ['monitoring', 'PutMetricAlarm', 'SetAlarmState']];

const DETECTORS: Calls = [
  [
    'guardduty', 'DeleteDetector', 'UpdateDetector', 'StopMonitoringMembers', 'DisassociateFromAdministratorAccount', 'CreateFilter', 'UpdateFilter',
    'CreateIPSet', 'UpdateIPSet',
  ],
  ['securityhub', 'DisableSecurityHub', 'BatchDisableStandards'],
  ['access-analyzer', 'DeleteAnalyzer'],
  ['config', 'DeleteConfigurationRecorder', 'DeleteConfigRule', 'DeleteConformancePack'],
  ['inspector2', 'Disable'],
];

/** What the CIS list lacks about what watches: without it the other detections are silent. */
export const MONITORING_DETECTIONS: readonly Detection[] = [
  {
    id: 'TrailSelectorChanges',
    title: 'What the trail records was changed',
    action: 'See that the trail still records what it should, then find out who changed it and what they did meanwhile.',
    severity: 'high',
    patterns: { strict: patternOf(SELECTORS) },
    source: 'AWS CloudTrail API Reference, PutEventSelectors, PutInsightSelectors',
  },
  {
    id: 'LogProtectionChanges',
    title: 'A log was deleted, or how long or how well it is kept was changed',
    action: 'Compare with the deployment that was meant; what a log lost is in the bucket of the trail only.',
    severity: 'high',
    patterns: { strict: patternOf(LOGS) },
    source: 'Amazon CloudWatch Logs User Guide, "Logging CloudWatch Logs API and console operations in AWS CloudTrail"',
  },
  {
    id: 'UnmaskedLogReads',
    title: 'Somebody read what a log masks',
    action: 'Ask who it was and why. Reads that CloudTrail does not record are not seen here: deny logs:Unmask as well.',
    severity: 'medium',
    patterns: { strict: '{ ($.eventSource = "logs.amazonaws.com") && ($.requestParameters.unmask IS TRUE) }' },
    source: 'Amazon CloudWatch Logs API Reference, FilterLogEvents, GetLogEvents, GetLogRecord (unmask)',
  },
  {
    id: 'AlertingChanges',
    title: 'An alarm, or the way of its message, was removed or changed',
    action: 'Compare with the deployment that was meant; see that every alarm still goes off where it should, and reaches somebody.',
    severity: 'high',
    patterns: { strict: patternOf(ALERTING, OVERWRITING) },
    source: 'API references of Amazon CloudWatch, CloudWatch Logs, SNS and EventBridge, actions of these names',
  },
  {
    id: 'DetectorChanges',
    title: 'A service that looks for threats or faults was switched off or changed',
    action: 'Switch it on again, then find out who switched it off and what they did meanwhile.',
    severity: 'high',
    patterns: { strict: patternOf(DETECTORS) },
    source: 'API references of Amazon GuardDuty, AWS Security Hub, IAM Access Analyzer, AWS Config and Amazon Inspector, actions of these names',
  },
];
