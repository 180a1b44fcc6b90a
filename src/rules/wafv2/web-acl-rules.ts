import { Graph, Resource } from '../graph';
import { at, describe, isMap, listOf, numberOf, Unresolved, Value, ValueMap } from '../values';

/** What a rule does with a request that it matches; `group` where the rules of a group decide, `unknown` where the template does not tell. */
export type Action = 'allow' | 'block' | 'captcha' | 'challenge' | 'count' | 'group' | 'none' | 'unknown';

/** A rule of a web ACL or of a rule group. */
export interface AclRule {
  readonly name: string;
  readonly action: Action;
  /** Lowest first; undefined where the template does not tell. */
  readonly priority?: number;
  readonly statement: Value;
  readonly properties: ValueMap;
  /** Dotted path of the rule below the properties of the web ACL or group. */
  readonly path: string;
}

/** Rules, and whether there may be more than the template tells. */
export interface AclRules {
  readonly rules: readonly AclRule[];
  readonly untold: boolean;
}

/** A change to what one rule of a group does. */
export interface Override {
  readonly name: string;
  readonly action: Action;
  readonly path: string;
}

const ACTIONS: readonly string[] = ['Allow', 'Block', 'Captcha', 'Challenge', 'Count', 'None'];
const GROUPS = ['ManagedRuleGroupStatement', 'RuleGroupReferenceStatement'];

/** The rules as a web ACL or a group lists them. */
export function rulesOf({ properties }: Resource): AclRules {
  const listed = listOf(properties.Rules);
  const rules = listed.flatMap((rule, index) => (isMap(rule) ? [ruleOf(rule, `Rules.${index}`)] : []));
  return { rules, untold: rules.length < listed.length || rules.some(({ statement }) => statement instanceof Unresolved) };
}

/** The rules that a web ACL runs: its own, and in their place those of the groups of the graph that it refers to, as its overrides leave them. */
export function effectiveRules(acl: Resource, graph: Graph): AclRules {
  const own = rulesOf(acl);
  const groups = own.rules.flatMap((rule) => {
    const arn = at(rule.statement, 'RuleGroupReferenceStatement.Arn');
    if (arn === undefined) return [];
    const group = graph.find(arn, 'AWS::WAFv2::RuleGroup');
    return [group ? asReferred(rulesOf(group), rule) : { rules: [], untold: true }];
  });
  return { rules: [...own.rules, ...groups.flatMap(({ rules }) => rules)], untold: own.untold || groups.some(({ untold }) => untold) };
}

/** The group that a rule refers to, AWS's or another's; undefined where the rule has a statement of its own. */
export function groupOf(statement: Value): ValueMap | undefined {
  return GROUPS.map((each) => at(statement, each)).find(isMap);
}

/** Whether a rule refers to a group that AWS manages. */
export function isManaged({ statement }: AclRule, group: string): boolean {
  return at(statement, 'ManagedRuleGroupStatement.VendorName') === 'AWS' && at(statement, 'ManagedRuleGroupStatement.Name') === group;
}

/** What a rule that refers to a group changes in it. */
export function overridesOf({ statement, path }: AclRule): readonly Override[] {
  const kind = GROUPS.find((each) => isMap(at(statement, each)));
  if (!kind) return [];
  const group = at(statement, kind);
  const changed = listOf(at(group, 'RuleActionOverrides')).map((each, index) => ({
    name: nameOf(at(each, 'Name')), action: actionOf(at(each, 'ActionToUse')), path: `${path}.Statement.${kind}.RuleActionOverrides.${index}`,
  }));
  // The older way to switch a rule to Count (AWS::WAFv2::WebACL ManagedRuleGroupStatement).
  const excluded = listOf(at(group, 'ExcludedRules')).map((each, index) => ({
    name: nameOf(at(each, 'Name')), action: 'count' as const, path: `${path}.Statement.${kind}.ExcludedRules.${index}`,
  }));
  return [...changed, ...excluded];
}

/** Whether a rule switches a whole group to Count; undefined where the template does not tell. */
export function groupCounts({ properties }: AclRule): boolean | undefined {
  const action = actionOf(properties.OverrideAction);
  return action === 'unknown' ? undefined : action === 'count';
}

function ruleOf(rule: ValueMap, path: string): AclRule {
  const priority = numberOf(rule.Priority);
  return {
    name: nameOf(rule.Name),
    action: groupOf(rule.Statement) ? 'group' : actionOf(rule.Action),
    ...(typeof priority === 'number' && { priority }),
    statement: rule.Statement,
    properties: rule,
    path,
  };
}

function asReferred({ rules, untold }: AclRules, referring: AclRule): AclRules {
  const overrides = overridesOf(referring);
  const counts = groupCounts(referring);
  return {
    untold,
    rules: rules.map((rule) => ({
      ...rule,
      name: `${referring.name}/${rule.name}`,
      action: counts === undefined ? 'unknown' : counts ? 'count' : overrides.find(({ name }) => name === rule.name)?.action ?? rule.action,
      priority: referring.priority,
      path: referring.path,
    })),
  };
}

function actionOf(value: Value): Action {
  if (value === undefined || value === null) return 'none';
  const keys = isMap(value) ? Object.keys(value) : [];
  return keys.length === 1 && ACTIONS.includes(keys[0]) ? keys[0].toLowerCase() as Action : 'unknown';
}

function nameOf(value: Value): string {
  return value === undefined ? 'unnamed' : describe(value);
}
