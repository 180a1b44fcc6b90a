import { IResolvable, Mixin } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { IConstruct } from 'constructs';
import { amendRules, hasRules, mapRules, renderedRules, Rule, withRule } from './private/acl-rules';
import { amended, guardAgainstUndoing, isIntrinsic, valueAt } from '../../private';

/** AWS WAF Developer Guide, Baseline rule groups and IP reputation rule groups. */
const BASELINE = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

type ManagedGroup = wafv2.CfnWebACL.ManagedRuleGroupStatementProperty;
type Visibility = wafv2.CfnWebACL.VisibilityConfigProperty;

/**
 * Gives a web ACL the baseline rule groups of AWS, for every request. Applies control `WAF-MANAGED-RULES`.
 *
 * Groups that it lacks come behind its other rules, and one that saw some requests only loses its scope-down statement. The three together
 * take 925 of the 1500 capacity units that a web ACL has at the basic price.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.WebAclManagedRules());
 */
export class WebAclManagedRules extends Mixin {
  public supports(construct: IConstruct): construct is wafv2.CfnWebACL {
    return wafv2.CfnWebACL.isCfnWebACL(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendRules(construct, (rules) => BASELINE.reduce((before, group) => {
      if (!before.some((rule) => isBaseline(managedGroupOf(rule), group))) {
        // The name that the console gives such a rule.
        return withRule(before, `AWS-${group}`, { overrideAction: { none: {} }, statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } } });
      }
      return mapRules(before, (rule) => (isBaseline(managedGroupOf(rule), group) ? withoutScope(rule) : rule));
    }, rules));
    guardAgainstUndoing(construct, {
      control: 'WAF-MANAGED-RULES',
      mixin: 'api.mixins.WebAclManagedRules',
      demand: `'Rules' must have ${BASELINE.join(', ')}, each without a scope-down statement`,
      holds: ({ Properties }) => BASELINE.every((group) => renderedRules(Properties).some((rule) => {
        const managed = valueAt(rule, 'Statement.ManagedRuleGroupStatement');
        return valueAt(managed, 'VendorName') === 'AWS' && valueAt(managed, 'Name') === group && valueAt(managed, 'ScopeDownStatement') === undefined;
      })),
    });
  }
}

/** Lets a web ACL or a rule group, and each of its rules, send metrics. Applies control `WAF-METRICS`. */
export class WebAclMetrics extends Mixin {
  public supports(construct: IConstruct): boolean {
    return hasRules(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!hasRules(construct)) return;
    construct.visibilityConfig = amended<Visibility>(construct.visibilityConfig as Visibility | IResolvable, (before) =>
      measured(before, construct.node.id));
    amendRules(construct, (rules) => mapRules(rules, (rule) =>
      ({ ...rule, visibilityConfig: measured(rule.visibilityConfig as Visibility | undefined, rule.name) })));
    guardAgainstUndoing(construct, {
      control: 'WAF-METRICS',
      mixin: 'api.mixins.WebAclMetrics',
      demand: "'CloudWatchMetricsEnabled' must be true, of each rule too",
      holds: ({ Properties }) => [Properties, ...renderedRules(Properties)].every((each) => valueAt(each, 'VisibilityConfig.CloudWatchMetricsEnabled') === true)
        && (Properties?.Rules === undefined || Array.isArray(Properties.Rules)),
    });
  }
}

function measured(before: Visibility | undefined, name: string): Visibility {
  return isIntrinsic(before) ? before : { metricName: name, sampledRequestsEnabled: false, ...before, cloudWatchMetricsEnabled: true };
}

function managedGroupOf(rule: Rule): ManagedGroup | undefined {
  return valueAt(rule, 'statement.managedRuleGroupStatement') as ManagedGroup | undefined;
}

function isBaseline(managed: ManagedGroup | undefined, group: string): boolean {
  return managed?.vendorName === 'AWS' && managed.name === group;
}

function withoutScope(rule: Rule): Rule {
  return { ...rule, statement: { managedRuleGroupStatement: { ...managedGroupOf(rule)!, scopeDownStatement: undefined } } };
}
