import { UnorderedRule } from './web-acl-rule';

/** The common rule set refuses a body above this (AWS WAF Developer Guide, "Baseline rule groups", SizeRestrictions_BODY). */
const MANAGED_BODY_LIMIT_BYTES = 8 * 1024;

/** Groups that AWS keeps up to date, in the order of their price in a request (AWS WAF Developer Guide, "AWS Managed Rules rule groups list"). */
const GROUPS = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesCommonRuleSet',
];

/** The managed groups. Where a larger body is let in, the rule that would refuse it counts, since `BodySize` bounds it. */
export function managedRules(maxBodyBytes: number): UnorderedRule[] {
  return GROUPS.map((name): UnorderedRule => ({
    name: name.replace('AWSManagedRules', ''),
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: name === 'AWSManagedRulesCommonRuleSet' && maxBodyBytes > MANAGED_BODY_LIMIT_BYTES
          ? [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }]
          : undefined,
      },
    },
  }));
}
