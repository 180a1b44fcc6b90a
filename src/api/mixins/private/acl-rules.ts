import { IResolvable } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { IConstruct } from 'constructs';
import { amended, isIntrinsic } from '../../../private';

export type WithRules = wafv2.CfnRuleGroup | wafv2.CfnWebACL;

/** A rule as it is once tokens are resolved; rules of web ACLs and of groups differ only in what the CDK calls them. */
export type Rule = wafv2.CfnWebACL.RuleProperty;

/** A rule as a template shows it. */
export type RenderedRule = Readonly<Record<string, unknown>>;

export function hasRules(construct: IConstruct): construct is WithRules {
  return wafv2.CfnWebACL.isCfnWebACL(construct) || wafv2.CfnRuleGroup.isCfnRuleGroup(construct);
}

/** Changes the list of rules; a list that only deployment tells stays as it is. */
export function amendRules(resource: WithRules, change: (rules: Rule[]) => Rule[]): void {
  // Both kinds of resource take the same shape, under two types.
  resource.rules = amended<Rule[]>(resource.rules as Rule[] | IResolvable, (rules = []) => change(rules));
}

/** Changes each rule that the template tells. */
export function mapRules(rules: readonly Rule[], change: (rule: Rule) => Rule): Rule[] {
  return rules.map((rule) => (isIntrinsic(rule) ? rule : change(rule)));
}

/** Adds a rule behind all others, in place of the one that has its name. */
export function withRule(rules: readonly Rule[], name: string, rule: Pick<Rule, 'action' | 'overrideAction' | 'statement'>): Rule[] {
  const others = rules.filter((each) => each.name !== name);
  // Samples are not redacted, so that a rule takes none unless it is told to.
  const visibilityConfig = { cloudWatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: false };
  return [...others, { name, priority: nextPriority(others), visibilityConfig, ...rule }];
}

/** A priority behind those of all rules that the template tells. */
export function nextPriority(rules: readonly Rule[]): number {
  return Math.max(-1, ...rules.map(({ priority }) => priority).filter((each) => typeof each === 'number')) + 1;
}

/** The rules as the template shows them; a list that only deployment tells has none. */
export function renderedRules(properties: Readonly<Record<string, unknown>> | undefined): readonly RenderedRule[] {
  return Array.isArray(properties?.Rules) ? properties.Rules as RenderedRule[] : [];
}
