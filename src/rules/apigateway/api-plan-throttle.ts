import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, numberOf, Unresolved, Value } from '../values';

const LIMITS = ['RateLimit', 'BurstLimit'];
const THROTTLE = 'Throttle';
const STAGES = 'ApiStages';

/** Checks `API-PLAN-THROTTLE`. */
export const apiPlanThrottle: Rule = {
  control: 'API-PLAN-THROTTLE',
  check({ properties }) {
    const stages = properties[STAGES];
    const entries = listOf(stages);
    if (!isUnknown(stages) && entries.length === 0) return notApplicable('the plan has no stage, so that its keys open nothing');
    const methods = entries.map((entry) => at(entry, THROTTLE));
    const lifted = methods.flatMap((each) => (isMap(each) ? Object.entries(each) : [])).find(([, limits]) => limitsOf(limits).some(isLifted));
    if (lifted) return violation('NoLimits', `the limit of ${lifted[0]} is lifted`, STAGES);

    const limits = limitsOf(properties[THROTTLE]);
    const isTold = !isUnknown(stages) && ![...methods, ...entries].some(isUnknown) && !methods.some(hasUnknown);
    if (limits.some((limit) => limit instanceof Unresolved)) return cannotTell('UnresolvedLimits', `${THROTTLE} is ${describe(properties[THROTTLE])}`, THROTTLE);
    if (limits.every((limit) => typeof limit === 'number' && !isLifted(limit))) {
      return isTold ? compliant(`each key has ${String(limits[0])} requests/s, bursts of ${String(limits[1])}`, THROTTLE)
        : cannotTell('UnresolvedLimits', `${STAGES} is ${describe(stages)}, which may lift the limits`, STAGES);
    }
    return isUnknown(stages) ? cannotTell('UnresolvedLimits', `${STAGES} is ${describe(stages)}, and the plan limits no rate`, STAGES)
      : violation('NoLimits', `${THROTTLE} sets no ${LIMITS.filter((_, index) => typeof limits[index] !== 'number' || isLifted(limits[index])).join(' and ')}`, THROTTLE);
  },
};

function limitsOf(value: Value): ReadonlyArray<number | undefined | Unresolved> {
  return LIMITS.map((limit) => numberOf(at(value, limit)));
}

/** -1 takes a limit away. */
function isLifted(limit: number | undefined | Unresolved): boolean {
  return typeof limit === 'number' && limit < 0;
}

function hasUnknown(methods: Value): boolean {
  const settings = isMap(methods) ? Object.values(methods) : [];
  return settings.some((limits) => isUnknown(limits) || limitsOf(limits).some((limit) => limit instanceof Unresolved));
}
