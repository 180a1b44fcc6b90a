import { methodSettingsOf } from './method-settings';
import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

/** Checks `API-LOG-DATA`. */
export const apiLogData: Rule = {
  control: 'API-LOG-DATA',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge(stage: Resource): Outcome | readonly Outcome[] {
  const settings = methodSettingsOf(stage);
  if (settings instanceof Unresolved) return cannotTell('UnresolvedDataTrace', `MethodSettings is ${describe(settings)}`, 'MethodSettings');
  const found = settings.flatMap(({ label, values, pathOf }): Outcome[] => {
    const traced = truth(at(values, 'DataTraceEnabled'));
    const property = pathOf('DataTraceEnabled');
    if (traced instanceof Unresolved) return [cannotTell('UnresolvedDataTrace', `DataTraceEnabled of ${label} is ${describe(traced)}`, property)];
    return traced ? [violation('DataTraced', `DataTraceEnabled is true for ${label}`, property)] : [];
  });
  return found.length > 0 ? found : compliant(`DataTraceEnabled is true in none of ${settings.length} method settings`);
}
