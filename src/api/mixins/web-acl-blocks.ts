import { Mixin } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { amendRules, hasRules, mapRules, nextPriority, RenderedRule, renderedRules, Rule } from './private/acl-rules';
import { guardAgainstUndoing, valueAt } from '../../private';

/**
 * Makes the rules of a web ACL or a rule group act, where they merely count or let pass. Applies control `WAF-BLOCKS`.
 *
 * A rule on Count blocks, overrides to Count or Allow are taken away, and rules that allow come last. Watch the counts first, since requests
 * that were only counted are refused from then on; and apply it after mixins that add rules. A core rule set whose size rule counts keeps
 * that override where another rule blocks by size.
 */
export class WebAclBlocks extends Mixin {
  public supports(construct: IConstruct): boolean {
    return hasRules(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!hasRules(construct)) return;
    amendRules(construct, (rules) => {
      const bounded = rules.some((rule) => boundsBody(rule));
      return allowingLast(mapRules(rules, (rule) => acting(rule, bounded)));
    });
    guardAgainstUndoing(construct, {
      control: 'WAF-BLOCKS',
      mixin: 'api.mixins.WebAclBlocks',
      demand: "no rule of 'Rules' may count, switch rules of a group to Count or Allow, or allow before others",
      holds: ({ Properties }) => Properties?.Rules === undefined || (Array.isArray(Properties.Rules) && areActing(renderedRules(Properties))),
    });
  }
}

function acting(rule: Rule, bounded: boolean): Rule {
  for (const kind of ['managedRuleGroupStatement', 'ruleGroupReferenceStatement'] as const) {
    const group = valueAt(rule, `statement.${kind}`);
    if (group === undefined) continue;
    const replaced = (override: unknown) => bounded && isSizeRule(group, override, 'name');
    const ruleActionOverrides = listAt(group, 'ruleActionOverrides')
      .filter((each) => isActing(valueAt(each, 'actionToUse')) || (replaced(each) && isAction(valueAt(each, 'actionToUse'), 'count')));
    const excludedRules = listAt(group, 'excludedRules').filter(replaced);
    const statement = { ...group, ruleActionOverrides: orNothing(ruleActionOverrides), excludedRules: orNothing(excludedRules) };
    return { ...rule, overrideAction: { none: {} }, statement: { [kind]: statement } };
  }
  return isAction(rule.action, 'count') ? { ...rule, action: { block: {} } } : rule;
}

/** An allow that comes last lets pass nothing that another rule would stop. */
function allowingLast(rules: readonly Rule[]): Rule[] {
  const others = rules.filter((rule) => !isAction(rule.action, 'allow'));
  const misplaced = rules.filter((rule) => isAction(rule.action, 'allow') && !others.every(({ priority }) => priority < rule.priority));
  const next = nextPriority(rules);
  return rules.map((rule) => (misplaced.includes(rule) ? { ...rule, priority: next + misplaced.indexOf(rule) } : rule));
}

/** Whether an action is of a kind, in properties or in a template. */
function isAction(action: unknown, kind: string): boolean {
  // The CDK renders a kind that is not set as undefined.
  const kinds = typeof action === 'object' && action !== null ? Object.entries(action).flatMap(([key, value]) => (value === undefined ? [] : [key])) : [];
  return kinds.length === 1 && kinds[0].toLowerCase() === kind;
}

function isActing(action: unknown): boolean {
  return ['block', 'captcha', 'challenge'].some((kind) => isAction(action, kind));
}

function isSizeRule(group: unknown, override: unknown, name: 'Name' | 'name'): boolean {
  return valueAt(group, name) === 'AWSManagedRulesCommonRuleSet' && valueAt(override, name) === 'SizeRestrictions_BODY';
}

/** Whether a rule blocks by the size of the body, also where the body is too large to be seen whole. */
function boundsBody(rule: Rule): boolean {
  const constraint = valueAt(rule, 'statement.sizeConstraintStatement');
  return isAction(rule.action, 'block') && ['GT', 'GE'].includes(String(valueAt(constraint, 'comparisonOperator')))
    && valueAt(constraint, 'fieldToMatch.body.oversizeHandling') === 'MATCH';
}

function areActing(rules: readonly RenderedRule[]): boolean {
  const allowing = rules.filter(({ Action }) => isAction(Action, 'allow'));
  const others = rules.filter((rule) => !allowing.includes(rule));
  const bounded = others.some((rule) => isAction(rule.Action, 'block')
    && valueAt(rule, 'Statement.SizeConstraintStatement.FieldToMatch.Body.OversizeHandling') === 'MATCH');
  return others.every((rule) => {
    const group = valueAt(rule, 'Statement.ManagedRuleGroupStatement') ?? valueAt(rule, 'Statement.RuleGroupReferenceStatement');
    if (group === undefined) return isActing(rule.Action);
    const overrides = [...listAt(group, 'RuleActionOverrides'), ...listAt(group, 'ExcludedRules')];
    return isAction(rule.OverrideAction, 'none') && overrides.every((each) => isActing(valueAt(each, 'ActionToUse'))
      || (bounded && isSizeRule(group, each, 'Name') && !isAction(valueAt(each, 'ActionToUse'), 'allow')));
  }) && allowing.every((rule) => others.every((other) => Number(other.Priority) < Number(rule.Priority)));
}

/** A list as it is; one that only deployment tells as its one entry, which no filter mistakes for another. */
function listAt(value: unknown, path: string): readonly unknown[] {
  const list = valueAt(value, path);
  return list === undefined ? [] : Array.isArray(list) ? list : [list];
}

function orNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
