import { methodSettingsOf } from './method-settings';
import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved } from '../values';

/** Checks `API-CACHE-ENCRYPTION`. */
export const apiCacheEncryption: Rule = {
  control: 'API-CACHE-ENCRYPTION',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge(stage: Resource): Outcome | readonly Outcome[] {
  const cluster = truth(stage.properties.CacheClusterEnabled);
  if (!cluster) return notApplicable('the stage has no cache');
  const settings = methodSettingsOf(stage);
  if (settings instanceof Unresolved) return cannotTell('UnresolvedCache', `MethodSettings is ${describe(settings)}`, 'MethodSettings');
  const caching = settings.map((setting) => ({ ...setting, caches: truth(at(setting.values, 'CachingEnabled')) })).filter(({ caches }) => caches);
  if (caching.length === 0) return notApplicable('no method caches its responses');

  const found = caching.flatMap(({ label, values, pathOf, caches }): Outcome[] => {
    const encrypted = truth(at(values, 'CacheDataEncrypted'));
    const property = pathOf('CacheDataEncrypted');
    if (encrypted === true) return [];
    if (encrypted instanceof Unresolved) return [cannotTell('UnresolvedCache', `CacheDataEncrypted of ${label} is ${describe(encrypted)}`, property)];
    return caches === true && cluster === true ? [violation('PlainCache', `responses of ${label} are cached in clear text`, property)]
      : [cannotTell('UnresolvedCache', `the template does not tell whether responses of ${label}, in clear text, are cached`, property)];
  });
  return found.length > 0 ? found : compliant(`cached responses are encrypted: ${caching.map(({ label }) => label).join(', ')}`);
}
