import { shapeOf } from '../narrowing';
import { belongingOf, isRoot } from '../principal-account';
import { trustStatements } from './identity-policies';
import { Graph, Resource } from '../graph';
import { Principal, Statement } from '../policy-document';
import { Reference } from '../values';

/** The statements by which people take on a role, and whether the template leaves some trust untold. */
export interface PeopleTrust {
  readonly statements: readonly Statement[];
  readonly untold: boolean;
}

/**
 * Whether a principal is an IAM user, or the account with all its users.
 *
 * Sessions of roles and services never carry MFA, so that only these can be asked for it.
 */
export function isUserOrAccount(principal: Principal, role: Resource, graph: Graph): boolean {
  if (principal.value instanceof Reference) return principal.value.resource.type === 'AWS::IAM::User';
  return belongingOf(principal, role, graph) !== 'foreign' && (isRoot(principal) || /:user\//.test(shapeOf(principal.value)));
}

/** Who may take on a role of the people there are: users, the account, and those of a SAML provider. Web identities are of programs as well. */
export function peopleWhoMayAssume(role: Resource, graph: Graph): PeopleTrust {
  const trust = trustStatements(role).filter(({ effect }) => effect !== 'Deny');
  return {
    statements: trust.filter(({ effect, principals }) => effect === 'Allow' && principals.some((principal) => isUserOrAccount(principal, role, graph) || isOfSaml(principal))),
    untold: trust.some(({ effect, principals }) => effect === 'unknown' || principals.some(({ kind }) => kind === 'unknown')),
  };
}

function isOfSaml({ kind, value }: Principal): boolean {
  if (kind !== 'federated') return false;
  return value instanceof Reference ? value.resource.type === 'AWS::IAM::SAMLProvider' : shapeOf(value).includes(':saml-provider/');
}
