import { rulesOf } from './web-acl-rules';
import { cannotTell, compliant, Rule, violation } from '../rule';

/** Checks `WAF-RULE-GROUP-EMPTY`. */
export const wafRuleGroupEmpty: Rule = {
  control: 'WAF-RULE-GROUP-EMPTY',
  check(group) {
    const { rules, untold } = rulesOf(group);
    if (rules.length > 0) return compliant(`it has ${rules.map(({ name }) => name).join(', ')}`, 'Rules');
    return untold ? cannotTell('UnresolvedRules', 'the template does not tell the rules', 'Rules') : violation('NoRules', 'the group has no rules', 'Rules');
  },
};
