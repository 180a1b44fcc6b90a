import { AclRule, effectiveRules, groupCounts, isManaged, overridesOf, rulesOf } from './web-acl-rules';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, Outcome, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, numberOf, Unresolved, Value, ValueMap } from '../values';

export const COMMON_RULES = 'AWSManagedRulesCommonRuleSet';

/** Its rule that blocks a body above 8 KB (AWS WAF Developer Guide, Baseline rule groups). */
export const SIZE_RULE = 'SizeRestrictions_BODY';

/** What AWS WAF sees of any body: 8 KB behind a load balancer, more elsewhere (AWS WAF Developer Guide, Managing body inspection size limits). */
const LEAST_INSPECTED = 8192;

/** What it sees where the web ACL does not set more. */
const DEFAULT_INSPECTED = 16384;

/** What each rule of the web ACL's own says about the size of a body, compliant where it blocks a body that AWS WAF cannot see whole. */
export function ownBodyBounds(acl: Resource, graph: Graph): readonly Outcome[] {
  return effectiveRules(acl, graph).rules.flatMap((rule) => sizesIn(rule.statement, false).map((size) => judge(rule, size, acl)));
}

/** Whether the core rule set bounds the body of every request. */
export function managedBodyBounds(acl: Resource): readonly Outcome[] {
  return rulesOf(acl).rules
    .filter((rule) => isManaged(rule, COMMON_RULES) && at(rule.statement, 'ManagedRuleGroupStatement.ScopeDownStatement') === undefined)
    .flatMap((rule) => {
      const counts = groupCounts(rule);
      const overrides = overridesOf(rule);
      if (counts || overrides.some(({ name, action }) => name === SIZE_RULE && (action === 'count' || action === 'allow'))) return [];
      return counts === undefined || overrides.some(({ name, action }) => name.includes('${') || action === 'unknown')
        ? [cannotTell('UnresolvedSize', `the template does not tell whether ${rule.name} blocks a body for its size`, rule.path)]
        : [compliant(`${SIZE_RULE} of ${rule.name} blocks a body above ${LEAST_INSPECTED} bytes`, rule.path)];
    });
}

/** A comparison of the size of a body, and whether other statements narrow it to some requests. */
interface Size {
  readonly constraint: ValueMap;
  readonly narrowed: boolean;
}

function sizesIn(statement: Value, narrowed: boolean): readonly Size[] {
  const constraint = at(statement, 'SizeConstraintStatement');
  const own = isMap(constraint) && isUpperBound(constraint) ? [{ constraint, narrowed }] : [];
  return [
    ...own,
    ...listOf(at(statement, 'OrStatement.Statements')).flatMap((each) => sizesIn(each, narrowed)),
    ...listOf(at(statement, 'AndStatement.Statements')).flatMap((each) => sizesIn(each, true)),
  ];
}

function isUpperBound(constraint: ValueMap): boolean {
  const field = ['Body', 'JsonBody'].some((each) => at(constraint, `FieldToMatch.${each}`) !== undefined);
  return field && (isUnknown(constraint.ComparisonOperator) || ['GT', 'GE'].includes(describe(constraint.ComparisonOperator)));
}

function judge({ name, action, path }: AclRule, { constraint, narrowed }: Size, acl: Resource): Outcome {
  const json = at(constraint, 'FieldToMatch.JsonBody');
  const size = numberOf(constraint.Size);
  const oversize = at(json ?? at(constraint, 'FieldToMatch.Body'), 'OversizeHandling') ?? 'CONTINUE';
  if (action === 'unknown' || typeof size !== 'number' || isUnknown(oversize) || isUnknown(constraint.ComparisonOperator)) {
    return cannotTell('UnresolvedSize', `the template does not tell which bodies ${name} blocks`, path);
  }
  if (action !== 'block') return violation('DoesNotBlock', `${name} does not block`, `${path}.Action`);
  if (narrowed) return violation('SomeRequests', `${name} bounds the body of requests that meet its other statements as well`, `${path}.Statement`);

  const allowed = constraint.ComparisonOperator === 'GE' ? size - 1 : size;
  if (oversize === 'MATCH') {
    const inspected = inspectedBytes(acl);
    const rest = `a body above ${describe(inspected)} bytes, all that AWS WAF inspects`;
    if (json !== undefined) return compliant(`${name} blocks ${rest}, and a JSON body above ${allowed} bytes`, path);
    return compliant(typeof inspected === 'number' && allowed < inspected ? `${name} blocks a body above ${allowed} bytes`
      : `${name} blocks ${rest}; its own limit is ${allowed}`, path);
  }
  // AWS WAF compares the part that it sees, which is longer than what is allowed whenever the body is, unless it is transformed before.
  const asItIs = listOf(constraint.TextTransformations).every((each) => at(each, 'Type') === 'NONE');
  if (oversize === 'CONTINUE' && json === undefined && asItIs && allowed < LEAST_INSPECTED) return compliant(`${name} blocks a body above ${allowed} bytes`, path);
  return violation('OversizePasses', `${name} lets a body pass of which AWS WAF sees only the beginning: OversizeHandling is ${describe(oversize)}`, path);
}

/** How much of a body the resources behind a web ACL hand over, of those whose limit can be set. */
function inspectedBytes({ properties }: Resource): number | Unresolved {
  const kind = properties.Scope === 'CLOUDFRONT' ? 'CLOUDFRONT' : 'API_GATEWAY';
  const limit = at(properties, `AssociationConfig.RequestBody.${kind}.DefaultSizeInspectionLimit`);
  if (limit === undefined) return DEFAULT_INSPECTED;
  const kilobytes = /^KB_(\d+)$/.exec(describe(limit))?.[1];
  return kilobytes === undefined ? new Unresolved(describe(limit)) : Number(kilobytes) * 1024;
}
