import { ControlCase, Template } from './control-case';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:111122223333:alerts';
const UNKNOWN = { Ref: 'Value' };

const alarm = (properties: object, type = 'AWS::CloudWatch::Alarm', others: object = {}): Template => ({
  Parameters: { Value: { Type: 'String' } },
  Resources: { Alarm: { Type: type, Properties: properties }, ...others },
});
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

export const CLOUDWATCH_CASES: readonly ControlCase[] = [
  {
    control: 'ALARM-ACTION',
    passing: {
      'an alarm with a target': alarm({ AlarmActions: [TOPIC_ARN] }),
      'a target that is a parameter': alarm({ AlarmActions: [UNKNOWN], ActionsEnabled: true }),
      'a composite alarm, and alarms that only feed it': alarm({ AlarmActions: [TOPIC_ARN], AlarmRule: { 'Fn::Sub': 'ALARM("${Part.Arn}")' } }, COMPOSITE, {
        Part: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
      }),
    },
    failing: [
      { finding: 'NoAction', template: alarm({}) },
      { finding: 'NoAction', template: alarm({ OKActions: [TOPIC_ARN] }, COMPOSITE) },
      { finding: 'ActionsDisabled', template: alarm({ AlarmActions: [TOPIC_ARN], ActionsEnabled: 'false' }) },
      { finding: 'UnresolvedAction', template: alarm({ AlarmActions: UNKNOWN }) },
      { finding: 'UnresolvedAction', template: alarm({ AlarmActions: [TOPIC_ARN], ActionsEnabled: UNKNOWN }) },
    ],
    mutations: [
      { name: 'drop the target', finding: 'NoAction', mutate: (t) => t.Resources.Alarm.Properties.AlarmActions = [] },
      { name: 'disable actions', finding: 'ActionsDisabled', mutate: (t) => t.Resources.Alarm.Properties.ActionsEnabled = false },
    ],
  },
  {
    control: 'ALARM-MISSING-DATA',
    passing: { 'not breaching': alarm({ TreatMissingData: 'notBreaching' }), 'missing, but stated': alarm({ TreatMissingData: 'missing' }) },
    failing: [
      { finding: 'NotStated', template: alarm({}) },
      { finding: 'UnresolvedTreatment', template: alarm({ TreatMissingData: UNKNOWN }) },
    ],
    mutations: [
      { name: 'leave it unsaid', finding: 'NotStated', mutate: (t) => delete t.Resources.Alarm.Properties.TreatMissingData },
    ],
  },
];
