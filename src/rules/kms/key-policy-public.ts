import { judgeKeyAllows } from './key-statements';
import { narrowedBy } from '../narrowing';
import { cannotTell, Rule, violation } from '../rule';

/** Keys that keep strangers out even where the principal is everyone. */
const CALLER_KEYS = [
  'kms:calleraccount', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principalarn', 'aws:userid',
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths',
];

/** Checks `KEY-POLICY-PUBLIC`. */
export const keyPolicyPublic: Rule = {
  control: 'KEY-POLICY-PUBLIC',
  check(key) {
    return judgeKeyAllows(key, (allow) => {
      if (allow.notPrincipal) return [violation('NotPrincipal', 'everyone but the named principals is allowed', allow.path)];
      const untold = allow.principals.length === 0 || allow.principals.some(({ kind }) => kind === 'unknown');
      const narrowing = narrowedBy(allow, CALLER_KEYS);
      if (allow.principals.some(({ kind }) => kind === 'any') && narrowing !== 'narrow') {
        return [narrowing === 'open'
          ? violation('PublicPrincipal', 'everyone is allowed', allow.path)
          : cannotTell('UnresolvedPolicy', 'the template does not tell the values that narrow the statement', allow.path)];
      }
      return untold && narrowing !== 'narrow' ? [cannotTell('UnresolvedPolicy', 'the template does not tell who is allowed', allow.path)] : [];
    });
  },
};
