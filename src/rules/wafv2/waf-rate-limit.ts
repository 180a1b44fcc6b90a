import { AclRule, effectiveRules } from './web-acl-rules';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, numberOf, Value } from '../values';

/** Five minutes, where the rule does not say (AWS::WAFv2::WebACL RateBasedStatement). */
const DEFAULT_WINDOW_SECONDS = 300;

/**
 * What one address may send at most, on average over the window: the hundredth part of the 10,000 requests a second that API Gateway gives
 * a whole account in a Region (Amazon API Gateway Developer Guide, quotas).
 */
const MOST_PER_SECOND = 100;

/** Keys that a caller cannot vary at will. By any other, a header say, each value has a count of its own, and no value has none. */
const GIVEN_BY_NETWORK = ['ASN', 'ForwardedIP', 'IP'];

/** Checks `WAF-RATE-LIMIT`. One rule that holds is enough; the evidence tells all that hold. */
export const wafRateLimit: Rule = {
  control: 'WAF-RATE-LIMIT',
  check(acl, graph) {
    const { rules, untold } = effectiveRules(acl, graph);
    const found = rules.flatMap((rule) => {
      const statement = at(rule.statement, 'RateBasedStatement');
      return statement === undefined ? [] : [judge(rule, statement)];
    });
    const limits = found.flatMap((each) => (each.kind === 'compliant' ? [each.evidence] : []));
    if (limits.length > 0) return compliant(limits.join('; '), 'Rules');
    if (untold) return cannotTell('UnresolvedRate', 'the template does not tell all rules', 'Rules');
    return found.length > 0 ? found : violation('NoRateRule', 'no rule limits the rate of requests', 'Rules');
  },
};

function judge({ name, action, path }: AclRule, statement: Value): Outcome {
  const where = `${path}.Statement.RateBasedStatement`;
  const limit = numberOf(at(statement, 'Limit'));
  const window = numberOf(at(statement, 'EvaluationWindowSec') ?? DEFAULT_WINDOW_SECONDS);
  const counted = at(statement, 'AggregateKeyType');
  if (action === 'unknown' || typeof limit !== 'number' || typeof window !== 'number' || isUnknown(counted)) {
    return cannotTell('UnresolvedRate', `the template does not tell what ${name} limits`, where);
  }
  if (action !== 'block') return violation('RateRuleDoesNotBlock', `${name} does not block`, `${path}.Action`);
  if (at(statement, 'ScopeDownStatement') !== undefined) return violation('ScopedDown', `${name} counts some requests only`, `${where}.ScopeDownStatement`);
  const keys = listOf(at(statement, 'CustomKeys')).flatMap((key) => (isMap(key) ? Object.keys(key) : ['unknown']));
  if (counted === 'CUSTOM_KEYS' && keys.some((key) => key === 'unknown')) {
    return cannotTell('UnresolvedRate', `the template does not tell what ${name} counts by`, `${where}.CustomKeys`);
  }
  if (counted === 'CUSTOM_KEYS' && (keys.length === 0 || !keys.every((key) => GIVEN_BY_NETWORK.includes(key)))) {
    return violation('CallerChoosesKey', `${name} counts by ${keys.join(' and ')}`, `${where}.CustomKeys`);
  }
  if (limit > MOST_PER_SECOND * window) return violation('TooHigh', `${name} blocks after ${limit} requests in ${window} s only`, `${where}.Limit`);
  return compliant(`${name} blocks ${whom(counted, keys, statement)} after ${limit} requests in ${window} s`, where);
}

function whom(counted: Value, keys: readonly string[], statement: Value): string {
  if (counted === 'FORWARDED_IP') return `an address in ${describe(at(statement, 'ForwardedIPConfig.HeaderName'))}`;
  return counted === 'CUSTOM_KEYS' ? `each ${keys.join(' and ')}` : 'an address';
}
