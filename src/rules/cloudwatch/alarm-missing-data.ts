import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

/** Checks `ALARM-MISSING-DATA`. */
export const alarmMissingData: Rule = {
  control: 'ALARM-MISSING-DATA',
  check(alarm) {
    const treatment = alarm.properties.TreatMissingData;
    if (isUnknown(treatment)) return cannotTell('UnresolvedTreatment', `TreatMissingData is ${describe(treatment)}`, 'TreatMissingData');
    return typeof treatment === 'string' && /^(breaching|notBreaching|ignore|missing)$/.test(treatment)
      ? compliant(`missing data is ${treatment}`, 'TreatMissingData')
      : violation('NotStated', `TreatMissingData is ${describe(treatment)}`, 'TreatMissingData');
  },
};
