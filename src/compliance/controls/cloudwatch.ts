import { Control } from '../control';

/** Controls of Amazon CloudWatch alarms. */
export const CLOUDWATCH_CONTROLS: readonly Control[] = [
  {
    id: 'ALARM-ACTION',
    title: 'An alarm tells somebody',
    rationale: 'An alarm without an enabled action changes colour on a page that nobody looks at.',
    remedy: 'Set AlarmActions to at least one target and leave ActionsEnabled true.',
    severity: 'medium',
    waivable: true,
    resourceTypes: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    findings: {
      NoAction: 'The alarm has no action.',
      ActionsDisabled: 'The actions of the alarm are switched off.',
      UnresolvedAction: 'The template does not tell whether the alarm acts.',
    },
    requirements: [
      { framework: 'HIPAA Security Rule', clause: '164.312(b)' },
      { framework: 'NIST 800-53r5', clause: 'AU-6(1)' },
    ],
    source: 'AWS Security Hub, CloudWatch.15 and CloudWatch.17',
    mixin: { name: 'foundation.mixins.AlarmActions' },
  },
  {
    id: 'ALARM-MISSING-DATA',
    title: 'An alarm states what missing data means',
    rationale: 'By default an alarm without data goes to INSUFFICIENT_DATA and stays silent, which is right for some metrics and hides an outage for others: somebody has to decide.',
    remedy: 'Set TreatMissingData to breaching, notBreaching, ignore or missing.',
    severity: 'low',
    waivable: true,
    resourceTypes: ['AWS::CloudWatch::Alarm'],
    findings: {
      NotStated: 'The alarm does not state what missing data means.',
      UnresolvedTreatment: 'The template does not tell what missing data means.',
    },
    requirements: [],
    source: 'Amazon CloudWatch User Guide, configuring how CloudWatch alarms treat missing data',
    mixin: { name: 'foundation.mixins.AlarmMissingData' },
  },
];
