import { isOwnAccount } from '../policy-document';
import { accountOf } from '../principal-account';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isUnknown, Unresolved } from '../values';

const SERVICE = /^secretsmanager\.(amazonaws\.com(\.cn)?|\$\{AWS::URLSuffix\})$/i;

/** Checks `SECRET-ROTATION-PERMISSION`. */
export const secretRotationPermission: Rule = {
  control: 'SECRET-ROTATION-PERMISSION',
  check(permission, graph) {
    const { Principal, SourceAccount } = permission.properties;
    if (Principal instanceof Unresolved) return cannotTell('UnresolvedPrincipal', `Principal is ${describe(Principal)}`, 'Principal');
    if (!SERVICE.test(describe(Principal))) return notApplicable('the permission is not for AWS Secrets Manager');
    const account = accountOf(permission, graph);
    if (SourceAccount === undefined || SourceAccount === null || SourceAccount === '') {
      return violation('NoSourceAccount', 'Secrets Manager may invoke the function on behalf of any account', 'SourceAccount');
    }
    if (isOwnAccount(SourceAccount, account)) return compliant('Secrets Manager may invoke the function only on behalf of its own account', 'SourceAccount');
    if (isUnknown(SourceAccount)) return cannotTell('UnresolvedSource', `SourceAccount is ${describe(SourceAccount)}`, 'SourceAccount');
    // A literal account is taken to be the own one where the stack does not say which that is.
    return account === undefined && typeof SourceAccount === 'string' && /^\d{12}$/.test(SourceAccount)
      ? compliant(`Secrets Manager may invoke the function only on behalf of account ${SourceAccount}`, 'SourceAccount')
      : violation('ForeignAccount', `SourceAccount is ${describe(SourceAccount)}, which is not the account of the function`, 'SourceAccount');
  },
};
