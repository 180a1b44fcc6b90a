import { Rights } from './identity-policies';
import { PRIVILEGED_ACTIONS } from './well-known-actions';
import { coversAction } from '../policy-document';

/** Whether rights are privileged: they alter identities, reveal protected data, or end protection and record keeping. */
export function privilegeOf(rights: Rights): 'some' | 'none' | 'unknown' {
  const allows = rights.statements.filter(({ effect }) => effect !== 'Deny');
  if (rights.awsManaged.some((name) => /(AdministratorAccess|PowerUserAccess|FullAccess)$/.test(name))) return 'some';
  if (allows.some((allow) => PRIVILEGED_ACTIONS.some((action) => coversAction(allow, action)))) return 'some';
  return rights.untold.length > 0 || allows.some(({ partial }) => partial) ? 'unknown' : 'none';
}
