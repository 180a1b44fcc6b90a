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

/**
 * Rules of the groups that read a body (AWS WAF Developer Guide, "Baseline rule groups" and "Use-case specific rule groups"). A name that a version
 * of a group does not have is passed over.
 */
const OF_BODIES: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
  AWSManagedRulesSQLiRuleSet: ['SQLi_BODY', 'SQLiExtendedPatterns_BODY'],
  AWSManagedRulesCommonRuleSet: ['SizeRestrictions_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'CrossSiteScripting_BODY'],
};

/** The managed groups. Where a larger body is let in, the rule that would refuse it counts, since `BodySize` bounds it. */
export function managedRules(maxBodyBytes: number): UnorderedRule[] {
  return groups((name) => (name === 'AWSManagedRulesCommonRuleSet' && maxBodyBytes > MANAGED_BODY_LIMIT_BYTES ? ['SizeRestrictions_BODY'] : []));
}

/** The managed groups, whose rules on bodies count: bodies are judged by their signature, and by nothing that they say. */
export function managedRulesWithoutBodies(): UnorderedRule[] {
  return groups((name) => OF_BODIES[name] ?? []);
}

function groups(counting: (group: string) => readonly string[]): UnorderedRule[] {
  return GROUPS.map((name): UnorderedRule => {
    const overrides = counting(name).map((rule) => ({ name: rule, actionToUse: { count: {} } }));
    return {
      name: name.replace('AWSManagedRules', ''),
      overrideAction: { none: {} },
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: overrides.length > 0 ? overrides : undefined } },
    };
  });
}
