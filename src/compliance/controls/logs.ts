import { Control } from '../control';

/** Controls of Amazon CloudWatch Logs. */
export const LOGS_CONTROLS: readonly Control[] = [
  {
    id: 'LOG-CMK',
    title: 'A log group is encrypted with a customer-managed key',
    rationale: 'Logs quote the data that they are about; with a customer-managed key, reading them takes a right that you decide and that is recorded.',
    remedy: 'Set KmsKeyId to the ARN of a customer-managed KMS key whose policy allows CloudWatch Logs.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::Logs::LogGroup'],
    findings: {
      NoKey: 'The log group names no KMS key.',
      AliasKey: 'The log group names an alias, where CloudWatch Logs takes the ARN of a key only.',
      UnresolvedKey: 'The template does not tell which key encrypts the log group.',
    },
    requirements: [
      { framework: 'HIPAA Security Rule', clause: '164.312(a)(2)(iv)' },
      { framework: 'NIST 800-53r5', clause: 'SC-28(1)' },
    ],
    source: 'Checkov CKV_AWS_158; Amazon CloudWatch Logs User Guide, encrypt log data using AWS KMS',
    mixin: { name: 'storage.mixins.LogGroupEncryption' },
  },
  {
    id: 'LOG-RETENTION',
    title: 'A log group keeps events for a stated time that is long enough',
    rationale: 'Without a retention period, events are kept for ever and so is what they quote; with too short a one, they are gone when an incident is found.',
    remedy: 'Set RetentionInDays to at least 30, and to at least 365 where a CloudTrail trail or a Transfer Family server writes.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::Logs::LogGroup'],
    findings: {
      NoRetention: 'The log group keeps events for ever.',
      TooShort: 'The log group keeps events for less than 30 days.',
      TooShortForAudit: 'A trail or a Transfer Family server writes to the log group, which keeps events for less than 365 days.',
      UnresolvedRetention: 'The template does not tell how long events are kept.',
    },
    requirements: [
      { framework: 'PCI DSS 4.0.1', clause: '10.5.1' },
      { framework: 'HIPAA Security Rule', clause: '164.312(b)' },
      { framework: 'SOC 2 TSC', clause: 'CC7.2' },
    ],
    source: 'AWS Security Hub, CloudWatch.16; PCI DSS 4.0.1, 10.5.1',
    mixin: { name: 'storage.mixins.LogGroupRetention' },
  },
];
