import { boundsNothing } from './boundaries';
import { rightsOf } from './identity-policies';
import { IDENTITY_CHANGING_ACTIONS } from './well-known-actions';
import { coversAction } from '../policy-document';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, mayBeAbsent } from '../values';

/** Checks `ROLE-BOUNDARY`. */
export const roleBoundary: Rule = {
  control: 'ROLE-BOUNDARY',
  check(role, graph) {
    const rights = rightsOf(role, graph);
    const allows = rights.statements.filter(({ effect }) => effect !== 'Deny');
    const changes = rights.awsManaged.some((name) => name === 'IAMFullAccess' || name === 'AdministratorAccess')
      || allows.some((allow) => allow.effect === 'Allow' && IDENTITY_CHANGING_ACTIONS.some((action) => coversAction(allow, action)));
    const untold = rights.untold.length > 0 || allows.some(({ partial }) => partial);
    if (!changes && !untold) return notApplicable('the role cannot change IAM identities');
    const boundary = role.properties.PermissionsBoundary;
    if (changes && boundsNothing(role, graph)) return violation('Boundless', `${describe(boundary)} leaves the role every change of IAM identities`, 'PermissionsBoundary');
    if (boundary !== undefined && boundary !== '' && !mayBeAbsent(boundary)) return compliant(`bounded by ${describe(boundary)}`, 'PermissionsBoundary');
    return changes && !mayBeAbsent(boundary)
      ? violation('NoBoundary', 'the role can change IAM identities and PermissionsBoundary is not set', 'PermissionsBoundary')
      : cannotTell('UnresolvedRights', 'the template does not tell whether the role can change IAM identities', 'PermissionsBoundary');
  },
};
