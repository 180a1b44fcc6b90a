import { coversAny, judgeKeyAllows, USE_ACTIONS } from './key-statements';
import { Narrowing, narrowedBy } from '../narrowing';
import { isOwnRoot, Statement } from '../policy-document';
import { accountOf, belongingOf, isRoot } from '../principal-account';
import { cannotTell, Rule, violation } from '../rule';

/** Checks `KEY-ROOT-SPLIT`. */
export const keyRootSplit: Rule = {
  control: 'KEY-ROOT-SPLIT',
  check(key, graph) {
    if (key.properties.KeyPolicy === undefined) return violation('DefaultPolicy', 'KeyPolicy is not set, so that IAM policies alone decide who uses the key', 'KeyPolicy');
    const account = accountOf(key, graph);
    return judgeKeyAllows(key, (allow) => {
      const narrowing = throughService(allow);
      if (narrowing === 'narrow') return [];
      const uses = coversAny(allow, USE_ACTIONS);
      if (!uses && !allow.partial) return [];
      // Everyone in the account, however it is spelled.
      const own = allow.notPrincipal || allow.principals.some((principal) => principal.kind === 'any' || isOwnRoot(principal, account));
      if (own && uses && narrowing === 'open') return [violation('RootMayUse', 'the account root is allowed to use the key, so that any IAM policy can hand that on', allow.path)];
      // A literal account may be the own one where the stack does not say which that is.
      const perhaps = allow.principals.some((principal) => principal.kind === 'unknown'
        || (isRoot(principal) && (account === undefined || belongingOf(principal, key, graph) === 'unknown')));
      return own || perhaps ? [cannotTell('UnresolvedPolicy', 'the template does not tell whether the account root may use the key', allow.path)] : [];
    });
  },
};

/** Use by the account's own principals through a named service, as the AWS managed keys allow it. */
function throughService(allow: Statement): Narrowing {
  const both = [narrowedBy(allow, ['kms:viaservice']), narrowedBy(allow, ['kms:calleraccount', 'aws:principalaccount', 'aws:sourceaccount'])];
  return both.includes('open') ? 'open' : both.includes('unknown') ? 'unknown' : 'narrow';
}
