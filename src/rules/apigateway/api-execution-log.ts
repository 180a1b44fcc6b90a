import { methodSettingsOf } from './method-settings';
import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, Unresolved } from '../values';

/** Checks `API-EXECUTION-LOG`. */
export const apiExecutionLog: Rule = {
  control: 'API-EXECUTION-LOG',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge(stage: Resource): Outcome | readonly Outcome[] {
  const settings = methodSettingsOf(stage);
  if (settings instanceof Unresolved) return cannotTell('UnresolvedLevel', `MethodSettings is ${describe(settings)}`, 'MethodSettings');
  const stated = settings.map((setting) => ({ ...setting, level: at(setting.values, 'LoggingLevel'), property: setting.pathOf('LoggingLevel') }))
    .filter(({ everywhere, level }) => everywhere || level !== undefined);
  const found = stated.flatMap(({ everywhere, label, level, property }): Outcome[] => {
    if (level === 'ERROR' || level === 'INFO') return [];
    if (isUnknown(level)) return [cannotTell('UnresolvedLevel', `LoggingLevel of ${label} is ${describe(level)}`, property)];
    return [violation(everywhere ? 'NoExecutionLog' : 'SwitchedOff', `LoggingLevel of ${label} is ${describe(level)}`, property)];
  });
  if (!stated.some(({ everywhere }) => everywhere)) found.push(violation('NoExecutionLog', 'no setting for /* and * states a LoggingLevel', 'MethodSettings'));
  return found.length > 0 ? found : compliant(`the execution log has ${stated.map(({ label, level }) => `level ${describe(level)} for ${label}`).join(', ')}`);
}
