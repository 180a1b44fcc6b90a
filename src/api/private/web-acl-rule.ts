import * as wafv2 from 'aws-cdk-lib/aws-wafv2';

/** A rule of a web ACL before its place is known. */
export type UnorderedRule = Omit<wafv2.CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

/** Metrics and samples under a name. */
export function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** Gives each rule its place, in the order of the list. */
export function prioritized(rules: readonly UnorderedRule[]): wafv2.CfnWebACL.RuleProperty[] {
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

/** Refuses with a status of its own, so that a client learns what is wrong; without one WAF answers 403. */
export function block(responseCode?: number): wafv2.CfnWebACL.RuleActionProperty {
  return { block: responseCode === undefined ? {} : { customResponse: { responseCode } } };
}

/** The statements together; WAF takes no `and` or `or` of one. */
export function anyOf(statements: readonly wafv2.CfnWebACL.StatementProperty[]): wafv2.CfnWebACL.StatementProperty {
  return statements.length === 1 ? statements[0] : { orStatement: { statements: [...statements] } };
}

/** The opposite of a statement. */
export function not(statement: wafv2.CfnWebACL.StatementProperty): wafv2.CfnWebACL.StatementProperty {
  return { notStatement: { statement } };
}
