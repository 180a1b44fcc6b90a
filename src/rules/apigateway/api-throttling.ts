import { methodSettingsOf } from './method-settings';
import { checkStage } from './stages';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, listOf, numberOf, Unresolved, Value } from '../values';

/** Checks `API-THROTTLING`. */
export const apiThrottling: Rule = {
  control: 'API-THROTTLING',
  check(resource, graph) {
    return checkStage(resource, (stage) => judge(stage, graph));
  },
};

function judge(stage: Resource, graph: Graph): Outcome | readonly Outcome[] {
  const limits = stage.type === 'AWS::ApiGatewayV2::Stage' ? routeLimits(stage) : [...settingLimits(stage), ...planLimits(stage, graph)];
  const lifted = limits.find(({ everywhere, kind }) => !everywhere && kind === 'lifted');
  if (lifted) return violation('NoLimits', `${lifted.text} shares the limits of the whole account`);
  const set = limits.filter(({ kind }) => kind === 'set');
  if (set.some(({ everywhere }) => everywhere)) return compliant(set.map(({ text }) => text).join('; '));
  return limits.some(({ kind }) => kind === 'unknown') ? cannotTell('UnresolvedLimits', 'the template does not tell the limits')
    : violation('NoLimits', 'the stage shares the limits of the whole account');
}

interface Limit {
  readonly kind: 'set' | 'lifted' | 'none' | 'unknown';
  /** Whether it holds for every method. */
  readonly everywhere: boolean;
  readonly text: string;
}

function settingLimits(stage: Resource): Limit[] {
  const settings = methodSettingsOf(stage);
  if (settings instanceof Unresolved) return [{ kind: 'unknown', everywhere: true, text: '' }];
  return settings.map(({ everywhere, label, values }) =>
    limitOf(values, 'ThrottlingRateLimit', 'ThrottlingBurstLimit', everywhere ? 'the stage' : label, everywhere));
}

/** A usage plan limits each of its keys; it may have other limits for single methods. */
function planLimits(stage: Resource, graph: Graph): Limit[] {
  return graph.ofType('AWS::ApiGateway::UsagePlan').flatMap((plan) => {
    const entry = listOf(plan.properties.ApiStages).find((each) => isFor(each, stage));
    if (entry === undefined) return [];
    const methods = at(entry, 'Throttle');
    return [
      limitOf(plan.properties.Throttle, 'RateLimit', 'BurstLimit', `each key of ${plan.logicalId}`, true),
      ...(isMap(methods) ? Object.entries(methods).map(([method, values]) => limitOf(values, 'RateLimit', 'BurstLimit', `each key of ${plan.logicalId} at ${method}`)) : []),
    ];
  });
}

function routeLimits({ properties }: Resource): Limit[] {
  const limit = (values: Value, text: string, everywhere = false) => limitOf(values, 'ThrottlingRateLimit', 'ThrottlingBurstLimit', text, everywhere);
  const routes = properties.RouteSettings;
  return [
    limit(properties.DefaultRouteSettings, 'the stage', true),
    ...(isMap(routes) ? Object.entries(routes).map(([route, values]) => limit(values, route)) : []),
  ];
}

function isFor(entry: Value, stage: Resource): boolean {
  const { RestApiId, StageName } = stage.properties;
  // A reference to a deployment gives its id, which is no name of a stage.
  const names = [...(stage.type === 'AWS::ApiGateway::Stage' ? [`\${${stage.logicalId}}`] : []), describe(StageName)];
  return describe(at(entry, 'ApiId')) === describe(RestApiId) && names.includes(describe(at(entry, 'Stage')));
}

/** Both numbers must be there; -1 takes a limit away. */
function limitOf(settings: Value, rate: string, burst: string, who: string, everywhere = false): Limit {
  const numbers = [numberOf(at(settings, rate)), numberOf(at(settings, burst))];
  const kind = numbers.every((each) => typeof each === 'number' && each >= 0) ? 'set'
    : numbers.some((each) => each instanceof Unresolved) ? 'unknown'
      : numbers.some((each) => typeof each === 'number' && each < 0) ? 'lifted' : 'none';
  return { kind, everywhere, text: kind === 'set' ? `${who} allows ${String(numbers[0])} requests/s, bursts of ${String(numbers[1])}` : who };
}
