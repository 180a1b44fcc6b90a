import { trustStatements } from './identity-policies';
import { Narrowing, narrowedBy, shapeOf } from '../narrowing';
import { Principal, Statement } from '../policy-document';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { Reference } from '../values';

/** Keys that say who calls. An external id does not: it is no secret, and strangers may know it. */
const CALLER_KEYS = ['aws:principalorgid', 'aws:principalorgpaths', 'aws:principalaccount', 'aws:principalarn', 'aws:userid'];

/** Checks `ROLE-TRUST-PUBLIC`. */
export const roleTrustPublic: Rule = {
  control: 'ROLE-TRUST-PUBLIC',
  check(role) {
    const statements = trustStatements(role);
    const found = statements.flatMap((statement): Outcome[] => {
      if (statement.effect === 'Deny') return [];
      if (statement.effect === 'Allow' && statement.notPrincipal) return [violation('NotPrincipal', 'everyone but the named principals may assume the role', statement.path)];
      const told = statement.effect === 'Allow' && statement.principals.length > 0 && statement.principals.every(({ kind }) => kind !== 'unknown');
      return [
        ...statement.principals.flatMap((principal) => judge(principal, statement)),
        ...(told ? [] : [cannotTell('UnresolvedTrust', 'the template does not tell who may assume the role', statement.path)]),
      ];
    });
    return found.length > 0 ? found : compliant(`${statements.length} trust statements name who may assume the role`, 'AssumeRolePolicyDocument');
  },
};

function judge(principal: Principal, statement: Statement): Outcome[] {
  const narrowing = principal.kind === 'any' ? narrowedBy(statement, CALLER_KEYS) : principal.kind === 'federated' ? federation(principal, statement) : 'narrow';
  if (narrowing === 'narrow') return [];
  if (narrowing === 'unknown') return [cannotTell('UnresolvedTrust', 'the template does not tell the values that narrow the trust', statement.path)];
  return [principal.kind === 'any'
    ? violation('PublicPrincipal', 'every AWS account may assume the role', statement.path)
    : violation('AnyFederatedIdentity', 'every user of the identity provider may assume the role', statement.path)];
}

/** A SAML provider is the account's own; a web identity provider serves strangers, who differ by audience and subject. */
function federation(principal: Principal, statement: Statement): Narrowing {
  const provider = shapeOf(principal.value).toLowerCase();
  const saml = principal.value instanceof Reference && principal.value.resource.type === 'AWS::IAM::SAMLProvider';
  if (saml || provider.includes(':saml-provider/')) return 'narrow';
  // Every GitHub workflow may ask for the same audience.
  const claims = provider.includes('githubusercontent.com') ? [':sub'] : [':sub', ':aud', ':app_id'];
  return narrowedBy(statement, statement.conditions.map(({ key }) => key).filter((key) => claims.some((claim) => key.endsWith(claim))));
}
