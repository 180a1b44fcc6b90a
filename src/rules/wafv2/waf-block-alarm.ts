import { blockedRequestWatches, Watch } from './block-alarms';
import { Resource } from '../graph';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown, Value } from '../values';

/** How far an alarm watches a web ACL; `dead` where its metric does not exist. */
type Sight = 'all' | 'part' | 'dead' | 'unknown' | 'none';

/** Checks `WAF-BLOCK-ALARM`. */
export const wafBlockAlarm: Rule = {
  control: 'WAF-BLOCK-ALARM',
  check(acl, graph) {
    const watches = graph.once('waf-block-watches', () => blockedRequestWatches(graph)).map((watch) => ({ watch, sight: sightOf(watch, acl) }));
    const watching = (sight: Sight) => watches.filter((each) => each.sight === sight).map(({ watch }) => watch);
    const whole = watching('all');
    if (whole.length > 0) return compliant(whole.map(({ says }) => says).join('; '));
    if (watching('unknown').length > 0) return cannotTell('UnresolvedAlarm', `${watching('unknown')[0].alarm} may watch the web ACL`);
    const found = [
      ...watching('dead').map(({ alarm }) => violation('NoSuchMetric', `AWS WAF publishes no BlockedRequests with the dimensions that ${alarm} names`)),
      ...watching('part').map(({ alarm }) => violation('PartOnly', `${alarm} watches a part of the web ACL`)),
    ];
    return found.length > 0 ? found.slice(0, 1) : violation('NoAlarm', 'no alarm watches BlockedRequests of the web ACL');
  },
};

function sightOf(watch: Watch, acl: Resource): Sight {
  const name = at(acl.properties, 'VisibilityConfig.MetricName');
  return watch.query === undefined ? byDimensions(watch.dimensions, acl, name) : byQuery(watch.query, name);
}

/**
 * The dimension WebACL is the metric name of the ACL. The metrics of a regional ACL have the dimension Region, those of one for CloudFront
 * have not (AWS WAF Developer Guide, AWS WAF metrics and dimensions).
 */
function byDimensions(dimensions: ReadonlyMap<string, Value> | undefined, { properties }: Resource, name: Value): Sight {
  if (dimensions === undefined) return 'unknown';
  const acl = dimensions.get('WebACL');
  if (acl === undefined || name === undefined || describe(acl) !== describe(name)) return isUnknown(acl) || isUnknown(name) ? 'unknown' : 'none';
  const rule = dimensions.get('Rule');
  if (isUnknown(rule) || isUnknown(properties.Scope)) return 'unknown';
  if (dimensions.has('Region') === (properties.Scope === 'CLOUDFRONT')) return 'dead';
  // Other dimensions, such as ManagedRuleGroup, take a part; without any there is no metric.
  const others = [...dimensions.keys()].filter((key) => !['Region', 'Rule', 'WebACL'].includes(key));
  if (rule === undefined && others.length === 0) return 'dead';
  return rule === 'ALL' && others.length === 0 ? 'all' : 'part';
}

/** A Metrics Insights query watches the ACLs that its WHERE lets through; without one on WebACL, all of the Region. */
function byQuery(query: Value, name: Value): Sight {
  const text = describe(query);
  const wanted = /\bWebACL\s*=\s*'([^']*)'/i.exec(text)?.[1];
  const rule = /\bRule\s*=\s*'([^']*)'/i.exec(text)?.[1];
  if (wanted !== undefined && wanted !== describe(name)) return wanted.includes('${') || isUnknown(name) ? 'unknown' : 'none';
  if (wanted === undefined && isUnknown(query)) return 'unknown';
  return rule === undefined || rule === 'ALL' ? 'all' : 'part';
}
