import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, listOf, truth, Unresolved } from '../values';

/** Checks `ALARM-ACTION`. */
export const alarmAction: Rule = {
  control: 'ALARM-ACTION',
  check(alarm, graph) {
    const enabled = truth(alarm.properties.ActionsEnabled);
    const actions = listOf(alarm.properties.AlarmActions);
    if (actions.length === 0 && graph.referrers(alarm).some(({ type }) => type === 'AWS::CloudWatch::CompositeAlarm')) {
      return notApplicable('a composite alarm acts for it');
    }
    if (enabled instanceof Unresolved) return cannotTell('UnresolvedAction', `ActionsEnabled is ${describe(enabled)}`, 'ActionsEnabled');
    if (enabled === false) return violation('ActionsDisabled', 'ActionsEnabled is false', 'ActionsEnabled');
    if (actions.length === 0) return violation('NoAction', 'AlarmActions is empty', 'AlarmActions');
    // An action that the template does not tell is still one, but an untold list may be empty.
    if (isUnknown(alarm.properties.AlarmActions)) return cannotTell('UnresolvedAction', `AlarmActions is ${describe(actions[0])}`, 'AlarmActions');
    return compliant(`acts on ${actions.length} targets`, 'AlarmActions');
  },
};
