import { rulesOf } from './web-acl-rules';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, truth, Unresolved, Value } from '../values';

const SWITCH = 'VisibilityConfig.CloudWatchMetricsEnabled';

/** Checks `WAF-METRICS`. */
export const wafMetrics: Rule = {
  control: 'WAF-METRICS',
  check(resource) {
    const { rules, untold } = rulesOf(resource);
    const found = [
      ...judge(resource.properties, 'MetricsOff', 'it', SWITCH),
      ...(untold ? [cannotTell('UnresolvedMetrics', 'the template does not tell the rules', 'Rules')] : []),
      ...rules.flatMap(({ name, properties, path }) => judge(properties, `RuleMetricsOff::${name}`, name, `${path}.${SWITCH}`)),
    ];
    if (found.length > 0) return found;
    const own = describe(at(resource.properties, 'VisibilityConfig.MetricName'));
    return compliant(`${own} and its ${rules.length} rules send metrics`, SWITCH);
  },
};

function judge(holder: Value, finding: string, name: string, path: string): Outcome[] {
  const enabled = truth(at(holder, SWITCH));
  if (enabled === true) return [];
  return [enabled instanceof Unresolved ? cannotTell('UnresolvedMetrics', `the template does not tell whether ${name} sends metrics`, path)
    : violation(finding, `${name} sends no metrics`, path)];
}
