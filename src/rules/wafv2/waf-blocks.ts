import { COMMON_RULES, ownBodyBounds, SIZE_RULE } from './body-bounds';
import { AclRule, effectiveRules, groupCounts, isManaged, Override, overridesOf, rulesOf } from './web-acl-rules';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at } from '../values';
import { guardedBy, UNTOLD_GUARDED } from '../webhooks/guarded';

/** Checks `WAF-BLOCKS`. */
export const wafBlocks: Rule = {
  control: 'WAF-BLOCKS',
  check(resource, graph) {
    const { rules, untold } = rulesOf(resource);
    if (rules.length === 0 && !untold) return notApplicable('it has no rules');
    const all = resource.type === 'AWS::WAFv2::WebACL' ? effectiveRules(resource, graph).rules : rules;
    const found = [
      ...(untold ? [cannotTell('UnresolvedAction', 'the template does not tell the rules', 'Rules')] : []),
      ...rules.flatMap((rule) => judge(rule, resource, graph)),
      ...all.filter(({ action }) => action === 'allow').flatMap((rule) => judgeAllow(rule, all)),
    ];
    return found.length > 0 ? found : compliant(rules.map((rule) => state(rule, resource, graph)).join('; '), 'Rules');
  },
};

function judge(rule: AclRule, resource: Resource, graph: Graph): Outcome[] {
  const { name, action, path } = rule;
  if (action === 'group') {
    const counts = groupCounts(rule);
    return [
      ...(counts === undefined ? [cannotTell('UnresolvedAction', `the template does not tell whether ${name} only counts`, `${path}.OverrideAction`)] : []),
      ...(counts ? [violation(`GroupCounts::${name}`, `${name} switches its whole group to Count`, `${path}.OverrideAction`)] : []),
      ...overridesOf(rule).flatMap((override) => judgeOverride(override, rule, resource, graph)),
    ];
  }
  if (action === 'count') return [violation(`RuleCounts::${name}`, `${name} counts what it matches and lets it pass`, `${path}.Action`)];
  return action === 'unknown' || action === 'none' ? [cannotTell('UnresolvedAction', `the template does not tell what ${name} does`, `${path}.Action`)] : [];
}

function judgeOverride(override: Override, rule: AclRule, resource: Resource, graph: Graph): Outcome[] {
  const { name, action, path } = override;
  if (action === 'unknown' || action === 'none') return [cannotTell('UnresolvedAction', `the template does not tell what ${rule.name} makes of ${name}`, path)];
  if ((action !== 'count' && action !== 'allow') || isReplaced(override, rule, resource, graph)) return [];
  const guarded = readsBody(override, rule) ? guardedBy(resource, graph) : 'others';
  if (guarded === 'receivers') return [];
  if (guarded === 'untold') return [cannotTell('UnresolvedAssociation', UNTOLD_GUARDED, path)];
  return [violation(`RuleOverridden::${rule.name}/${name}`, `${rule.name} switches ${name} to ${action === 'count' ? 'Count' : 'Allow'}`, path)];
}

/** The 8 KB of the managed size rule are too few for many APIs; one that blocks by a bound of its own loses nothing by counting there. */
function isReplaced({ name, action }: Override, rule: AclRule, resource: Resource, graph: Graph): boolean {
  return name === SIZE_RULE && action === 'count' && isManaged(rule, COMMON_RULES)
    && ownBodyBounds(resource, graph).some(({ kind }) => kind === 'compliant');
}

/** Whether it is a rule of AWS's that blocks a body for how it looks; that may count where signatures are what bodies are judged by. */
function readsBody({ name, action }: Override, { statement }: AclRule): boolean {
  return name.endsWith('_BODY') && action === 'count' && at(statement, 'ManagedRuleGroupStatement.VendorName') === 'AWS';
}

/** An allow is harmless only behind everything that blocks: a web ACL that allows by default needs none, one that blocks needs it last. */
function judgeAllow({ name, path, priority }: AclRule, all: readonly AclRule[]): Outcome[] {
  const others = all.filter(({ action }) => action !== 'allow');
  const later = others.filter((other) => other.priority !== undefined && priority !== undefined && other.priority > priority);
  if (later.length > 0) return [violation(`RuleAllows::${name}`, `what ${name} matches does not meet ${later.map((rule) => rule.name).join(', ')}`, `${path}.Action`)];
  const unordered = others.some((other) => other.priority === undefined || priority === undefined);
  return unordered ? [cannotTell('UnresolvedAction', `the template does not tell which rules come after ${name}, which allows`, `${path}.Priority`)] : [];
}

function state(rule: AclRule, resource: Resource, graph: Graph): string {
  const replaced = overridesOf(rule).filter((override) => isReplaced(override, rule, resource, graph)).map(({ name }) => name);
  const signed = overridesOf(rule).filter((override) => readsBody(override, rule)).map(({ name }) => name)
    .filter((name) => !replaced.includes(name));
  const says = rule.action === 'group' ? 'acts as its group says' : `${rule.action}s`;
  return `${rule.name} ${says}${replaced.length > 0 ? `, but ${replaced.join(', ')}, which a rule of the web ACL replaces` : ''}${signed.length > 0 ? `, but ${signed.join(', ')}, since receivers verify a signature over the body` : ''}`;
}
