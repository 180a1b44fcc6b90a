import { AclRules, isManaged, rulesOf } from './web-acl-rules';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

/** AWS WAF Developer Guide, Baseline rule groups and IP reputation rule groups. */
const BASELINE = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** Checks `WAF-MANAGED-RULES`. A group of the owner's cannot hold a managed one, so only the web ACL's own rules count. */
export const wafManagedRules: Rule = {
  control: 'WAF-MANAGED-RULES',
  check(acl) {
    const listed = rulesOf(acl);
    const found = [
      ...(listed.rules.length === 0 && !listed.untold ? [violation('NoRules', 'the web ACL has no rules', 'Rules')] : []),
      ...BASELINE.map((group) => judge(group, listed)),
    ];
    const findings = found.filter(({ kind }) => kind !== 'compliant');
    return findings.length > 0 ? findings
      : compliant(found.flatMap((each) => (each.kind === 'compliant' ? [each.evidence] : [])).join('; '), 'Rules');
  },
};

function judge(group: string, { rules, untold }: AclRules): Outcome {
  const having = rules.filter((rule) => isManaged(rule, group));
  const whole = having.find(({ statement }) => at(statement, 'ManagedRuleGroupStatement.ScopeDownStatement') === undefined);
  if (whole) {
    const version = at(whole.statement, 'ManagedRuleGroupStatement.Version');
    return compliant(`${group} inspects every request${version === undefined ? '' : `, held at ${describe(version)}`}`);
  }
  if (having.length > 0) {
    return violation(`ScopedDown::${group}`, `${having[0].name} inspects some requests only`, `${having[0].path}.Statement.ManagedRuleGroupStatement.ScopeDownStatement`);
  }
  const mayHave = untold || rules.some(({ statement }) => ['Name', 'VendorName'].some((key) => isUnknown(at(statement, `ManagedRuleGroupStatement.${key}`))));
  return mayHave ? cannotTell('UnresolvedRules', `the template does not tell whether a rule refers to ${group}`, 'Rules')
    : violation(`Missing::${group}`, `no rule refers to ${group}`, 'Rules');
}
