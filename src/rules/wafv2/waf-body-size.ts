import { managedBodyBounds, ownBodyBounds } from './body-bounds';
import { effectiveRules } from './web-acl-rules';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { guardedBy, UNTOLD_GUARDED } from '../webhooks/guarded';

/** Checks `WAF-BODY-SIZE`. One rule that bounds every body is enough, be it the core rule set's. */
export const wafBodySize: Rule = {
  control: 'WAF-BODY-SIZE',
  check(acl, graph) {
    const found = [...ownBodyBounds(acl, graph), ...managedBodyBounds(acl)];
    const bounds = found.flatMap((each) => (each.kind === 'compliant' ? [each.evidence] : []));
    if (bounds.length > 0) return compliant(bounds.join('; '), 'Rules');
    const guarded = guardedBy(acl, graph);
    if (guarded === 'receivers') return compliant('receivers of webhooks bound a body, and read it once its signature is verified', 'Rules');
    if (guarded === 'untold') return cannotTell('UnresolvedAssociation', UNTOLD_GUARDED, 'Rules');
    if (effectiveRules(acl, graph).untold) return cannotTell('UnresolvedSize', 'the template does not tell all rules', 'Rules');
    return found.length > 0 ? found : violation('NoSizeRule', 'no rule blocks a body for its size', 'Rules');
  },
};
