import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, listOf, numberOf, Unresolved, Value } from '../values';

/** Checks `API-THROTTLING`. */
export const apiThrottling: Rule = {
  control: 'API-THROTTLING',
  check(stage, graph) {
    const limits = stage.type === 'AWS::ApiGateway::Stage' ? restLimits(stage, graph)
      : [limitOf(at(stage.properties, 'DefaultRouteSettings'), 'ThrottlingRateLimit', 'ThrottlingBurstLimit')];
    if (limits.includes('set')) return compliant('the stage has a rate and a burst limit');
    return limits.includes('unknown') ? cannotTell('UnresolvedLimits', 'the template does not tell the limits')
      : violation('NoLimits', 'the stage shares the limits of the whole account');
  },
};

type Limit = 'set' | 'none' | 'unknown';

/** Limits for every method of a REST stage, its own or those of a usage plan. */
function restLimits(stage: Resource, graph: Graph): Limit[] {
  const settings = stage.properties.MethodSettings;
  const own = settings instanceof Unresolved ? ['unknown' as const] : listOf(settings)
    .filter((setting) => at(setting, 'ResourcePath') === '/*' && at(setting, 'HttpMethod') === '*')
    .map((setting) => limitOf(setting, 'ThrottlingRateLimit', 'ThrottlingBurstLimit'));
  const plans = graph.ofType('AWS::ApiGateway::UsagePlan')
    .filter((plan) => listOf(plan.properties.ApiStages).some((entry) => isFor(entry, stage)))
    .map((plan) => limitOf(plan.properties.Throttle, 'RateLimit', 'BurstLimit'));
  return [...own, ...plans];
}

function isFor(entry: Value, stage: Resource): boolean {
  return describe(at(entry, 'ApiId')) === describe(stage.properties.RestApiId)
    && [`\${${stage.logicalId}}`, describe(stage.properties.StageName)].includes(describe(at(entry, 'Stage')));
}

/** Both numbers must be there; -1 takes a limit away. */
function limitOf(settings: Value, rate: string, burst: string): Limit {
  const numbers = [numberOf(at(settings, rate)), numberOf(at(settings, burst))];
  if (numbers.every((each) => typeof each === 'number' && each >= 0)) return 'set';
  return numbers.some((each) => each instanceof Unresolved) ? 'unknown' : 'none';
}
