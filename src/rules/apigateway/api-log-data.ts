import { methodSettingsOf } from './method-settings';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

/** Checks `API-LOG-DATA`. */
export const apiLogData: Rule = {
  control: 'API-LOG-DATA',
  check(stage) {
    const settings = methodSettingsOf(stage);
    if (settings instanceof Unresolved) return cannotTell('UnresolvedDataTrace', `MethodSettings is ${describe(settings)}`, 'MethodSettings');
    const found = settings.flatMap(({ label, values, property }): Outcome[] => {
      const traced = truth(at(values, 'DataTraceEnabled'));
      if (traced instanceof Unresolved) return [cannotTell('UnresolvedDataTrace', `DataTraceEnabled of ${label} is ${describe(traced)}`, `${property}.DataTraceEnabled`)];
      return traced ? [violation('DataTraced', `DataTraceEnabled is true for ${label}`, `${property}.DataTraceEnabled`)] : [];
    });
    return found.length > 0 ? found : compliant(`DataTraceEnabled is true in none of ${settings.length} method settings`);
  },
};
